package davy.tests.whole;

import static davy.tests.whole.Face.LEGAL_LIMIT;
import static davy.tests.whole.Face.firstCause;
import static davy.tests.whole.Face.running;
import static davy.tests.whole.Face.timeToDead;
import static davy.tests.whole.SimStation.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import davy.bridge.sim.SimFault;
import davy.bridge.sim.SimTransmitter;
import davy.controller.interlock.Cause;
import davy.controller.interlock.Causes;
import davy.controller.interlock.Request;
import davy.hal.signal.Permit;
import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What stays locked: over causes, over a power cycle, over a disk that fails. */
final class LatchTest {

  private static final int OVER_RANGE = 3;
  private static final int GOOD = 1;

  private static void status(SimStation station, String head, int code) {
    ((SimTransmitter) station.devices.get(head)).set(1, code);
  }

  private static Causes seen(SimStation station) {
    return station.snapshot().decision().zones().getFirst().lock().seen();
  }

  /** Switches off and on again with good heads: nothing but a person and the key opens it. */
  private static void assertOutlivesAPowerCycle(SimStation before, Cause cause) throws IOException {
    SimStation after = new SimStation(before.site, before.latches.orElseThrow());
    after.measure("head-t1", 40);
    after.measure("head-t2", 30);
    boolean granted = after.runUntil(() -> granted(after), 300 * SECOND);
    assertFalse(granted, "a power cycle released " + cause);
    assertTrue(seen(after).has(cause), seen(after).toString());
    assertFalse(after.breakers.getFirst().closeByHand(after.clock.now()));
    after.requests.add(new Request.Reset(1, 0, "zhang", Optional.empty(), false));
    after.run(SECOND);
    assertEquals(Permit.WITHHELD, after.permit(0));
    after.key(true);
    after.run(SECOND);
    assertEquals(Permit.GRANTED, after.permit(0));
    assertEquals(Causes.NONE, after.latches.orElseThrow().zones().getFirst().latches());
  }

  private static boolean granted(SimStation station) {
    return station.snapshot() != null && station.permit(0) == Permit.GRANTED;
  }

  @Test
  void aTripFromThePanelOutlivesAPowerCycle() throws IOException {
    SimStation station = running();
    station.requests.add(new Request.PanelTrip(1, 0, "zhang"));
    assertTrue(timeToDead(station) <= LEGAL_LIMIT);
    assertOutlivesAPowerCycle(station, Cause.PANEL_TRIP);
  }

  @Test
  void overRangeOutlivesAPowerCycle() throws IOException {
    SimStation station = running();
    status(station, "head-t1", OVER_RANGE);
    assertTrue(timeToDead(station) <= LEGAL_LIMIT);
    assertOutlivesAPowerCycle(station, Cause.OVER_RANGE);
  }

  @Test
  void aLockKeepsEveryCauseItSawAndItsFirstAndOpensByTheStrictestRule() throws IOException {
    SimStation station = running();
    station.measure("head-t2", 90);
    assertTrue(timeToDead(station) <= LEGAL_LIMIT);
    status(station, "head-t1", OVER_RANGE);
    station.run(2 * SECOND);
    station.slaves.get("head-t1").fault(new SimFault.Silent());
    station.run(5 * SECOND);
    station.slaves.get("head-t1").fault(SimFault.NONE);
    status(station, "head-t1", GOOD);
    station.measure("head-t2", 30);
    station.run(300 * SECOND);
    assertEquals(Permit.WITHHELD, station.permit(0), "stale opens by itself, over range does not");
    assertEquals(
        Causes.of(Cause.METHANE_HIGH, Cause.OVER_RANGE, Cause.SENSOR_STALE), seen(station));
    assertEquals(Cause.METHANE_HIGH, firstCause(station));
    assertEquals(1, station.snapshot().trips().getFirst().first().point(), "T2 was the first");
  }

  @Test
  void aFailingDiskCutsNothingAndHoldsUpNoTrip() throws IOException {
    SimStation station = running();
    station.disk = false;
    station.run(60 * SECOND);
    assertTrue(station.live(0), "a failed journal is no cause");
    station.measure("head-t1", 150);
    assertTrue(timeToDead(station) <= LEGAL_LIMIT);
    assertEquals(Permit.WITHHELD, station.permit(0));
  }

  @Test
  void withAFailingDiskNoPersonReleasesAnything() throws IOException {
    SimStation station = running();
    station.requests.add(new Request.PanelTrip(1, 0, "zhang"));
    assertTrue(timeToDead(station) <= LEGAL_LIMIT);
    station.run(SECOND);
    station.disk = false;
    station.requests.add(new Request.Reset(2, 0, "zhang", Optional.empty(), false));
    station.run(SECOND);
    station.key(true);
    station.run(SECOND);
    station.key(false);
    station.run(60 * SECOND);
    assertEquals(Permit.WITHHELD, station.permit(0));
  }
}
