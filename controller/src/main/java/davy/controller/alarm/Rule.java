package davy.controller.alarm;

import java.util.List;

/**
 * One plausibility rule. Points are indices into the plan, amounts are in the integer unit of their
 * quantity, limits are inclusive. "The window" is the last {@link AlarmPlan.Bounds#trendLooks}
 * looks at a point, all of them good.
 */
public sealed interface Rule {

  /**
   * The value does not change by one unit while others move.
   *
   * @param atLeast only a value at or above it counts: clean air may stand still for hours
   * @param beside points of the same air; empty: time alone is enough
   * @param moved one of them changed by at least this much within the window
   */
  record FlatLine(int point, int atLeast, List<Integer> beside, int moved) implements Rule {
    public FlatLine {
      beside = List.copyOf(beside);
    }
  }

  /**
   * Within the window the value rose to a peak and then fell, as when a head is covered.
   *
   * @param rise from the oldest look to the peak
   * @param drop from the peak to the newest look
   */
  record StepDown(int point, int rise, int drop) implements Rule {}

  /**
   * The head fell silent or faulty while it rose.
   *
   * @param rise mean of the newer half of the window over that of the older half
   */
  record DisconnectedRising(int point, int rise) implements Rule {}

  /**
   * Face and return can't both be true.
   *
   * @param above the return stands this much above the face
   * @param below or this much below it
   */
  record Contradiction(int face, int back, int above, int below) implements Rule {}

  /**
   * A fan's contact says it runs (1), and the duct has no flow.
   *
   * @param flowBelow strict
   */
  record FanWithoutFlow(int fan, int flow, int flowBelow) implements Rule {}

  /**
   * Two heads of one place.
   *
   * @param apart their difference, either way
   */
  record HeadsDisagree(int one, int other, int apart) implements Rule {}

  /**
   * Gas comes faster than it should.
   *
   * @param rise mean of the newer half of the window over that of the older half
   */
  record RisingFast(int point, int rise) implements Rule {}

  default Mark mark() {
    return switch (this) {
      case FlatLine _ -> Mark.FLAT_LINE;
      case StepDown _ -> Mark.STEP_DOWN;
      case DisconnectedRising _ -> Mark.DISCONNECTED_RISING;
      case Contradiction _ -> Mark.CONTRADICTION;
      case FanWithoutFlow _ -> Mark.FAN_WITHOUT_FLOW;
      case HeadsDisagree _ -> Mark.HEADS_DISAGREE;
      case RisingFast _ -> Mark.RISING_FAST;
    };
  }

  /** The points that get the mark. */
  default List<Integer> marked() {
    return switch (this) {
      case FlatLine flat -> List.of(flat.point);
      case StepDown step -> List.of(step.point);
      case DisconnectedRising gone -> List.of(gone.point);
      case Contradiction pair -> List.of(pair.face, pair.back);
      case FanWithoutFlow pair -> List.of(pair.fan, pair.flow);
      case HeadsDisagree pair -> List.of(pair.one, pair.other);
      case RisingFast rising -> List.of(rising.point);
    };
  }
}
