package davy.controller.interlock;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import davy.controller.interlock.Inputs.Key;
import davy.controller.interlock.Inputs.OutputState;
import davy.controller.interlock.Inputs.ZoneInput;
import davy.hal.signal.Feed;
import davy.hal.signal.GuardState;
import davy.hal.signal.Methane;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Two states are equal where every part is: exploration would else take one for another. */
class StateTest {

  private static final PointInput LOW = new PointInput.Good(new Methane(40), true);
  private static final Plan PLAN =
      new Plan(
          List.of(
              new Plan.Point(
                  "T1", new Methane(100), new Methane(150), new Methane(100), false, 10)),
          List.of(
              Plans.zone("Z1", List.of(0), Plan.Release.MANUAL, false, 0),
              Plans.zone("Z2", List.of(0), Plan.Release.MANUAL, false, 0)),
          List.of(),
          Plans.times(2, 1, 0, new Methane(-10), 10, 30),
          Plans.NO_BYPASSES,
          new Plan.Fitted(true, false));

  private static Decision step(State state, PointInput head, Key key, Request... requests) {
    ZoneInput off = new ZoneInput(OutputState.OFF, Feed.DEAD);
    List<ZoneInput> zones = List.of(off, off);
    Inputs inputs =
        new Inputs(
            List.of(head),
            zones,
            List.of(),
            GuardState.LOST,
            key,
            List.of(requests),
            List.of(),
            true,
            false);
    return Interlock.step(PLAN, state, inputs, 1);
  }

  private static State settled() {
    State state = State.start(PLAN, Saved.nothing(PLAN));
    for (int step = 0; step < 9; step++) {
      state = step(state, LOW, Key.RELEASED).next();
    }
    return state;
  }

  private static Request reset(int zone) {
    return new Request.Reset(7, zone, "p", Optional.empty(), false);
  }

  @Test
  void theSameStepsLeadToTheSameState() {
    assertEquals(settled(), settled());
    assertEquals(settled().hashCode(), settled().hashCode());
    assertNotEquals(0, settled().hashCode());
    assertNotEquals(settled(), new Object());
  }

  @Test
  void anyPartThatDiffersMakesAnotherState() {
    State settled = settled();
    assertNotEquals(settled, State.start(PLAN, Saved.nothing(PLAN)));
    assertNotEquals(settled, step(settled, LOW, Key.PRESSED).next());
    assertNotEquals(settled, step(settled, LOW, Key.RELEASED, reset(0)).next());
    PointInput edge = new PointInput.Good(new Methane(-10), true);
    assertNotEquals(settled, step(settled, edge, Key.RELEASED).next());
    assertNotEquals(
        settled, step(settled, LOW, Key.RELEASED, new Request.PanelTrip(1, 0, "p")).next());
  }

  @Test
  void aResetWaitsForTheKeyWithTheTimeThatIsLeftAndThenForItsRecordAndNoOtherZoneDoes() {
    Decision asked = step(settled(), LOW, Key.RELEASED, reset(0));
    assertEquals(Optional.of(7L), asked.next().waitsForKey());
    Decision later = step(asked.next(), LOW, Key.RELEASED);
    assertEquals(Optional.of(new Decision.KeyWait(7, 29)), later.keyWait());
    Decision pressed = step(later.next(), LOW, Key.PRESSED);
    assertEquals(Optional.empty(), pressed.next().waitsForKey());
    assertEquals(List.of(Decision.Wanting.RECORD), pressed.zones().getFirst().wanting());
    assertEquals(List.of(Decision.Wanting.RESET), pressed.zones().getLast().wanting());
  }

  @Test
  void lostLatchesHoldEveryZone() {
    Saved lost = Saved.lost(PLAN, true);
    assertEquals(List.of(Saved.Zone.LOST, Saved.Zone.LOST), lost.zones());
  }
}
