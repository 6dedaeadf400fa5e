package davy.controller.alarm;

import static org.junit.jupiter.api.Assertions.assertEquals;

import davy.controller.alarm.AlarmInputs.Sample;
import davy.controller.alarm.AlarmPlan.Bounds;
import davy.controller.alarm.AlarmPlan.Point;
import davy.controller.alarm.AlarmPlan.Watch;
import davy.hal.signal.Quantity;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** Marks look by look, where nothing but the mark itself changes. */
class PlausibilityTest {

  private static final long LOOK = 1_000;

  private static Point head(String name) {
    return new Point(name, Quantity.METHANE, List.of(), OptionalInt.empty());
  }

  @Test
  void aHeadThatHasLongStoodStillIsMarkedWhileItsNeighbourMoves() {
    Rule flat = new Rule.FlatLine(0, 10, List.of(1), 20);
    AlarmPlan plan =
        new AlarmPlan(
            List.of(head("T1"), head("T2")),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(new Watch(flat, 0, 0)),
            new Bounds(1, 1, 1, LOOK, 4, 1, 1));
    Plausibility seen = Plausibility.start(plan);
    List<Boolean> marked = new ArrayList<>();
    for (int other : new int[] {40, 40, 40, 60, 60, 60, 60}) {
      List<Sample> samples =
          List.of(new Sample.Good(40, true, true), new Sample.Good(other, true, true));
      seen = seen.look(plan, samples, LOOK);
      marked.add(seen.statuses(plan).getFirst().marks().has(Mark.FLAT_LINE));
    }
    assertEquals(List.of(false, false, false, true, true, true, false), marked);
  }
}
