package davy.controller.interlock;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import davy.controller.interlock.Event.Answer;
import davy.controller.interlock.Inputs.Key;
import davy.controller.interlock.Inputs.OutputState;
import davy.controller.interlock.Inputs.ZoneInput;
import davy.hal.signal.Feed;
import davy.hal.signal.GuardState;
import davy.hal.signal.Methane;
import davy.hal.signal.SensorFault;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What people and the journal are told of a decision: times, causes, reasons. */
class ToldTest {

  private static final long STEP = 100_000_000L;
  private static final long DROP_OUT = 2 * STEP;
  private static final PointInput LOW = new PointInput.Good(new Methane(40), true);
  private static final PointInput RICH = new PointInput.Good(new Methane(160), true);
  private static final Plan PLAN =
      new Plan(
          List.of(
              new Plan.Point(
                  "T1", new Methane(100), new Methane(150), new Methane(100), false, 10 * STEP)),
          List.of(Plans.zone("Z1", List.of(0), Plan.Release.AUTOMATIC, true, 2 * STEP, DROP_OUT)),
          List.of(),
          Plans.times(10 * STEP, 3, 10 * STEP, new Methane(-10), 100 * STEP, 300 * STEP),
          new Plan.Bypasses(1, false, 1_000 * STEP, 0, Optional.empty()),
          new Plan.Fitted(true, false));

  private State state = State.start(PLAN, Saved.nothing(PLAN));
  private Decision last;

  private List<Event> step(PointInput head, Feed feed, Request... requests) {
    return step(head, feed, Key.RELEASED, List.of(requests), List.of());
  }

  private List<Event> step(
      PointInput head, Feed feed, Key key, List<Request> requests, List<Long> recorded) {
    boolean open = state.zones().getFirst().lock() instanceof Lock.Open;
    Inputs inputs =
        new Inputs(
            List.of(head),
            List.of(new ZoneInput(open ? OutputState.ON : OutputState.OFF, feed)),
            List.of(),
            GuardState.LOST,
            key,
            requests,
            recorded,
            true,
            false);
    Decision decision = Interlock.step(PLAN, state, inputs, STEP);
    last = decision;
    state = decision.next();
    return decision.events();
  }

  private boolean wantsFeedDead() {
    return last.zones().getFirst().wanting().contains(Decision.Wanting.FEED_DEAD);
  }

  private static Request reset(long id) {
    return new Request.Reset(id, 0, "p", Optional.empty(), false);
  }

  @BeforeEach
  void runningAndClosedByHand() {
    for (int step = 0; step < 60; step++) {
      step(LOW, Feed.DEAD);
    }
    for (int step = 0; step < 30; step++) {
      step(LOW, Feed.LIVE);
    }
    assertTrue(state.zones().getFirst().lock() instanceof Lock.Open);
  }

  @Test
  void aProofTestTellsHowLongTheFeedTookToGoDead() {
    step(LOW, Feed.LIVE, new Request.ProofTest(5, 0, "p"));
    step(LOW, Feed.LIVE);
    List<Event> told = step(LOW, Feed.DEAD);
    assertTrue(told.contains(new Event.ProofTested(0, true, 2 * STEP, 5)), told::toString);
  }

  @Test
  void aProofTestThatFailsTellsThatItTookLongerThanTheDropOutTime() {
    step(LOW, Feed.LIVE, new Request.ProofTest(5, 0, "p"));
    step(LOW, Feed.LIVE);
    step(LOW, Feed.LIVE);
    List<Event> told = step(LOW, Feed.LIVE);
    assertTrue(told.contains(new Event.ProofTested(0, false, DROP_OUT + 1, 5)), told::toString);
  }

  @Test
  void aResetThatIsRefusedNamesTheCausesThatStand() {
    List<Event> told = step(RICH, Feed.DEAD, reset(7));
    Causes gas = Causes.of(Cause.METHANE_HIGH);
    assertTrue(
        told.contains(new Event.Answered(7, 0, Answer.REFUSED_CAUSE_ACTIVE, gas)), told::toString);
  }

  @Test
  void anAnswerBesideACauseThatHasGoneNamesNone() {
    step(RICH, Feed.DEAD);
    List<Event> told = step(LOW, Feed.DEAD, reset(8));
    assertEquals(
        new Event.Answered(8, 0, Answer.REFUSED_OPENS_BY_ITSELF, Causes.NONE), told.getLast());
  }

  @Test
  void aTestThatGoesOnWantsTheFeedDeadAndAnOrdinaryTripDoesNot() {
    step(RICH, Feed.UNKNOWN);
    assertFalse(wantsFeedDead());
    runningAndClosedByHand();
    step(LOW, Feed.LIVE, new Request.ProofTest(5, 0, "p"));
    step(LOW, Feed.UNKNOWN);
    assertTrue(wantsFeedDead());
  }

  @Test
  void consentIsToldWithTheZoneItIsFor() {
    step(RICH, Feed.DEAD, new Request.PanelTrip(6, 0, "p"));
    step(LOW, Feed.DEAD);
    step(LOW, Feed.DEAD, reset(7));
    List<Event> told = step(LOW, Feed.DEAD, Key.PRESSED, List.of(), List.of());
    assertTrue(told.contains(new Event.Consented(7, 0, "p")), told::toString);
  }

  @Test
  void aHeadThatIsLostTellsItsFaultWhereItHasOne() {
    List<Event> silent = step(new PointInput.Stale(), Feed.LIVE);
    assertTrue(
        silent.contains(new Event.PointLost(0, Cause.SENSOR_STALE, Optional.empty())),
        silent::toString);
    List<Event> told = List.of();
    for (int step = 0; step < 101 && told.isEmpty(); step++) {
      told = step(new PointInput.Good(new Methane(-10), true), Feed.DEAD);
      told = told.stream().filter(Event.PointLost.class::isInstance).toList();
    }
    Optional<SensorFault> drift = Optional.of(SensorFault.NEGATIVE_DRIFT);
    assertEquals(List.of(new Event.PointLost(0, Cause.SENSOR_FAULT, drift)), told);
  }

  @Test
  void aHeadUnderTestGasIsLostWithoutAFault() {
    Request ask = new Request.Calibrate(9, 0, "p", Optional.empty(), "r", 500 * STEP, false);
    step(LOW, Feed.LIVE, ask);
    step(LOW, Feed.LIVE, Key.PRESSED, List.of(), List.of());
    step(LOW, Feed.LIVE, Key.RELEASED, List.of(), List.of(9L));
    List<Event> told = step(LOW, Feed.LIVE);
    assertTrue(
        told.contains(new Event.PointLost(0, Cause.CALIBRATION, Optional.empty())), told::toString);
  }

  @Test
  void aHeadThatTestGasDrivesOverItsRangeIsLostToItsCalibrationAndHasNoFault() {
    for (int i = 0; i < 20; i++) {
      step(LOW, Feed.DEAD);
    }
    var calibrate =
        new Request.Calibrate(7, 0, "li", Optional.empty(), "monthly", 100 * STEP, false);
    step(LOW, Feed.DEAD, calibrate);
    step(LOW, Feed.DEAD, Key.PRESSED, List.of(), List.of());
    step(LOW, Feed.DEAD, Key.RELEASED, List.of(), List.of(7L));
    List<Event> told = step(new PointInput.OverRange(), Feed.DEAD);
    assertTrue(
        told.contains(new Event.PointLost(0, Cause.CALIBRATION, Optional.empty())), told::toString);
  }
}
