package davy.controller.interlock;

import java.util.ArrayList;
import java.util.List;

/**
 * One intake head's vote to stop the fan (item c', S8). It takes a row of good readings at the stop
 * level, or over-range soon after a reading that showed gas. Whatever else happens to the head
 * votes no: test gas or a broken head must not stop ventilation.
 *
 * @param ageNanos of the readings at the stop level, a row without a gap, the newest last; as many
 *     as are needed, none older than the time they must come in
 * @param sinceGasNanos since the last good reading that lets over-range count, saturating one
 *     nanosecond beyond its limit
 */
record StopVote(List<Long> ageNanos, long sinceGasNanos) {

  StopVote {
    ageNanos = List.copyOf(ageNanos);
  }

  /** No gas was seen yet, so over-range says nothing yet. */
  static StopVote start(Plan.FanLimits limits) {
    return new StopVote(List.of(), limits.overRangeWithinNanos() + 1);
  }

  StopVote next(Plan.FanLimits limits, PointState point, PointInput input, long elapsedNanos) {
    if (!point.inService()) {
      return start(limits);
    }
    long since = Elapsed.add(sinceGasNanos, elapsedNanos, limits.overRangeWithinNanos() + 1);
    return switch (input) {
      case PointInput.Good good ->
          new StopVote(
              good.value().atLeast(limits.stopAt())
                  ? row(limits, good.fresh(), elapsedNanos)
                  : List.of(),
              good.value().atLeast(limits.overRangeAfter()) ? 0 : since);
      case PointInput.OverRange _ -> new StopVote(List.of(), since);
      case PointInput.Faulty _, PointInput.Stale _ -> start(limits);
    };
  }

  private List<Long> row(Plan.FanLimits limits, boolean fresh, long elapsedNanos) {
    List<Long> row = new ArrayList<>();
    for (long age : ageNanos) {
      if (age + elapsedNanos <= limits.stopWithinNanos()) {
        row.add(age + elapsedNanos);
      }
    }
    if (fresh) {
      row.add(0L);
    }
    return row.subList(Math.max(0, row.size() - limits.stopReadings()), row.size());
  }

  /**
   * @param input this step's, as {@link #next} saw it
   */
  boolean yes(Plan.FanLimits limits, PointInput input) {
    return switch (input) {
      case PointInput.Good _ -> ageNanos.size() >= limits.stopReadings();
      case PointInput.OverRange _ -> sinceGasNanos <= limits.overRangeWithinNanos();
      case PointInput.Faulty _, PointInput.Stale _ -> false;
    };
  }
}
