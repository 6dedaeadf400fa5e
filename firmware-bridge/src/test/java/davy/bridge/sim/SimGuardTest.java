package davy.bridge.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import davy.bridge.guard.Guard;
import davy.bridge.guard.GuardCause;
import davy.bridge.guard.ScanReport;
import davy.hal.signal.GuardState;
import davy.hal.signal.Tick;
import davy.hal.sim.SimClock;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The link's agent and the simulated guard, joined by a line, in simulated time. */
@Timeout(60)
final class SimGuardTest {

  private static final long MILLI = 1_000_000L;
  private static final long SITE = 0x1122334455667788L;
  private static final int PERIOD = 50;

  private final SimClock clock = new SimClock(new Tick(5_000 * MILLI));
  private final SimGuard far = new SimGuard("guard", SITE, clock, this::moveTo);
  private Guard link = new Guard(far, () -> {});
  private long scan;
  private int image;
  private boolean granting;
  private long ageMillis;
  private boolean rollCall = true;
  private long digest = SITE;
  private boolean scanning = true;
  private long lastScan;
  private long droppedAfter = -1;
  private long nextScan = clock.now().nanos();

  private void moveTo(Tick tick) {
    clock.advance(tick.nanosSince(clock.now()));
  }

  /** Scans at its period and runs the link between, for so long. */
  private void pass(long millis) {
    Tick end = clock.now().plusMillis(millis);
    while (clock.now().isBefore(end)) {
      Tick now = clock.now();
      if (now.nanos() >= nextScan) {
        nextScan += PERIOD * MILLI;
        if (scanning) {
          report(now);
        }
      }
      boolean was = far.energised(now);
      Tick until = link.work(now).earliest(new Tick(nextScan)).earliest(end);
      moveTo(until.earliest(far.nextDue()).latest(now.plusNanos(MILLI / 10)));
      if (was && !far.energised(clock.now())) {
        droppedAfter = clock.now().nanos() / MILLI - lastScan;
      }
    }
  }

  private void report(Tick now) {
    lastScan = now.nanos() / MILLI;
    link.report(new ScanReport(now, ++scan, image, granting, ageMillis * MILLI, rollCall, digest));
  }

  private boolean energised() {
    return far.energised(clock.now());
  }

  private void arm() {
    image = 0;
    granting = false;
    ageMillis = 0;
    pass(2_000);
    assertTrue(energised());
    assertEquals(GuardState.ARMED, link.image().state());
  }

  private void assertDropped(GuardCause cause) {
    assertFalse(energised());
    assertEquals(GuardState.DROPPED, link.image().state());
    assertEquals(cause, link.image().status().orElseThrow().lastDrop());
  }

  @Test
  void tenScansArmItAndFewerDoNot() {
    pass(10 * PERIOD);
    assertFalse(energised());
    pass(4 * PERIOD);
    assertTrue(energised());
    assertEquals(GuardState.ARMED, link.image().state());
    assertEquals(400, link.image().identity().orElseThrow().closeMillis());
  }

  @Test
  void whenTheScansEndItsRelaysFallWithin500Millis() {
    arm();
    scanning = false;
    pass(1_000);
    assertDropped(GuardCause.TOO_LATE);
    assertTrue(droppedAfter > 300 && droppedAfter <= 500, "after " + droppedAfter + " ms");
    scanning = true;
    arm();
  }

  @Test
  void aHangShorterThanTheWindowDropsNothing() {
    arm();
    scanning = false;
    pass(340);
    scanning = true;
    pass(1_000);
    assertTrue(energised());
    assertEquals(1, link.image().status().orElseThrow().drops());
  }

  @Test
  void scansOutOfTurnAreNoAnswers() {
    arm();
    for (int i = 0; i < 200; i++) {
      report(clock.now());
      pass(2);
    }
    assertTrue(energised());
    long beats = link.image().link().answers();
    pass(1_000);
    assertTrue(link.image().link().answers() - beats <= 1_000 / PERIOD);
  }

  @Test
  void aScanWithoutARollCallIsNoAnswer() {
    arm();
    rollCall = false;
    pass(600);
    assertDropped(GuardCause.TOO_LATE);
  }

  @Test
  void aGrantThatLeansOnAnOldReadingDrops() {
    arm();
    granting = true;
    image = 1;
    ageMillis = 2_000;
    pass(500);
    assertTrue(energised());
    ageMillis = 2_001;
    pass(200);
    assertDropped(GuardCause.AGE);
  }

  @Test
  void anUnknownSiteNeverArmsAndSaysWhy() {
    digest = SITE + 1;
    pass(3_000);
    assertFalse(energised());
    assertEquals(GuardCause.DIGEST, link.image().refusal());
    far.button(true);
    pass(3_200);
    far.button(false);
    pass(2_000);
    assertTrue(energised());
  }

  @Test
  void anImageThatIsNotWithheldNeverArms() {
    image = 4;
    pass(3_000);
    assertFalse(energised());
    assertEquals(GuardCause.IMAGE, link.image().refusal());
  }

  @Test
  void aResetOfTheGuardDropsAndTheSequenceBeginsAnew() {
    arm();
    far.reset(GuardCause.BROWN_OUT);
    pass(200);
    assertDropped(GuardCause.BROWN_OUT);
    arm();
  }

  @Test
  void aGuardThatHangsIsResetByItsWatchdogAndLostMeanwhile() {
    arm();
    far.freeze();
    pass(350);
    assertFalse(energised());
    pass(300);
    assertDropped(GuardCause.WATCHDOG);
    arm();
  }

  @Test
  void aLinkPulledOutDropsAndIsLost() {
    arm();
    far.unplug();
    pass(600);
    assertFalse(energised());
    assertEquals(GuardState.LOST, link.image().state());
    assertFalse(link.image().trouble().isEmpty());
    far.plug();
    arm();
  }

  @Test
  void aGuardWithoutPowerIsLostAndItsRelaysFall() {
    arm();
    far.powerOff();
    pass(SimGuard.RELAY_NANOS / MILLI + 1);
    assertFalse(energised());
    pass(400);
    assertEquals(GuardState.LOST, link.image().state());
    far.reset(GuardCause.POWER_UP);
    arm();
  }

  @Test
  void theHardWiredTripDropsAndOnlyItsButtonReleasesIt() {
    arm();
    far.tripLoop(true);
    pass(100);
    assertDropped(GuardCause.TRIP_INPUT);
    far.tripLoop(false);
    pass(3_000);
    assertFalse(energised());
    far.button(true);
    pass(200);
    far.button(false);
    pass(2_000);
    assertTrue(energised());
  }

  @Test
  void aProgramThatBeginsAnewFindsItDropped() {
    arm();
    link.close();
    link = new Guard(far, () -> {});
    scan = 0;
    pass(200);
    assertDropped(GuardCause.HOST_RESTARTED);
    arm();
  }

  @Test
  void flippedBitsNeverArmAnythingAndAreCounted() {
    long seed = 20261122;
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    UnaryOperator<byte[]> flip =
        bytes -> {
          byte[] spoiled = bytes.clone();
          if (random.nextInt(4) == 0) {
            spoiled[random.nextInt(spoiled.length)] ^= (byte) (1 << random.nextInt(8));
          }
          return spoiled;
        };
    far.disturb(flip, flip);
    digest = SITE + 1;
    pass(60_000);
    assertFalse(energised());
    assertTrue(link.image().link().badFrames() > 10);
  }

  @Test
  void aNoisyLineArmsItAndSingleLossesDropNothing() {
    arm();
    int[] count = {0};
    UnaryOperator<byte[]> everyEighth =
        bytes -> {
          byte[] spoiled = bytes.clone();
          spoiled[spoiled.length / 2] ^= (byte) (++count[0] % 8 == 0 ? 1 : 0);
          return spoiled;
        };
    far.disturb(everyEighth, everyEighth);
    pass(60_000);
    assertTrue(energised());
    assertEquals(1, link.image().status().orElseThrow().drops());
  }

  /** One trouble in each third second or so, of those that the guard has to bear. */
  @Test
  @Timeout(300)
  void aDayOfScansWithTheirTroublesDropsNothing() {
    long seed = System.nanoTime();
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    boolean[] spoil = {false};
    UnaryOperator<byte[]> once =
        bytes -> {
          bytes[random.nextInt(bytes.length)] ^= (byte) (spoil[0] ? 1 << random.nextInt(8) : 0);
          spoil[0] = false;
          return bytes;
        };
    far.disturb(once, once);
    arm();
    granting = true;
    image = 3;
    int[] happened = new int[4];
    for (int second = 0; second < 24 * 3_600; second++) {
      ageMillis = random.nextInt(2_001);
      int trouble = random.nextInt(12);
      switch (trouble) {
        case 0 -> nextScan += random.nextInt(1, 300) * MILLI;
        case 1 -> moveTo(clock.now().plusMillis(random.nextInt(1, 300)));
        case 2 -> spoil[0] = true;
        case 3 -> report(clock.now());
        default -> {}
      }
      if (trouble < happened.length) {
        happened[trouble]++;
      }
      pass(1_000 + random.nextInt(50));
    }
    System.out.printf(
        "24 h: %d late scans, %d stalls of the machine, %d spoilt chunks, %d scans out of turn%n",
        happened[0], happened[1], happened[2], happened[3]);
    assertTrue(energised());
    assertEquals(1, link.image().status().orElseThrow().drops());
  }
}
