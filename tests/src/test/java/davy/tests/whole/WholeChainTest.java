package davy.tests.whole;

import static davy.tests.whole.Face.LEGAL_LIMIT;
import static davy.tests.whole.Face.awaitPower;
import static davy.tests.whole.Face.firstCause;
import static davy.tests.whole.Face.running;
import static davy.tests.whole.Face.timeToDead;
import static davy.tests.whole.SimStation.MILLI;
import static davy.tests.whole.SimStation.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import davy.bridge.sim.SimFault;
import davy.controller.interlock.Cause;
import davy.controller.interlock.Request;
import davy.hal.signal.Permit;
import davy.hal.signal.Tick;
import java.io.IOException;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Gas on the wire, power off at the breaker. */
class WholeChainTest {

  private static final int OUTBURSTS = Boolean.getBoolean("davy.long") ? 200 : 5;

  @Test
  void gasOnTheWireCutsPowerInTimeWheneverItComes() throws IOException {
    long seed = System.nanoTime();
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    SimStation station = running();
    long worst = 0;
    for (int round = 0; round < OUTBURSTS; round++) {
      station.run(random.nextLong(2 * SECOND));
      station.measure("head-t1", 150);
      worst = Math.max(worst, timeToDead(station));
      assertEquals(Cause.METHANE_HIGH, firstCause(station));
      station.measure("head-t1", 99);
      awaitPower(station);
    }
    System.out.printf("register to dead, worst of %d: %d ms%n", OUTBURSTS, worst / MILLI);
    assertTrue(worst <= LEGAL_LIMIT, worst / MILLI + " ms");
  }

  @Test
  void oneStepBelowTheTripPointPowerStays() throws IOException {
    SimStation station = running();
    station.measure("head-t1", 149);
    station.run(20 * SECOND);
    assertTrue(station.live(0));
  }

  @Test
  void aSilentHeadCutsPowerByItsAge() throws IOException {
    SimStation station = running();
    station.slaves.get("head-t2").fault(new SimFault.Silent());
    assertTrue(timeToDead(station) <= LEGAL_LIMIT);
    assertEquals(Cause.SENSOR_STALE, firstCause(station));
  }

  @Test
  void anUnpluggedSensorLineCutsPowerAndComesBackByItselfWhenPluggedAgain() throws IOException {
    SimStation station = running();
    station.buses.getFirst().unplug();
    assertTrue(timeToDead(station) <= LEGAL_LIMIT);
    station.run(10 * SECOND);
    station.buses.getFirst().plug();
    assertTrue(station.runUntil(() -> station.permit(0) == Permit.GRANTED, 200 * SECOND));
  }

  @Test
  void withoutScansTheRelayDropsByItself() throws IOException {
    SimStation station = running();
    station.scanning = false;
    assertTrue(timeToDead(station) <= LEGAL_LIMIT);
  }

  @Test
  void anUnpluggedRelayLineDropsTheRelayByItself() throws IOException {
    SimStation station = running();
    station.buses.get(1).unplug();
    assertTrue(timeToDead(station) <= LEGAL_LIMIT);
  }

  @Test
  void aTripFromThePanelCutsPowerAndNeedsAPersonAndTheKey() throws IOException {
    SimStation station = running();
    station.requests.add(new Request.PanelTrip(1, 0, "zhang"));
    assertTrue(timeToDead(station) <= LEGAL_LIMIT);
    station.run(100 * SECOND);
    assertEquals(Permit.WITHHELD, station.permit(0));
    station.requests.add(new Request.Reset(2, 0, "zhang", Optional.empty(), false));
    station.run(5 * SECOND);
    assertEquals(Permit.WITHHELD, station.permit(0), "a request alone grants nothing");
    station.key(true);
    station.run(SECOND);
    station.key(false);
    assertEquals(Permit.GRANTED, station.permit(0));
  }

  @Test
  void theTimesOfATripAreMeasuredFromTheReadingToTheDeadFeed() throws IOException {
    SimStation station = running();
    station.measure("head-t1", 150);
    timeToDead(station);
    station.run(SECOND);
    var trip = station.snapshot().trips().getFirst();
    Tick reading = trip.reading().orElseThrow();
    assertTrue(trip.commanded().nanosSince(reading) <= 5 * MILLI, "commanded within 5 ms");
    assertTrue(reading.isBefore(trip.written().orElseThrow()));
    assertTrue(trip.written().orElseThrow().isBefore(trip.feedDead().orElseThrow()));
  }
}
