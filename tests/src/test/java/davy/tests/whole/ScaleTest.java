package davy.tests.whole;

import static davy.tests.whole.SimStation.MILLI;
import static davy.tests.whole.SimStation.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import davy.bridge.sim.SimFault;
import davy.bridge.sim.SimSlave;
import davy.controller.config.Complaint;
import davy.controller.config.Latency;
import davy.controller.config.Site;
import davy.controller.config.SiteFile;
import davy.hal.signal.Permit;
import davy.tests.sim.ScaleSite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The largest sites that a substation may have, in simulated time, within the computed times. */
final class ScaleTest {

  private static final int FAST = 115_200;
  private static final int RUNS = Boolean.getBoolean("davy.long") ? 8 : 1;

  private final long seed = Long.getLong("davy.seed", System.nanoTime());
  private final Random random = new Random(seed);

  @TempDir private Path folder;

  @BeforeEach
  void tellTheSeed() {
    System.out.println("ScaleTest: -Ddavy.seed=" + seed);
  }

  private SiteFile.Outcome read(String text) throws IOException {
    Files.writeString(folder.resolve("laser-head.toml"), ScaleSite.MAP);
    return SiteFile.read(Files.writeString(folder.resolve("site.toml"), text));
  }

  private Site site(int lines, int heads, int temperatures, int zones) throws IOException {
    return switch (read(ScaleSite.text(lines, heads, temperatures, zones, FAST))) {
      case SiteFile.Outcome.Accepted accepted -> accepted.site();
      case SiteFile.Outcome.Refused(List<Complaint> all) -> fail(all.toString());
      case SiteFile.Outcome.Unreadable(Complaint one) -> fail(one.toString());
    };
  }

  @Test
  void aLineOf32AtASlowSpeedIsRefusedWithItsNameAndWhatWouldDo() throws IOException {
    SiteFile.Outcome.Refused refused =
        assertInstanceOf(SiteFile.Outcome.Refused.class, read(ScaleSite.text(1, 32, 0, 1, 9_600)));
    assertEquals(32, refused.complaints().size(), "every head of it");
    String first = refused.complaints().getFirst().text();
    assertTrue(first.startsWith("line line-1 is too slow for M1-1:"), first);
    assertTrue(first.contains("baud = 19200 or higher, fewer devices on the line"), first);
    assertInstanceOf(SiteFile.Outcome.Accepted.class, read(ScaleSite.text(1, 32, 0, 1, 19_200)));
  }

  @Test
  void aLineOf32AtAFastSpeedCutsInTimeWithNoneOneAndAllOthersDead() throws IOException {
    Site site = site(1, 32, 0, 1);
    for (int dead : List.of(0, 1, 31)) {
      long worst = 0;
      for (int run = 0; run < RUNS; run++) {
        worst = Math.max(worst, trip(granted(site), dead, random.nextInt(32), true));
      }
      System.out.printf("ScaleTest: 32 slaves, %d dead: %d ms at worst%n", dead, worst / MILLI);
    }
  }

  /** One zone after another, each by another head, while the rest keeps its power. */
  @Test
  void fourLinesWith200PointsAnd64ZonesCutInTime() throws IOException {
    Site site = site(4, 32, 18, 64);
    assertEquals(200, site.points().size());
    assertEquals(64, site.zones().size());
    SimStation station = granted(site);
    long worst = 0;
    for (int zone = 0; zone < 64; zone += 4) {
      int head = zone + 64 * random.nextInt(2);
      worst = Math.max(worst, trip(station, 0, head, zone % 3 == 0));
    }
    long others =
        station.snapshot().decision().zones().stream()
            .filter(zone -> zone.permit() == Permit.GRANTED)
            .count();
    assertEquals(48, others, "no other zone was cut");
    System.out.printf("ScaleTest: 200 points, 64 zones: %d ms at worst%n", worst / MILLI);
  }

  private SimStation granted(Site site) throws IOException {
    SimStation station = new SimStation(site);
    station.slaves.values().forEach(slave -> slave.turnaround(1_000 + random.nextInt(4_000)));
    assertTrue(
        station.runUntil(() -> allGranted(station), 200 * SECOND),
        () -> station.snapshot().decision().zones().toString());
    return station;
  }

  /**
   * Gas at one head, counted over all lines, while others of its line have just died.
   *
   * @param garbled its next answer is spoilt
   */
  private long trip(SimStation station, int dead, int head, boolean garbled) {
    station.run(random.nextLong(SECOND));
    int line = head / 32 + 1;
    String name = "head-%d-%d".formatted(line, head % 32 + 1);
    List<SimSlave> others =
        station.slaves.keySet().stream()
            .filter(other -> other.startsWith("head-" + line) && !other.equals(name))
            .sorted()
            .limit(dead)
            .map(station.slaves::get)
            .toList();
    others.forEach(other -> other.fault(SimFault.SILENT));
    if (garbled) {
      station.slaves.get(name).faultOnce(new SimFault.WrongCrc());
    }
    station.measure(name, 150);
    Site site = station.site;
    int zone = head % site.zones().size();
    long began = station.clock.now().nanos();
    assertTrue(
        station.runUntil(() -> station.permit(zone) == Permit.WITHHELD, 5 * SECOND), "no cut");
    long dropOut = site.zones().get(zone).dropOutMillis() * MILLI;
    long took = station.clock.now().nanos() - began + dropOut;
    long bound = bound(site, "M%d-%d".formatted(line, head % 32 + 1), dead);
    assertTrue(took <= bound, took / MILLI + " ms of " + bound / MILLI);
    return took;
  }

  private static boolean allGranted(SimStation station) {
    return station.snapshot() != null
        && station.snapshot().decision().zones().stream()
            .allMatch(zone -> zone.permit() == Permit.GRANTED);
  }

  private static long bound(Site site, String point, int dead) {
    return Latency.of(site).routes(site).stream()
        .filter(route -> route.input().name().equals(point))
        .filter(route -> route.dead() <= dead)
        .mapToLong(Latency.Route::answeringNanos)
        .max()
        .orElseThrow();
  }
}
