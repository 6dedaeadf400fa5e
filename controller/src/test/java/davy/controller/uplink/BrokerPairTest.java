package davy.controller.uplink;

import static davy.controller.uplink.Mosquitto.await;

import davy.hal.Clock;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** A pair of brokers that loses its primary, behind one address. Long: two brokers of 100 jars. */
@EnabledIfSystemProperty(named = "davy.long", matches = "true")
final class BrokerPairTest {

  @TempDir Path place;

  @Test
  void aPrimaryKilledInTheMiddleCostsNoRecord() throws Exception {
    Path folder = Files.createDirectories(place.resolve("station"));
    try (ArtemisPair pair = new ArtemisPair(place);
        PacedProxy address = new PacedProxy(pair.ports(), 100_000_000);
        CountyRig county = new CountyRig();
        Outpost station = new Outpost("410403004688/00001", folder, Clock.SYSTEM)) {
      station.grow(20_000);
      county.start(Outpost.broker(address.port()));
      station.connect(Outpost.broker(address.port()));
      await("some are there", 120, () -> county.completeTo(station) > 500);
      long begin = System.nanoTime();
      pair.killPrimary();
      long before = county.completeTo(station);
      await("the backup serves", 120, () -> county.completeTo(station) > before);
      long millis = (System.nanoTime() - begin) / 1_000_000;
      station.grow(1_000);
      county.awaitComplete(station, place);
      System.out.printf(
          "fault table | primary of an Artemis pair killed | %d | more records after %d ms |%n",
          station.journal().durableSeq(), millis);
    }
    ClientThreads.awaitNone();
  }
}
