package davy.tests.whole;

import static davy.tests.whole.Face.running;
import static davy.tests.whole.Face.timeToDead;
import static davy.tests.whole.SimStation.MILLI;
import static davy.tests.whole.SimStation.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import davy.bridge.modbus.LinePlan.SlavePlan;
import davy.bridge.sim.SimFault;
import davy.controller.config.Latency;
import davy.controller.config.Site;
import davy.controller.config.SiteFile;
import davy.hal.signal.Permit;
import davy.tests.sim.RandomSite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Sites made up at random: bauds, which device hangs on which line, how many more there are, how
 * fast each answers. On every one that {@code davy check} accepts, gas at T1 is power off within
 * the time that check states, with slaves dead and frames spoilt.
 */
final class RandomSiteTest {

  private static final int SITES = Boolean.getBoolean("davy.long") ? 60 : 4;
  private static final int TRIES = 400;

  @TempDir Path folder;

  @TestFactory
  List<DynamicTest> noTripTakesLongerThanCheckStates() {
    long base = Long.getLong("davy.seed", System.nanoTime());
    System.out.println("RandomSiteTest: -Ddavy.seed=" + base);
    List<DynamicTest> tests = new ArrayList<>();
    for (int i = 0; i < SITES; i++) {
      long seed = base + i;
      int deaths = i % 4;
      tests.add(DynamicTest.dynamicTest("seed " + seed, () -> trial(new Random(seed), deaths)));
    }
    return tests;
  }

  /**
   * @param deaths 0 none, 1 one slave, 2 all that no zone depends on, 3 at the moment of the gas
   *     all but T1, its relay board and the contacts
   */
  private void trial(Random random, int deaths) throws IOException {
    Site site = site(random);
    SimStation station = running(site);
    answerAtRandom(station, random);
    List<String> spare =
        station.slaves.keySet().stream()
            .filter(name -> !List.of("head-t1", "head-t2", "inputs", "relays").contains(name))
            .sorted()
            .toList();
    if (deaths == 1) {
      die(station, spare.get(random.nextInt(spare.size())));
    } else if (deaths == 2) {
      spare.forEach(name -> die(station, name));
    }
    station.run(2 * SECOND + random.nextLong(2 * SECOND));
    assertEquals(Permit.GRANTED, station.permit(0), "the dead are not the zone's");
    if (deaths == 3) {
      spare.forEach(name -> die(station, name));
      die(station, "head-t2");
    }
    station.slaves.get("head-t1").faultOnce(new SimFault.WrongCrc());
    station.slaves.get("relays").faultOnce(new SimFault.WrongCrc());
    station.measure("head-t1", 150);
    long took = timeToDead(station);
    long bound = bound(site, deaths > 0);
    System.out.printf(
        "RandomSiteTest: %d slaves, deaths %d: %d ms of %d ms%n",
        station.slaves.size(), deaths, took / MILLI, bound / MILLI);
    assertTrue(took <= bound, took / MILLI + " ms of " + bound / MILLI + " ms");
  }

  private static void die(SimStation station, String name) {
    station.slaves.get(name).fault(SimFault.SILENT);
  }

  private static long bound(Site site, boolean dead) {
    return Latency.of(site).routes(site).stream()
        .filter(route -> route.input().name().equals("T1"))
        .filter(route -> dead || route.dead() == 0)
        .mapToLong(Latency.Route::answeringNanos)
        .max()
        .orElseThrow();
  }

  /** Each slave takes anything up to what its map declares. */
  private static void answerAtRandom(SimStation station, Random random) {
    for (Site.Line line : station.site.lines()) {
      for (SlavePlan slave : line.plan().slaves()) {
        int most = slave.map().timing().turnaroundMaxMillis() * 1_000;
        station.slaves.get(slave.name()).turnaround(1_000 + random.nextInt(most - 1_000));
      }
    }
  }

  /** The example heading, shuffled until check accepts it. */
  private Site site(Random random) throws IOException {
    Files.createDirectories(folder.resolve("maps"));
    Path map = Path.of("maps/laser-head.toml");
    if (!Files.exists(folder.resolve(map))) {
      Files.copy(Face.HEADING.resolveSibling(map), folder.resolve(map));
    }
    String heading = Files.readString(Face.HEADING);
    for (int i = 0; i < TRIES; i++) {
      Path file =
          Files.writeString(folder.resolve("site.toml"), RandomSite.shuffled(heading, random));
      if (SiteFile.read(file) instanceof SiteFile.Outcome.Accepted accepted) {
        return accepted.site();
      }
    }
    return fail("check accepts none of " + TRIES);
  }
}
