package davy.controller.alarm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import davy.controller.alarm.AlarmEvent.Answer;
import davy.controller.alarm.AlarmEvent.Extremes;
import davy.controller.alarm.AlarmInputs.Sample;
import davy.controller.alarm.AlarmInputs.ZoneInput;
import davy.controller.alarm.AlarmPlan.Alarm;
import davy.controller.alarm.AlarmPlan.Bounds;
import davy.controller.alarm.AlarmPlan.GradeRow;
import davy.controller.alarm.AlarmPlan.Point;
import davy.controller.alarm.AlarmPlan.Watch;
import davy.hal.signal.Feed;
import davy.hal.signal.Permit;
import davy.hal.signal.Quantity;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Single steps of alarms and plausibility, each where a small slip would go unseen elsewhere. */
class AlarmStepTest {

  private static final int GAS = 0;
  private static final int OTHER = 1;
  private static final int AIR = 2;
  private static final int SIGNAL = 2;
  private static final Sample LOW = new Sample.Good(40, true, true);
  private static final Sample HIGH = new Sample.Good(160, true, true);
  private static final Sample OVER = new Sample.OverRange();
  private static final long LOOK = 1_000;

  private final AlarmPlan plan = plan();
  private final List<Sample> samples = new ArrayList<>(List.of(LOW, LOW, LOW));
  private final List<AlarmEvent> events = new ArrayList<>();
  private boolean signal;
  private AlarmState state;

  private static Alarm over(String name, int point, int at) {
    return new Alarm(
        name,
        AlarmKind.OVER_LIMIT,
        new Condition.OverLimit(point, at, at),
        List.of(0),
        Grade.FOUR,
        0,
        0,
        true,
        0,
        false);
  }

  /** Gas with a limit at 150, gas beside it, air that is too slow at 25, and a signal. */
  private static AlarmPlan plan() {
    Alarm given =
        new Alarm(
            "signal",
            AlarmKind.EQUIPMENT,
            new Condition.Given(0),
            List.of(0),
            Grade.THREE,
            0,
            0,
            false,
            0,
            true);
    return new AlarmPlan(
        List.of(
            new Point("T1", Quantity.METHANE, List.of(0), OptionalInt.of(150)),
            new Point("T2", Quantity.METHANE, List.of(0), OptionalInt.empty()),
            new Point("V1", Quantity.AIR_SPEED, List.of(0), OptionalInt.empty())),
        List.of("Z1"),
        List.of("signal"),
        List.of(over("high", GAS, 100), over("slow", AIR, 25), given),
        List.of(new GradeRow(200, 0, 1, Grade.TWO)),
        List.of(
            new Watch(new Rule.FlatLine(GAS, 10, List.of(OTHER), 20), 0, LOOK),
            new Watch(new Rule.RisingFast(AIR, 15), 0, 3 * LOOK)),
        new Bounds(1_000, 1_000, 20, LOOK, 4, 9 * LOOK, 100 * LOOK));
  }

  @BeforeEach
  void start() {
    state = AlarmState.start(plan, List.of());
  }

  private void step(long elapsed, AlarmRequest... requests) {
    ZoneInput zone = new ZoneInput(Permit.WITHHELD, Feed.DEAD, false);
    AlarmInputs inputs =
        new AlarmInputs(samples, List.of(zone), List.of(signal), List.of(requests));
    AlarmDecision decision = Alarms.step(plan, state, inputs, elapsed);
    state = decision.next();
    events.clear();
    events.addAll(decision.events());
  }

  private void gas(Sample sample, AlarmRequest... requests) {
    samples.set(GAS, sample);
    step(1, requests);
  }

  private AlarmStatus high() {
    return state.alarms().get(GAS);
  }

  private static AlarmRequest acknowledge(int alarm) {
    return new AlarmRequest.Acknowledge(1, "Li", alarm);
  }

  @Test
  void anAlarmThatReturnsEndsAMute() {
    gas(HIGH);
    gas(LOW);
    assertEquals(Life.RETURNED_UNACKNOWLEDGED, high().life());
    step(1, new AlarmRequest.Mute(1, "Li"));
    assertFalse(state.sounder());
    gas(new Sample.Good(100, true, true));
    assertEquals(Life.UNACKNOWLEDGED, high().life());
    assertTrue(state.sounder(), "it stands again, no graver than it was");
  }

  @Test
  void theBeginAndTheEndOfAShelvingAreToldAndItsCountdownIsNot() {
    step(1, new AlarmRequest.Shelve(1, "Li", SIGNAL, "repair", 10));
    Life shelved = new Life.Shelved(9, "Li", "repair");
    assertEquals(shelved, state.alarms().get(SIGNAL).life());
    assertTrue(
        events.contains(
            new AlarmEvent.Changed(SIGNAL, 0, Life.NORMAL, new Life.Shelved(10, "Li", "repair"))),
        events.toString());
    step(1);
    assertEquals(List.of(), events);
    step(1, new AlarmRequest.Unshelve(2, "Li", SIGNAL));
    assertTrue(
        events.contains(
            new AlarmEvent.Changed(SIGNAL, 0, new Life.Shelved(8, "Li", "repair"), Life.NORMAL)),
        events.toString());
  }

  @Test
  void theWorstOfAnOccurrenceIsKeptThroughEveryLifeUntilItsClose() {
    gas(HIGH);
    gas(OVER);
    assertTrue(high().overRange(), "with the peak as it was");
    gas(new Sample.Good(120, true, true), acknowledge(GAS));
    assertEquals(Life.ACKNOWLEDGED, high().life());
    assertEquals(160, high().peak());
    assertTrue(high().overRange());
    gas(LOW);
    assertEquals(Life.LATCHED, high().life());
    assertEquals(160, high().peak());
    assertTrue(high().overRange());
    var close = new AlarmRequest.Close(2, "Li", GAS, "a blower", "aired");
    step(1, close);
    assertTrue(
        events.contains(new AlarmEvent.Closed(GAS, 1, high(events), 160, true, Optional.of(close))),
        events.toString());
    assertEquals(0, high().peak());
    assertFalse(high().overRange());
    gas(HIGH);
    assertFalse(high().overRange(), "a new occurrence begins with nothing");
  }

  private static Grade high(List<AlarmEvent> events) {
    return events.stream()
        .filter(AlarmEvent.Closed.class::isInstance)
        .map(event -> ((AlarmEvent.Closed) event).worst())
        .findFirst()
        .orElseThrow();
  }

  @Test
  void airThatIsFasterThanItsHeadCanTellIsNotOverARange() {
    samples.set(AIR, new Sample.Good(20, true, true));
    step(1);
    samples.set(AIR, OVER);
    step(1);
    assertFalse(state.alarms().get(AIR - 1).overRange());
    assertEquals(20, state.alarms().get(AIR - 1).peak());
  }

  @Test
  void aGraverGradeIsRememberedThoughNothingElseChanges() {
    AlarmStatus status = high().remembering(Grade.FOUR, 160, false);
    assertEquals(Grade.TWO, status.remembering(Grade.TWO, 160, false).worst());
    assertEquals(170, status.remembering(Grade.FOUR, 170, false).peak());
    assertTrue(status.remembering(Grade.FOUR, 160, true).overRange());
    assertSame(status, status.remembering(Grade.FOUR, 160, false));
  }

  @Test
  void whatComesBackInTheVeryScanOfACloseKeepsItOpen() {
    gas(HIGH);
    gas(LOW, acknowledge(GAS));
    step(1);
    assertEquals(Life.LATCHED, high().life());
    var close = new AlarmRequest.Close(2, "Li", GAS, "a blower", "aired");
    gas(HIGH, close);
    assertTrue(events.contains(new AlarmEvent.Answered(close, Answer.REFUSED_STILL_ACTIVE)));
    assertEquals(Life.UNACKNOWLEDGED, high().life());
  }

  @Test
  void whatIsSuppressedIsNotOpen() {
    gas(new Sample.Calibrating());
    assertEquals(Life.SUPPRESSED_BY_DESIGN, high().life());
    var close = new AlarmRequest.Close(2, "Li", GAS, "a blower", "aired");
    step(1, close);
    assertTrue(events.contains(new AlarmEvent.Answered(close, Answer.REFUSED_NOT_OPEN)));
  }

  @Test
  void onlyWhatCallsIsChangedByAnAcknowledge() {
    for (Life life :
        List.of(
            Life.NORMAL,
            Life.ACKNOWLEDGED,
            Life.LATCHED,
            new Life.Shelved(1, "Li", "repair"),
            Life.SUPPRESSED_BY_DESIGN,
            new Life.OutOfService("Li", "repair"))) {
      assertSame(life, life.acknowledged(true));
      assertSame(life, life.acknowledged(false));
    }
    assertEquals(Life.LATCHED, Life.RETURNED_UNACKNOWLEDGED.acknowledged(true));
    assertEquals(Life.NORMAL, Life.RETURNED_UNACKNOWLEDGED.acknowledged(false));
  }

  @Test
  void savedAlarmsThatThePlanKnowsAreNoOrphans() {
    Saved known =
        new Saved("high", 1, true, true, false, Grade.TWO, 160, true, Optional.empty(), List.of());
    Saved gone =
        new Saved("gone", 1, true, true, false, Grade.TWO, 160, true, Optional.empty(), List.of());
    AlarmState again = AlarmState.start(plan, List.of(known, gone));
    assertEquals(List.of(gone), again.orphans());
    assertEquals(Life.UNACKNOWLEDGED, again.alarms().getFirst().life());
    assertTrue(again.alarms().getFirst().active());
  }

  @Test
  void whatIsNotOpenIsSavedAsNeitherActiveNorAcknowledged() {
    gas(HIGH);
    assertTrue(Saved.of("high", high(), List.of()).active());
    assertFalse(Saved.of("high", high(), List.of()).acknowledged(), "nobody saw it yet");
    step(1, acknowledge(GAS));
    assertTrue(Saved.of("high", high(), List.of()).acknowledged());
    signal = true;
    step(1);
    step(1, acknowledge(SIGNAL));
    step(1, new AlarmRequest.OutOfService(1, "Li", SIGNAL, "new disk"));
    AlarmStatus out = state.alarms().get(SIGNAL);
    assertTrue(out.active());
    assertFalse(Saved.of("signal", out, List.of()).active());
    assertFalse(Saved.of("signal", out, List.of()).acknowledged());
  }

  private boolean flatWhileOtherMovesBy(int moved) {
    start();
    for (int other : new int[] {40, 40, 40 + moved}) {
      samples.set(OTHER, new Sample.Good(other, true, true));
      step(LOOK);
    }
    return state.points().get(GAS).marks().has(Mark.FLAT_LINE);
  }

  @Test
  void aFlatLineIsMarkedWhereItsNeighbourMovedByTheLimitAndNotOneUnitLess() {
    assertFalse(flatWhileOtherMovesBy(19));
    assertTrue(flatWhileOtherMovesBy(20));
    assertEquals(List.of(new AlarmEvent.Marked(GAS, Mark.FLAT_LINE)), events);
    step(LOOK);
    assertEquals(List.of(), events, "a mark that stays is told once");
    samples.set(GAS, new Sample.Good(41, true, true));
    step(LOOK);
    assertEquals(List.of(new AlarmEvent.Unmarked(GAS, Mark.FLAT_LINE)), events);
    step(LOOK);
    assertEquals(List.of(), events);
  }

  @Test
  void aMarkStaysForItsTimeAfterItLastHeldAndNoLookLonger() {
    List<Boolean> marked = new ArrayList<>();
    for (int air : new int[] {40, 40, 60, 60, 60, 60, 60}) {
      samples.set(AIR, new Sample.Good(air, true, true));
      step(LOOK);
      marked.add(state.points().get(AIR).marks().has(Mark.RISING_FAST));
    }
    assertEquals(List.of(false, false, false, true, true, true, false), marked);
  }

  private OptionalLong limitAfter(int... amounts) {
    start();
    for (int amount : amounts) {
      samples.set(GAS, new Sample.Good(amount, true, true));
      step(LOOK);
    }
    return state.points().get(GAS).limitInNanos();
  }

  @Test
  void theTimeToTheLimitIsToldUpToTheHorizonAndNotOneLookBeyond() {
    assertEquals(OptionalLong.of(9 * LOOK), limitAfter(40, 40, 60, 60));
    assertEquals(OptionalLong.empty(), limitAfter(30, 30, 50, 50), "ten looks");
    assertEquals(OptionalLong.empty(), limitAfter(60, 60, 60, 60), "it does not rise");
    assertEquals(OptionalLong.empty(), state.points().get(OTHER).limitInNanos(), "no limit");
    samples.set(GAS, new Sample.Lost());
    step(LOOK);
    assertEquals(OptionalLong.empty(), state.points().get(GAS).limitInNanos(), "lost");
  }

  @Test
  void ofEqualLeastValuesTheFirstCounts() {
    Tallies.Tally tally = Tallies.Tally.START.with(7, 1).with(5, 2).with(5, 3).with(9, 4);
    assertEquals(Optional.of(new Extremes(9, 4, 5, 2, 7)), tally.statistics(0, 10).extremes());
  }

  @Test
  void whatHasHeldSaturatesAtItsLimit() {
    assertEquals(0, Held.on(Held.NOT, 7, 10));
    assertEquals(9, Held.on(3, 6, 10));
    assertEquals(10, Held.on(4, 6, 10));
    assertEquals(10, Held.on(5, 6, 10));
    assertEquals(10, Held.on(5, 100, 10));
  }
}
