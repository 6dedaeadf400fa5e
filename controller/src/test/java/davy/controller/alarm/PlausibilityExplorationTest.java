package davy.controller.alarm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import davy.controller.alarm.AlarmInputs.Sample;
import davy.controller.alarm.AlarmPlan.Bounds;
import davy.controller.alarm.AlarmPlan.Point;
import davy.controller.alarm.AlarmPlan.Watch;
import davy.hal.signal.Quantity;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Every state of plausibility that two points and a rule of each kind can reach. */
class PlausibilityExplorationTest {

  private static final List<Watch> WATCHES =
      List.of(
          new Watch(new Rule.FlatLine(0, 20, List.of(1), 10), 1, 0),
          new Watch(new Rule.StepDown(0, 10, 10), 0, 1),
          new Watch(new Rule.DisconnectedRising(0, 10), 0, 0),
          new Watch(new Rule.Contradiction(0, 1, 10, 10), 2, 0),
          new Watch(new Rule.FanWithoutFlow(0, 1, 20), 1, 0),
          new Watch(new Rule.HeadsDisagree(0, 1, 10), 0, 0),
          new Watch(new Rule.RisingFast(0, 10), 0, 2));

  private static final AlarmPlan PLAN =
      new AlarmPlan(
          List.of(
              new Point("A", Quantity.METHANE, List.of(), OptionalInt.of(30)),
              new Point("B", Quantity.METHANE, List.of(), OptionalInt.empty())),
          List.of(),
          List.of(),
          List.of(),
          List.of(),
          WATCHES,
          new Bounds(1, 1, 1, 1, 4, 100, 1));

  private static final List<Sample> BANDS =
      List.of(
          new Sample.Good(1, true, true),
          new Sample.Good(30, true, true),
          new Sample.Good(30, true, false),
          new Sample.OverRange(),
          new Sample.Lost(),
          new Sample.Calibrating());

  @Test
  void everyMarkCanComeGoesAgainAndNeedsWhatItsRuleNeeds() {
    long began = System.nanoTime();
    Set<Plausibility> seen = new HashSet<>();
    Deque<Plausibility> todo = new ArrayDeque<>();
    EnumSet<Mark> came = EnumSet.noneOf(Mark.class);
    todo.add(Plausibility.start(PLAN));
    seen.add(Plausibility.start(PLAN));
    while (!todo.isEmpty()) {
      Plausibility before = todo.removeLast();
      ends(before);
      for (Sample a : BANDS) {
        for (Sample b : BANDS) {
          Plausibility after = before.look(PLAN, List.of(a, b), 1);
          for (PointStatus status : after.statuses(PLAN)) {
            came.addAll(status.marks().list());
          }
          needs(after, a, b);
          if (seen.add(after)) {
            todo.add(after);
          }
        }
      }
    }
    System.out.printf(
        "explored plausibility: %d states, %d transitions, %.1f s%n",
        seen.size(), seen.size() * 36L, (System.nanoTime() - began) / 1e9);
    assertEquals(EnumSet.allOf(Mark.class), came);
  }

  /** Under test gas every mark is gone once the longest of them was kept. */
  private static void ends(Plausibility from) {
    List<Sample> gas = List.of(new Sample.Calibrating(), new Sample.Calibrating());
    Plausibility later = from.look(PLAN, gas, 1).look(PLAN, gas, 1).look(PLAN, gas, 1);
    for (PointStatus status : later.statuses(PLAN)) {
      assertEquals(new PointStatus(Marks.NONE, status.limitInNanos()), status);
      assertTrue(status.limitInNanos().isEmpty());
    }
  }

  private static void needs(Plausibility after, Sample a, Sample b) {
    List<Mark> marks = new ArrayList<>(after.statuses(PLAN).getFirst().marks().list());
    boolean bothGood = good(a) && good(b);
    for (Mark mark : marks) {
      switch (mark) {
        case CONTRADICTION, HEADS_DISAGREE -> assertTrue(bothGood && !a.equals(b));
        case FAN_WITHOUT_FLOW ->
            assertEquals(
                List.of(new Sample.Good(1, true, true), new Sample.Good(1, true, true)),
                List.of(a, b));
        case DISCONNECTED_RISING ->
            assertTrue(a instanceof Sample.Lost || a.equals(new Sample.Good(30, true, false)));
        case FLAT_LINE -> assertTrue(good(a) && good(b));
        case STEP_DOWN, RISING_FAST -> {}
      }
    }
    for (Trend trend : after.trends()) {
      assertTrue(trend.values().size() <= 4, "a window grows");
    }
  }

  private static boolean good(Sample sample) {
    return sample instanceof Sample.Good good && good.trusted();
  }
}
