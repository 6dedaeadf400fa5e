package davy.tests.whole;

import static davy.tests.whole.Face.LEGAL_LIMIT;
import static davy.tests.whole.Face.firstCause;
import static davy.tests.whole.Face.running;
import static davy.tests.whole.Face.timeToDead;
import static davy.tests.whole.SimStation.MILLI;
import static davy.tests.whole.SimStation.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import davy.bridge.modbus.LineImage.CoilImage;
import davy.bridge.sim.SimFault;
import davy.bridge.sim.SimRelays;
import davy.controller.config.Latency;
import davy.controller.config.Site;
import davy.controller.interlock.Cause;
import davy.hal.signal.Permit;
import davy.hal.signal.Reading;
import davy.hal.signal.Tick;
import davy.tests.whole.SimStation.Frame;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Outputs as levels on a self-dropping relay board, and slaves that are late or dead. */
final class OutputTest {

  private static final long ROUND = 300 * MILLI;
  private static final int RELAYS = 2;

  @TempDir private Path folder;

  private static Stream<Frame> writes(SimStation station, int register, int high) {
    return station.heard.stream()
        .filter(frame -> frame.line().equals("power"))
        .filter(frame -> frame.bytes()[0] == RELAYS && frame.bytes()[1] == 5)
        .filter(frame -> frame.bytes()[2] == register >> 8 && frame.bytes()[3] == 0)
        .filter(frame -> (frame.bytes()[4] & 0xFF) == high);
  }

  private static Stream<Frame> offs(SimStation station) {
    return writes(station, 0, 0);
  }

  private static Stream<Frame> pulses(SimStation station) {
    return writes(station, 0x200, 0);
  }

  private static SimRelays board(SimStation station) {
    return (SimRelays) station.devices.get("relays");
  }

  private static CoilImage coil(SimStation station) {
    return station.pollers.get(1).image().coils().getFirst();
  }

  private static boolean energised(SimStation station) {
    return board(station).energised(0, station.clock.now());
  }

  /** Runs while nothing changes: the widest gap between frames and the oldest read-back. */
  private static void assertWrittenAgainAndReadBack(SimStation station, int expected) {
    station.heard.clear();
    long oldest = 0;
    Tick last = station.clock.now();
    for (int step = 0; step < 500; step++) {
      station.run(10 * MILLI);
      Reading.Good readBack = (Reading.Good) coil(station).readBack();
      assertEquals(expected, readBack.amount());
      oldest = Math.max(oldest, readBack.ageNanos(station.clock.now()));
    }
    long widest = 0;
    List<Frame> frames = (expected == 0 ? offs(station) : pulses(station)).toList();
    for (Frame frame : frames) {
      widest = Math.max(widest, frame.lastByte().nanosSince(last));
      last = frame.lastByte();
    }
    assertTrue(widest <= ROUND, "written again only after " + widest / MILLI + " ms");
    assertTrue(oldest <= ROUND, "read back only after " + oldest / MILLI + " ms");
  }

  @Test
  void everyOutputIsWrittenAgainInEveryRoundAndReadBackAlthoughNothingChanges() throws IOException {
    SimStation station = running();
    assertWrittenAgainAndReadBack(station, 1);
    station.measure("head-t1", 150);
    assertTrue(timeToDead(station) <= LEGAL_LIMIT);
    station.run(SECOND);
    assertWrittenAgainAndReadBack(station, 0);
    assertEquals(Permit.WITHHELD, station.permit(0));
  }

  @Test
  void aBoardThatForgetsGetsItsPulseBackOnlyWhileGranted() throws IOException {
    SimStation station = running();
    board(station).powerUp();
    assertFalse(energised(station));
    assertTrue(station.runUntil(() -> energised(station), ROUND), "the pulse does not come back");
    station.measure("head-t1", 150);
    assertTrue(timeToDead(station) <= LEGAL_LIMIT);
    board(station).powerUp();
    assertFalse(station.runUntil(() -> energised(station), 5 * SECOND), "power against gas");
    assertEquals(Permit.WITHHELD, station.permit(0));
  }

  @Test
  void aRelayThatSomebodyElseSwitchesOnIsSwitchedOffAgainWithinARound() throws IOException {
    SimStation station = running();
    station.measure("head-t1", 150);
    assertTrue(timeToDead(station) <= LEGAL_LIMIT);
    for (int i = 0; i < 20; i++) {
      station.run(SECOND + i * 17 * MILLI);
      board(station).write(0, 0xFF00, station.clock.now());
      assertTrue(energised(station));
      assertTrue(station.runUntil(() -> !energised(station), ROUND), "it stays on");
    }
  }

  @Test
  void noPulseIsSentFromAScanOlderThanTwoPeriodsAndPowerGoes() throws IOException {
    SimStation station = running();
    long twoPeriods = 2L * station.site.scanMillis() * MILLI;
    Tick last = station.snapshot().at();
    station.scanning = false;
    station.heard.clear();
    assertTrue(timeToDead(station) <= LEGAL_LIMIT);
    station.run(5 * SECOND);
    long latest =
        pulses(station).mapToLong(frame -> frame.lastByte().nanosSince(last)).max().orElse(0);
    assertTrue(latest <= twoPeriods + 5 * MILLI, "a pulse after " + latest / MILLI + " ms");
    assertFalse(energised(station));
  }

  @Test
  void aTripWritesOffAndNothingEverSwitchesAPulseBoardOnForGood() throws IOException {
    SimStation station = running();
    Tick tripped = station.clock.now();
    station.measure("head-t1", 150);
    assertTrue(timeToDead(station) <= LEGAL_LIMIT);
    assertTrue(
        offs(station).anyMatch(frame -> tripped.isBefore(frame.lastByte())), "OFF is not written");
    assertEquals(0, writes(station, 0, 0xFF).count(), "switched on for good");
    assertTrue(
        station.heard.stream().noneMatch(f -> f.bytes()[1] == 15 || f.bytes()[0] == 0),
        "many coils at once, or a broadcast");
  }

  @Test
  void aLateReplyIsNobodysReadingAndTheLateHeadCutsPowerByItsAge() throws IOException {
    SimStation station = running();
    station.slaves.get("head-t2").fault(new SimFault.Late(80));
    boolean dead =
        station.runUntil(
            () -> {
              Reading first = station.pollers.getFirst().image().readings().getFirst();
              assertEquals(40, ((Reading.Good) first).amount(), "T1 shows what T2 said");
              return !station.live(0);
            },
            LEGAL_LIMIT);
    assertTrue(dead, "power stays on with a head that is always late");
    assertEquals(Cause.SENSOR_STALE, firstCause(station));
    assertEquals(1, station.snapshot().trips().getFirst().first().point(), "it was T2");
    assertEquals(Permit.WITHHELD, station.permit(0));
  }

  /** The example heading with its gas module on the line of the heads. */
  private Site shared() throws IOException {
    String text =
        Files.readString(Face.HEADING)
            .replaceFirst("baud = 9600", "baud = 38400")
            .replaceFirst(
                "line = \"air\"\naddress = 1\nmap = \"gas-6in1-co\"",
                "line = \"methane\"\naddress = 3\nmap = \"gas-6in1-co\"");
    Files.createDirectories(folder.resolve("maps"));
    Path map = Path.of("maps/laser-head.toml");
    Files.copy(Face.HEADING.resolveSibling(map), folder.resolve(map));
    return Face.site(Files.writeString(folder.resolve("site.toml"), text));
  }

  @Test
  void aDeadSlaveNeverDelaysTheTripOfAHealthyOneBeyondItsBound() throws IOException {
    long seed = System.nanoTime();
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    Site site = shared();
    long bound =
        Latency.of(site).routes(site).stream()
            .filter(route -> route.input().name().equals("T1"))
            .mapToLong(Latency.Route::answeringNanos)
            .max()
            .orElseThrow();
    SimStation station = running(site);
    station.slaves.get("gas-module").fault(SimFault.SILENT);
    for (int round = 0; round < 5; round++) {
      station.run(3 * SECOND + random.nextLong(2 * SECOND));
      station.measure("head-t1", 150);
      long time = timeToDead(station);
      assertTrue(time <= bound && time <= LEGAL_LIMIT, time / MILLI + " ms");
      assertEquals(Cause.METHANE_HIGH, firstCause(station));
      station.measure("head-t1", 40);
      Face.awaitPower(station);
    }
  }
}
