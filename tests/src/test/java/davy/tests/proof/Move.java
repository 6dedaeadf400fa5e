package davy.tests.proof;

import davy.controller.interlock.Inputs;
import davy.controller.interlock.Inputs.FanInput;
import davy.controller.interlock.Inputs.Key;
import davy.controller.interlock.Inputs.ZoneInput;
import davy.controller.interlock.PointInput;
import davy.controller.interlock.Request;
import davy.hal.signal.GuardState;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * One thing that may happen in a step. Outputs that obey depend on what was granted, so a move
 * holds inputs for every set of permits.
 *
 * @param inputs by the zones that have power: bit n is zone n
 * @param good nothing in it is a fault, and all that people do in it helps
 */
public record Move(String name, List<Inputs> inputs, boolean good) {

  /** One value of one axis. */
  record Choice(String name, boolean good, Consumer<Draft> set) {}

  /** Inputs on their way. */
  static final class Draft {
    final List<PointInput> points = new ArrayList<>();
    final List<Function<Boolean, ZoneInput>> zones = new ArrayList<>();
    final List<FanInput> fans = new ArrayList<>();
    GuardState guard = GuardState.ARMED;
    Key key = Key.RELEASED;
    List<Request> requests = List.of();
    List<Long> recorded = List.of();
    boolean station = true;
    boolean late;

    /** One for every set of permits. */
    List<Inputs> inputs() {
      return IntStream.range(0, 1 << zones.size()).mapToObj(this::inputs).toList();
    }

    private Inputs inputs(int granted) {
      List<ZoneInput> ends = new ArrayList<>();
      for (int zone = 0; zone < zones.size(); zone++) {
        ends.add(zones.get(zone).apply((granted & 1 << zone) != 0));
      }
      return new Inputs(points, ends, fans, guard, key, requests, recorded, station, late);
    }
  }

  /** What is read while these zones have power. */
  Inputs inputs(Watch watch) {
    int granted = 0;
    for (int zone = 0; zone < watch.zones().size(); zone++) {
      granted |= watch.zones().get(zone).granted() ? 1 << zone : 0;
    }
    return inputs.get(granted);
  }

  /** Every combination of one choice of each axis. */
  static List<Move> all(List<List<Choice>> axes) {
    List<List<Choice>> combinations = List.of(List.of());
    for (List<Choice> axis : axes) {
      List<List<Choice>> longer = new ArrayList<>();
      for (List<Choice> combination : combinations) {
        for (Choice choice : axis) {
          List<Choice> more = new ArrayList<>(combination);
          more.add(choice);
          longer.add(more);
        }
      }
      combinations = longer;
    }
    return combinations.stream().map(Move::of).toList();
  }

  private static Move of(List<Choice> choices) {
    Draft draft = new Draft();
    choices.forEach(choice -> choice.set().accept(draft));
    return new Move(
        String.join(" ", choices.stream().map(Choice::name).filter(n -> !n.isEmpty()).toList()),
        draft.inputs(),
        choices.stream().allMatch(Choice::good));
  }
}
