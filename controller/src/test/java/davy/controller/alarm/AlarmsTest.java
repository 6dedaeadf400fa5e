package davy.controller.alarm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import davy.controller.alarm.AlarmEvent.Extremes;
import davy.controller.alarm.AlarmEvent.Statistics;
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
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class AlarmsTest {

  private static final Sample LOW = new Sample.Good(40, true, true);
  private static final Sample HIGH = new Sample.Good(160, true, true);
  private static final ZoneInput DEAD = new ZoneInput(Permit.WITHHELD, Feed.DEAD, false);
  private static final Bounds BOUNDS = new Bounds(5, 5, 20, 1_000, 4, 9_000, 100);

  private static Alarm over(String name, int point) {
    return new Alarm(
        name,
        AlarmKind.OVER_LIMIT,
        new Condition.OverLimit(point, 100, 100),
        List.of(0),
        Grade.FOUR,
        0,
        0,
        true,
        0,
        false);
  }

  private static Alarm equipment(String name, boolean shelvable) {
    return new Alarm(
        name,
        AlarmKind.EQUIPMENT,
        new Condition.Given(0),
        List.of(0),
        Grade.FOUR,
        0,
        0,
        false,
        0,
        shelvable);
  }

  private static AlarmPlan plan(Alarm... alarms) {
    return plan(1, List.of(), alarms);
  }

  private static AlarmPlan plan(int points, List<Watch> watches, Alarm... alarms) {
    List<Point> heads = new ArrayList<>();
    for (int point = 0; point < points; point++) {
      heads.add(new Point("T" + point, Quantity.METHANE, List.of(0), OptionalInt.of(150)));
    }
    return new AlarmPlan(
        heads,
        List.of("Z1"),
        List.of("signal"),
        List.of(alarms),
        List.of(new GradeRow(150, 0, 1, Grade.TWO)),
        watches,
        BOUNDS);
  }

  private static AlarmDecision step(
      AlarmPlan plan, AlarmState state, Sample sample, long elapsed, AlarmRequest... requests) {
    return Alarms.step(
        plan,
        state,
        new AlarmInputs(List.of(sample), List.of(DEAD), List.of(false), List.of(requests)),
        elapsed);
  }

  private static List<Statistics> statistics(AlarmDecision decision) {
    return decision.events().stream()
        .filter(Statistics.class::isInstance)
        .map(Statistics.class::cast)
        .toList();
  }

  @Test
  void anAlarmTellsItsOpeningItsGradeTheFirstOutAndTheLamp() {
    AlarmPlan plan = plan(over("high", 0));
    AlarmDecision decision = step(plan, AlarmState.start(plan, List.of()), HIGH, 1);
    assertEquals(
        List.of(
            new AlarmEvent.Changed(0, 1, Life.NORMAL, Life.UNACKNOWLEDGED),
            new AlarmEvent.GradeRaised(0, 1, Grade.TWO),
            new AlarmEvent.FirstOut(0, 0),
            new AlarmEvent.Annunciated(Lamp.FLASHING, true)),
        decision.events());
  }

  @Test
  void aCloseAndItsCorrectionAreToldWithPersonReasonAndMeasureAndTheWorstOfTheOccurrence() {
    AlarmPlan plan = plan(over("high", 0));
    AlarmState state = step(plan, AlarmState.start(plan, List.of()), HIGH, 1).next();
    state = step(plan, state, LOW, 1, new AlarmRequest.Acknowledge(1, "Li", 0)).next();
    var close = new AlarmRequest.Close(2, "Wang", 0, "blasting", "aired");
    AlarmDecision closed = step(plan, state, LOW, 1, close);
    assertTrue(
        closed
            .events()
            .contains(new AlarmEvent.Closed(0, 1, Grade.TWO, 160, false, Optional.of(close))));
    var correct = new AlarmRequest.Correct(3, "Zhao", 0, 1, "a blower", "drilled");
    AlarmDecision corrected = step(plan, closed.next(), LOW, 1, correct);
    assertEquals(
        List.of(
            new AlarmEvent.Answered(correct, AlarmEvent.Answer.ACCEPTED),
            new AlarmEvent.Corrected(correct)),
        corrected.events());
  }

  @Test
  void requestsForAlarmsThatAreNotThereAreRefused() {
    AlarmPlan plan = plan(over("high", 0));
    AlarmState state = AlarmState.start(plan, List.of());
    for (int alarm : new int[] {-1, 1, Integer.MAX_VALUE}) {
      var ask = new AlarmRequest.Acknowledge(1, "Li", alarm);
      assertEquals(
          List.of(new AlarmEvent.Answered(ask, AlarmEvent.Answer.REFUSED_UNKNOWN_ALARM)),
          step(plan, state, LOW, 1, ask).events());
    }
  }

  @Test
  void aWindowOfStatisticsNamesTheFirstOfEqualExtremesAndCountsWhatWasNotGood() {
    AlarmPlan plan = plan();
    AlarmState state = AlarmState.start(plan, List.of());
    state = step(plan, state, new Sample.Good(50, true, true), 10).next();
    state = step(plan, state, new Sample.Good(71, true, true), 10).next();
    state = step(plan, state, new Sample.Good(71, true, true), 10).next();
    state = step(plan, state, new Sample.Good(300, false, true), 10).next();
    state = step(plan, state, new Sample.Good(300, true, false), 7).next();
    state = step(plan, state, new Sample.Calibrating(), 3).next();
    state = step(plan, state, new Sample.OverRange(), 10).next();
    state = step(plan, state, new Sample.Good(50, true, true), 10).next();
    AlarmDecision before = step(plan, state, new Sample.Good(-2, true, true), 29);
    assertEquals(List.of(), statistics(before));
    AlarmDecision after = step(plan, before.next(), new Sample.Lost(), 3);
    assertEquals(
        List.of(new Statistics(0, 100, 5, 21, Optional.of(new Extremes(71, 20, -2, 99, 48)))),
        statistics(after));
    AlarmDecision next = step(plan, after.next(), LOW, 98);
    assertEquals(List.of(new Statistics(0, 100, 0, 2, Optional.empty())), statistics(next));
  }

  @Test
  void aSampleOnTheBoundaryBelongsToTheLaterWindowAndSkippedWindowsAreNotForgotten() {
    AlarmPlan plan = plan();
    AlarmState state = AlarmState.start(plan, List.of());
    AlarmDecision decision = step(plan, state, LOW, 100);
    assertEquals(List.of(new Statistics(0, 100, 0, 0, Optional.empty())), statistics(decision));
    decision = step(plan, decision.next(), LOW, 350);
    assertEquals(
        List.of(new Statistics(0, 300, 1, 0, Optional.of(new Extremes(40, 0, 40, 0, 40)))),
        statistics(decision));
    decision = step(plan, decision.next(), LOW, 50);
    assertEquals(
        List.of(new Statistics(0, 100, 1, 0, Optional.of(new Extremes(40, 50, 40, 50, 40)))),
        statistics(decision));
  }

  @Test
  void aSavedAlarmThatThePlanNoLongerKnowsIsKeptAndComesBackWithItsName() {
    AlarmPlan old = plan(over("gone", 0));
    AlarmPlan today = plan(over("other", 0));
    AlarmState state = step(old, AlarmState.start(old, List.of()), HIGH, 1).next();
    List<Saved> saved = state.saved(old);
    AlarmState between = step(today, AlarmState.start(today, saved), LOW, 1).next();
    assertEquals(saved, between.orphans());
    assertEquals(saved, between.saved(today));
    AlarmState again = AlarmState.start(old, between.saved(today));
    assertEquals(Life.UNACKNOWLEDGED, again.alarms().getFirst().life());
    assertEquals(Grade.TWO, again.alarms().getFirst().worst());
    assertEquals(160, again.alarms().getFirst().peak());
    assertEquals(OptionalInt.of(0), again.zones().getFirst().firstOut());
  }

  @Test
  void anAlarmThatMayNoLongerBeHiddenIsBackInServiceAfterARestart() {
    AlarmPlan old = plan(equipment("journal", true));
    AlarmState state = AlarmState.start(old, List.of());
    var out = new AlarmRequest.OutOfService(1, "Li", 0, "new disk");
    List<Saved> saved = step(old, state, LOW, 1, out).next().saved(old);
    assertEquals(
        new Life.OutOfService("Li", "new disk"),
        AlarmState.start(old, saved).alarms().getFirst().life());
    assertEquals(
        Life.NORMAL,
        AlarmState.start(plan(equipment("journal", false)), saved).alarms().getFirst().life());
  }

  @Test
  void aLatchedAlarmOfAnOlderPlanStillNeedsItsClose() {
    Alarm before =
        new Alarm(
            "feed",
            AlarmKind.FEED_ABNORMAL,
            new Condition.Given(0),
            List.of(0),
            Grade.TWO,
            0,
            0,
            true,
            0,
            false);
    Saved saved =
        new Saved("feed", 1, true, false, true, Grade.TWO, 0, false, Optional.empty(), List.of());
    AlarmPlan today =
        plan(
            new Alarm(
                before.name(),
                before.kind(),
                before.condition(),
                before.zones(),
                before.grade(),
                0,
                0,
                false,
                0,
                false));
    AlarmState state = AlarmState.start(today, List.of(saved));
    state = step(today, state, LOW, 1).next();
    assertEquals(Life.LATCHED, state.alarms().getFirst().life());
    var close = new AlarmRequest.Close(1, "Li", 0, "welded", "replaced");
    assertEquals(Life.NORMAL, step(today, state, LOW, 1, close).next().alarms().getFirst().life());
  }

  @Test
  void aPlanThatCouldHideWhatMustBeSeenIsRefused() {
    for (AlarmKind kind : AlarmKind.values()) {
      boolean may = kind.mayHide();
      if (!may) {
        assertThrows(IllegalArgumentException.class, () -> kind(kind, false, true), kind.name());
        assertThrows(IllegalArgumentException.class, () -> kind(kind, true, true), kind.name());
      } else {
        kind(kind, false, true);
        assertThrows(IllegalArgumentException.class, () -> kind(kind, true, true), kind.name());
      }
    }
    assertThrows(IllegalArgumentException.class, () -> kind(AlarmKind.OVER_LIMIT, false, false));
  }

  private static Alarm kind(AlarmKind kind, boolean byPerson, boolean shelvable) {
    return new Alarm(
        "a", kind, new Condition.Given(0), List.of(), Grade.FOUR, 0, 0, byPerson, 0, shelvable);
  }

  @Test
  void aPlanThatPointsNowhereOrReturnsOnTheWrongSideIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> plan(over("high", 1)));
    assertThrows(IllegalArgumentException.class, () -> plan(over("same", 0), over("same", 0)));
    Watch nowhere = new Watch(new Rule.RisingFast(1, 10), 0, 0);
    assertThrows(IllegalArgumentException.class, () -> plan(1, List.of(nowhere)));
    Alarm wrong =
        new Alarm(
            "high",
            AlarmKind.OVER_LIMIT,
            new Condition.OverLimit(0, 100, 101),
            List.of(0),
            Grade.FOUR,
            0,
            0,
            true,
            0,
            false);
    assertThrows(IllegalArgumentException.class, () -> plan(wrong));
    assertThrows(IllegalArgumentException.class, () -> new Bounds(5, 5, 20, 1_000, 3, 9_000, 100));
  }

  @Test
  void whileNothingHappensAStepReturnsWhatItWasGiven() {
    AlarmPlan plan = plan(over("high", 0), equipment("journal", true));
    Sample old = new Sample.Good(40, false, true);
    AlarmState state = AlarmState.start(plan, List.of());
    for (int i = 0; i < 5; i++) {
      state = step(plan, state, old, 1).next();
    }
    AlarmState next = step(plan, state, old, 1).next();
    assertSame(state.alarms(), next.alarms());
    assertSame(state.zones(), next.zones());
    assertSame(state.points(), next.points());
    assertSame(state.tallies().points(), next.tallies().points());
  }

  @Test
  void aQuietStepOfSixteenPointsAllocatesLittle() {
    List<Alarm> alarms = new ArrayList<>();
    List<Sample> samples = new ArrayList<>();
    for (int point = 0; point < 16; point++) {
      alarms.add(over("high" + point, point));
      alarms.add(equipment("other" + point, true));
      samples.add(new Sample.Good(40, false, true));
    }
    AlarmPlan plan = plan(16, List.of(), alarms.toArray(Alarm[]::new));
    AlarmInputs inputs = new AlarmInputs(samples, List.of(DEAD), List.of(false), List.of());
    AlarmState state = AlarmState.start(plan, List.of());
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    for (int i = 0; i < 20_000; i++) {
      state = Alarms.step(plan, state, inputs, 0).next();
    }
    long before = threads.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < 1_000; i++) {
      state = Alarms.step(plan, state, inputs, 0).next();
    }
    long bytes = (threads.getCurrentThreadAllocatedBytes() - before) / 1_000;
    System.out.println("alarms: a quiet step of 16 points allocates " + bytes + " bytes");
    assertTrue(bytes < 3_000, bytes + " bytes");
  }
}
