package davy.controller.interlock;

import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What heads, fans and their exemptions leave behind between steps.
 *
 * @param points in plan order
 * @param fans in plan order
 */
record FieldState(List<PointState> points, List<FanState> fans, Register register) {

  FieldState {
    points = List.copyOf(points);
    fans = List.copyOf(fans);
  }

  static FieldState start(Plan plan, Saved saved) {
    return new FieldState(
        Collections.nCopies(plan.points().size(), PointState.START),
        IntStream.range(0, plan.fans().size())
            .mapToObj(fan -> FanState.start(plan.fans().get(fan), saved.fans().get(fan)))
            .toList(),
        Register.start(plan, saved));
  }
}
