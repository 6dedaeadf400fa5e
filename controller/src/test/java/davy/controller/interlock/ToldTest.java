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
          Plans.NO_BYPASSES,
          new Plan.Fitted(true, false));

  private State state = State.start(PLAN, Saved.nothing(PLAN));
  private Decision last;

  private List<Event> step(PointInput head, Feed feed, Request... requests) {
    boolean open = state.zones().getFirst().lock() instanceof Lock.Open;
    Inputs inputs =
        new Inputs(
            List.of(head),
            List.of(new ZoneInput(open ? OutputState.ON : OutputState.OFF, feed)),
            List.of(),
            GuardState.LOST,
            Key.RELEASED,
            List.of(requests),
            List.of(),
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
}
