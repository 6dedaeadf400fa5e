package davy.controller.alarm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import davy.controller.alarm.AlarmEvent.Answer;
import davy.controller.alarm.AlarmEvent.GasOutcome;
import davy.controller.alarm.AlarmInputs.Sample;
import davy.controller.alarm.AlarmInputs.ZoneInput;
import davy.controller.alarm.AlarmPlan.Bounds;
import davy.controller.alarm.AlarmPlan.Point;
import davy.hal.signal.Feed;
import davy.hal.signal.Permit;
import davy.hal.signal.Quantity;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** 甲烷超限断电试验: what is told of gas at a head, and when it is refused (S18). */
class GasTestTest {

  private static final int T1 = 0;
  private static final long LONGEST = 100;
  private static final long WITHIN = 20;
  private static final Sample LOW = good(40);
  private static final ZoneInput LIVE = zone(Permit.GRANTED, Feed.LIVE);
  private static final ZoneInput CUT = zone(Permit.WITHHELD, Feed.LIVE);
  private static final ZoneInput DEAD = zone(Permit.WITHHELD, Feed.DEAD);
  private static final AlarmRequest.GasTest ASK = ask(T1);

  private final AlarmPlan plan =
      new AlarmPlan(
          List.of(
              new Point("T1", Quantity.METHANE, List.of(0, 1), OptionalInt.of(150)),
              new Point("T9", Quantity.METHANE, List.of(), OptionalInt.of(150)),
              new Point("T8", Quantity.METHANE, List.of(0), OptionalInt.empty()),
              new Point("CO", Quantity.CARBON_MONOXIDE, List.of(0), OptionalInt.of(24))),
          List.of("Z1", "Z2"),
          List.of(),
          List.of(),
          List.of(),
          List.of(),
          new Bounds(1, LONGEST, 20, 1_000, 2, 1_000, 1_000_000));

  private final List<AlarmEvent> events = new ArrayList<>();
  private AlarmState state = AlarmState.start(plan, List.of());

  private static Sample good(int amount) {
    return new Sample.Good(amount, true, true);
  }

  private static ZoneInput zone(Permit permit, Feed feed) {
    return new ZoneInput(permit, feed, false);
  }

  private static AlarmRequest.GasTest ask(int point) {
    return new AlarmRequest.GasTest(7, "Li", point, WITHIN);
  }

  private void step(long elapsed, Sample t1, ZoneInput z1, ZoneInput z2, AlarmRequest... asked) {
    AlarmInputs inputs =
        new AlarmInputs(List.of(t1, LOW, LOW, LOW), List.of(z1, z2), List.of(), List.of(asked));
    AlarmDecision decision = Alarms.step(plan, state, inputs, elapsed);
    state = decision.next();
    events.clear();
    events.addAll(decision.events());
  }

  private void begin() {
    state = AlarmState.start(plan, List.of());
    step(1, LOW, LIVE, LIVE, ASK);
    assertEquals(List.of(new AlarmEvent.Answered(ASK, Answer.ACCEPTED)), events);
    assertTrue(state.gasTest().orElseThrow().waits());
  }

  private void ended(GasOutcome outcome, int peak, long nanos) {
    assertEquals(List.of(new AlarmEvent.GasTested(ASK, outcome, peak, nanos)), events);
    assertEquals(Optional.empty(), state.gasTest());
    step(1, LOW, LIVE, LIVE);
    assertEquals(List.of(), events, "told once");
  }

  private void goesOn() {
    assertEquals(List.of(), events);
    assertTrue(state.gasTest().isPresent());
  }

  @Test
  void itPassesWhereEveryZoneIsCutInTheScanOfTheLimitAndGoesDeadInTime() {
    begin();
    step(5, good(149), LIVE, LIVE);
    goesOn();
    step(5, good(150), CUT, CUT);
    goesOn();
    assertTrue(!state.gasTest().orElseThrow().waits());
    step(WITHIN - 1, good(210), DEAD, CUT);
    goesOn();
    step(1, good(200), DEAD, DEAD);
    ended(GasOutcome.PASSED, 210, WITHIN);
  }

  @Test
  void aHeadBeyondItsRangeIsAtItsLimit() {
    begin();
    step(5, new Sample.OverRange(), DEAD, DEAD);
    ended(GasOutcome.PASSED, 150, 0);
  }

  @Test
  void aFeedThatIsNotDeadInTimeFailsIt() {
    begin();
    step(5, good(150), CUT, CUT);
    step(WITHIN, good(150), CUT, DEAD);
    goesOn();
    step(1, good(150), zone(Permit.WITHHELD, Feed.UNKNOWN), DEAD);
    ended(GasOutcome.STILL_LIVE, 150, WITHIN + 1);
  }

  @Test
  void aZoneThatKeepsItsPermitFailsIt() {
    begin();
    step(5, good(150), CUT, LIVE);
    ended(GasOutcome.NOT_CUT, 150, 0);
  }

  @Test
  void aZoneThatIsCutBeforeTheGasComesFailsIt() {
    begin();
    step(5, good(149), LIVE, DEAD);
    ended(GasOutcome.CUT_BEFORE, 149, 0);
    begin();
    step(5, new Sample.Lost(), CUT, LIVE);
    ended(GasOutcome.CUT_BEFORE, 0, 0);
  }

  @Test
  void withoutGasItEndsAfterItsLongestTime() {
    begin();
    step(LONGEST - 1, good(120), LIVE, LIVE);
    goesOn();
    step(1, new Sample.Calibrating(), LIVE, LIVE);
    ended(GasOutcome.NO_GAS, 120, 0);
  }

  private Answer answer(AlarmRequest.GasTest asked, ZoneInput z1, ZoneInput z2) {
    step(1, LOW, z1, z2, asked);
    return ((AlarmEvent.Answered) events.getLast()).answer();
  }

  @Test
  void onlyAHeadThatCutsAndWhoseZonesHavePowerIsTested() {
    for (int point : new int[] {-1, 1, 2, 3, 4}) {
      assertEquals(Answer.REFUSED_CUTS_NOTHING, answer(ask(point), LIVE, LIVE), "" + point);
    }
    assertEquals(Answer.REFUSED_NO_POWER, answer(ASK, DEAD, LIVE));
    assertEquals(Answer.REFUSED_NO_POWER, answer(ASK, LIVE, zone(Permit.GRANTED, Feed.DEAD)));
    assertEquals(Answer.REFUSED_NO_POWER, answer(ASK, LIVE, zone(Permit.GRANTED, Feed.UNKNOWN)));
    assertEquals(Answer.REFUSED_NO_POWER, answer(ASK, LIVE, CUT));
    assertEquals(Optional.empty(), state.gasTest());
    var nobody = new AlarmRequest.GasTest(7, " ", T1, WITHIN);
    assertEquals(Answer.REFUSED_TEXT, answer(nobody, LIVE, LIVE));
  }

  @Test
  void oneIsUnderWayAtATime() {
    step(1, LOW, LIVE, LIVE, ASK, ask(T1));
    assertEquals(
        List.of(
            new AlarmEvent.Answered(ASK, Answer.ACCEPTED),
            new AlarmEvent.Answered(ask(T1), Answer.REFUSED_GAS_TEST)),
        events);
    assertEquals(Answer.REFUSED_GAS_TEST, answer(ASK, LIVE, LIVE));
  }
}
