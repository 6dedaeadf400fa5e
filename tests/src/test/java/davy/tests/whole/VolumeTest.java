package davy.tests.whole;

import static davy.tests.whole.SimStation.SECOND;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import davy.controller.config.Site;
import davy.controller.config.SiteFile;
import davy.controller.journal.Entry;
import davy.controller.journal.Journal;
import davy.hal.Clock;
import davy.hal.signal.Permit;
import davy.tests.sim.ScaleSite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a heading with 16 heads writes into its journal a day, before packing. */
final class VolumeTest {

  private static final int HEADS = 16;
  private static final int SECONDS = Boolean.getBoolean("davy.long") ? 900 : 60;
  private static final long DAY_SECONDS = 86_400;

  /** {@code deploy/docs/journal.md} says 115, measured over a longer time than a short run's. */
  private static final long MEGABYTES_AT_REST = 150;

  @TempDir private Path folder;

  private Site site() throws IOException {
    Files.writeString(folder.resolve("laser-head.toml"), ScaleSite.MAP);
    Path file =
        Files.writeString(folder.resolve("site.toml"), ScaleSite.text(1, HEADS, 0, 1, 19_200));
    return SiteFile.read(file) instanceof SiteFile.Outcome.Accepted accepted
        ? accepted.site()
        : fail("the site is refused");
  }

  @Test
  void aHeadingOf16HeadsWritesNoMoreADayThanIsSaid() throws IOException {
    long rest = megabytesADay(0, folder.resolve("rest"));
    long noise = megabytesADay(HEADS, folder.resolve("noise"));
    System.out.printf(
        "VolumeTest: 16 heads write %d MB a day at rest, %d MB where each changes by 0.01 %%CH4"
            + " once a second%n",
        rest, noise);
    assertTrue(rest <= MEGABYTES_AT_REST, rest + " MB a day at rest");
  }

  /**
   * @param noisy so many heads change once a second
   */
  private long megabytesADay(int noisy, Path journals) throws IOException {
    SimStation station = new SimStation(site());
    assertTrue(
        station.runUntil(
            () -> station.snapshot() != null && station.permit(0) == Permit.GRANTED, 200 * SECOND));
    station.entries.clear();
    Journal journal = Journal.open(journals, 4 << 20, Clock.SYSTEM);
    for (int second = 0; second < SECONDS; second++) {
      for (int head = 1; head <= noisy; head++) {
        station.run(SECOND / HEADS);
        station.measure("head-1-" + head, 40 + second % 2);
      }
      station.run(noisy > 0 ? 0 : SECOND);
      write(station, journal);
    }
    journal.close();
    return bytes(journals) * DAY_SECONDS / SECONDS >> 20;
  }

  private static void write(SimStation station, Journal journal) {
    long ticket = 0;
    for (Entry entry : station.entries) {
      ticket = journal.offer(entry);
    }
    station.entries.clear();
    while (journal.durableTicket() < ticket) {
      journal.work(Clock.SYSTEM.now().plusMillis(1_000));
    }
  }

  private static long bytes(Path journals) throws IOException {
    try (Stream<Path> files = Files.list(journals)) {
      return files.mapToLong(file -> file.toFile().length()).sum();
    }
  }
}
