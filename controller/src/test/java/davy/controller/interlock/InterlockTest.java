package davy.controller.interlock;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import davy.controller.interlock.Inputs.Key;
import davy.controller.interlock.Inputs.OutputState;
import davy.controller.interlock.Inputs.ZoneInput;
import davy.hal.signal.Feed;
import davy.hal.signal.GuardState;
import davy.hal.signal.Methane;
import davy.hal.signal.Permit;
import davy.hal.signal.SensorFault;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class InterlockTest {

  private static final long SECOND = 1_000_000_000L;
  private static final Plan PLAN =
      new Plan(
          List.of(
              new Plan.Point(
                  "T1", new Methane(100), new Methane(150), new Methane(100), false, SECOND),
              new Plan.Point(
                  "T2", new Methane(100), new Methane(100), new Methane(100), false, SECOND)),
          List.of(Plans.zone("Z1", List.of(0, 1), Plan.Release.AUTOMATIC, false, SECOND)),
          List.of(),
          Plans.times(60 * SECOND, 3, 10 * SECOND, new Methane(-10), 10 * SECOND, 30 * SECOND),
          Plans.NO_BYPASSES,
          new Plan.Fitted(true, false));

  /** The output obeys: it is read back as the step before left it. */
  private static Inputs inputs(State state, PointInput first, PointInput second) {
    boolean open = state.zones().getFirst().lock() instanceof Lock.Open;
    return new Inputs(
        List.of(first, second),
        List.of(new ZoneInput(open ? OutputState.ON : OutputState.OFF, Feed.UNKNOWN)),
        List.of(),
        GuardState.LOST,
        Key.RELEASED,
        List.of(),
        List.of(),
        true,
        false);
  }

  private static PointInput good(int hundredths) {
    return new PointInput.Good(new Methane(hundredths), true);
  }

  private static Decision step(State state, PointInput first, PointInput second) {
    return Interlock.step(PLAN, state, inputs(state, first, second), SECOND);
  }

  private static State running() {
    State state = State.start(PLAN, Saved.nothing(PLAN));
    for (int second = 0; second < 70; second++) {
      state = step(state, good(40), good(40)).next();
    }
    return state;
  }

  @Test
  void nothingIsGrantedInTheFirstStepWhateverItSees() {
    State state = State.start(PLAN, Saved.nothing(PLAN));
    Decision decision =
        Interlock.step(PLAN, state, inputs(state, good(0), good(0)), 1_000 * SECOND);
    assertEquals(Permit.WITHHELD, decision.zones().getFirst().permit());
  }

  @Test
  void theFirstOutNamesTheCauseAndItsPointAndStaysWhenOthersFollow() {
    Decision trip = step(running(), good(40), good(100));
    Lock.FirstOut first = new Lock.FirstOut(Cause.METHANE_HIGH, 1);
    assertTrue(trip.events().contains(new Event.Withheld(0, first)));
    Decision more = step(trip.next(), new PointInput.Stale(), good(100));
    assertEquals(
        new Lock.Tripped(Causes.of(Cause.METHANE_HIGH, Cause.SENSOR_STALE), first),
        more.zones().getFirst().lock());
  }

  @Test
  void eachCauseIsToldOnceWhenItComesAndOnceWhenItGoes() {
    Decision came = step(running(), new PointInput.Faulty(SensorFault.BROKEN_LINE), good(40));
    assertEquals(
        List.of(
            new Event.PointLost(0, Cause.SENSOR_FAULT, Optional.of(SensorFault.BROKEN_LINE)),
            new Event.CauseCame(0, Cause.SENSOR_FAULT, 0),
            new Event.Withheld(0, new Lock.FirstOut(Cause.SENSOR_FAULT, 0))),
        came.events());
    Decision again = step(came.next(), new PointInput.Faulty(SensorFault.BROKEN_LINE), good(40));
    assertEquals(List.of(), again.events());
  }

  @Test
  void whatIsStillMissingIsNamedInTheOrderAPersonCanMendIt() {
    State start = State.start(PLAN, Saved.nothing(PLAN));
    assertEquals(
        List.of(
            Decision.Wanting.CAUSES_GONE,
            Decision.Wanting.START_HOLD,
            Decision.Wanting.STABLE_TIME),
        step(start, new PointInput.Stale(), good(40)).zones().getFirst().wanting());
    assertEquals(List.of(), step(running(), good(40), good(40)).zones().getFirst().wanting());
  }

  @Test
  void anOldGoodReadingThatIsNotRenewedDoesNotCountTwice() {
    PointInput same = new PointInput.Good(new Methane(40), false);
    State state = step(State.start(PLAN, Saved.nothing(PLAN)), good(40), good(40)).next();
    for (int second = 0; second < 70; second++) {
      Decision decision = step(state, same, good(40));
      assertEquals(Permit.WITHHELD, decision.zones().getFirst().permit());
      state = decision.next();
    }
  }

  @Test
  void anAlarmBeginsAtItsLevelAndOneStepBelowItDoesNot() {
    assertEquals(false, step(running(), good(99), good(40)).points().getFirst().alarm());
    assertEquals(true, step(running(), good(100), good(40)).points().getFirst().alarm());
  }

  @Test
  void latchesThatNeedAPersonAreHandedOutToBeSaved() {
    Inputs inputs =
        new Inputs(
            List.of(good(160), good(40)),
            List.of(new ZoneInput(OutputState.ON, Feed.UNKNOWN)),
            List.of(),
            GuardState.LOST,
            Key.RELEASED,
            List.of(new Request.PanelTrip(1, 0, "tester")),
            List.of(),
            true,
            false);
    Decision decision = Interlock.step(PLAN, running(), inputs, SECOND);
    assertEquals(Causes.of(Cause.PANEL_TRIP), decision.next().saved().zones().getFirst().latches());
  }
}
