package davy.controller.interlock;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import davy.hal.signal.Methane;
import davy.hal.signal.SensorFault;
import org.junit.jupiter.api.Test;

/** One head from step to step, where a table of whole zones would hide the edge. */
class PointStateTest {

  private static final Plan.Point POINT =
      new Plan.Point("T1", new Methane(100), new Methane(150), new Methane(100), false, 1);
  private static final Plan.Times TIMES = Plans.times(1, 3, 10, new Methane(-10), 10, 30);
  private static final PointInput STALE = new PointInput.Stale();

  private static PointState read(PointState state, Duty duty, PointInput input) {
    return state.next(POINT, TIMES, input, duty, 1);
  }

  private static PointInput good(int hundredths) {
    return new PointInput.Good(new Methane(hundredths), true);
  }

  private static PointState trusted() {
    PointState state = PointState.START;
    for (int reading = 0; reading < 3; reading++) {
      state = read(state, Duty.IN_SERVICE, good(40));
    }
    return state;
  }

  @Test
  void onlyGasThatWasReadIsShownNotTheAssumptionOfTheStart() {
    PointState never = read(PointState.START, Duty.IN_SERVICE, STALE);
    assertTrue(never.high());
    assertFalse(never.showsGas(STALE));
    PointState rich = read(trusted(), Duty.IN_SERVICE, good(150));
    assertTrue(rich.showsGas(good(150)));
    assertTrue(read(rich, Duty.IN_SERVICE, STALE).showsGas(STALE));
    PointInput broken = new PointInput.Faulty(SensorFault.BROKEN_LINE);
    assertFalse(never.showsGas(broken), "new, and it says nothing");
    assertTrue(never.showsGas(good(150)), "new, and it says so itself");
    assertTrue(never.showsGas(new PointInput.OverRange()));
    assertTrue(read(rich, Duty.IN_SERVICE, broken).showsGas(broken));
    assertFalse(trusted().showsGas(good(40)), "it says that there is none");
  }

  @Test
  void aReadingThatIsNotFreshEndsOverRangeToo() {
    PointState over = read(trusted(), Duty.IN_SERVICE, new PointInput.OverRange());
    assertTrue(over.overRange());
    PointInput old = new PointInput.Good(new Methane(150), false);
    assertFalse(read(over, Duty.IN_SERVICE, old).overRange());
    assertTrue(read(over, Duty.IN_SERVICE, old).high(), "it is still gas");
  }

  @Test
  void aHeadThatWasUnderTestGasSaysAfterwardsWhyItIsNotBelieved() {
    PointState kept = read(trusted(), Duty.CALIBRATING_INHIBITED, good(40));
    for (int step = 0; step < 20; step++) {
      kept = read(kept, Duty.CALIBRATING_INHIBITED, good(40));
    }
    assertTrue(kept.trusted());
    PointState gas = read(kept, Duty.CALIBRATING_INHIBITED, good(200));
    assertEquals(
        Causes.of(Cause.CALIBRATION, Cause.METHANE_HIGH), gas.with(Duty.IN_SERVICE).causes());
    PointInput broken = new PointInput.Faulty(SensorFault.BROKEN_LINE);
    PointState fault = read(kept, Duty.CALIBRATING_INHIBITED, broken);
    assertEquals(Causes.of(Cause.SENSOR_FAULT), fault.with(Duty.IN_SERVICE).causes());
  }

  @Test
  void afterTestGasNothingButCleanAirGivesTheVoteBack() {
    PointState kept = read(trusted(), Duty.CALIBRATING_INHIBITED, good(200));
    for (PointInput input : new PointInput[] {good(120), good(-10), new PointInput.OverRange()}) {
      PointState after = kept;
      for (int step = 0; step < 20; step++) {
        after = read(after, Duty.IN_SERVICE, input);
        assertFalse(after.inService(), input::toString);
      }
    }
    PointState clean = kept;
    for (int step = 0; step < 10; step++) {
      clean = read(clean, Duty.IN_SERVICE, good(99));
      assertFalse(clean.inService());
    }
    assertTrue(read(clean, Duty.IN_SERVICE, good(99)).inService());
  }
}
