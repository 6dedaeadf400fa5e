package davy.controller.uplink;

import static davy.controller.uplink.Mosquitto.await;

import davy.hal.Clock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** How much one process of the county takes; printed, for {@code deploy/docs/county.md}. */
@EnabledIfSystemProperty(named = "davy.long", matches = "true")
final class CountyBenchTest {

  private static final int STATIONS = 10;
  private static final int RECORDS = 20_000;

  @TempDir Path place;

  @Test
  void oneProcessReceivesTheBacklogOfTenStations() throws Exception {
    List<Outpost> stations = new ArrayList<>();
    try (Mosquitto broker = new Mosquitto(place, "");
        CountyRig county = new CountyRig()) {
      for (int number = 0; number < STATIONS; number++) {
        Path folder = Files.createDirectories(place.resolve("station-" + number));
        Outpost one = new Outpost("410403004688/" + number, folder, Clock.SYSTEM);
        one.grow(RECORDS);
        one.connect(Outpost.broker(broker.port()));
        stations.add(one);
      }
      try (CountyProcess process = new CountyProcess(place, county, broker.port())) {
        await("it begins", 60, () -> county.standings().stream().anyMatch(s -> s.completeTo() > 0));
        long begin = System.nanoTime();
        long spent = process.processorNanos();
        for (Outpost one : stations) {
          long last = one.journal().durableSeq();
          await(one.name(), 300, () -> county.completeTo(one) == last);
        }
        tell(process, System.nanoTime() - begin, process.processorNanos() - spent);
      }
      for (Outpost one : stations) {
        county.awaitComplete(one, place);
      }
    } finally {
      stations.forEach(Outpost::close);
    }
    ClientThreads.awaitNone();
  }

  private static void tell(CountyProcess process, long tookNanos, long processorNanos)
      throws IOException {
    double seconds = tookNanos / 1e9;
    double processor = processorNanos / 1e9;
    System.out.printf(
        "%d records of %d stations in %.1f s: %.0f a second; %.1f s of a processor: %.0f"
            + " records a second of it; at most %d MB resident%n",
        STATIONS * RECORDS,
        STATIONS,
        seconds,
        STATIONS * RECORDS / seconds,
        processor,
        STATIONS * RECORDS / processor,
        process.mostKilobytes() / 1024);
  }
}
