package davy.controller.alarm;

import davy.controller.alarm.AlarmEvent.Extremes;
import davy.controller.alarm.AlarmEvent.Statistics;
import davy.controller.alarm.AlarmInputs.Sample;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * The statistics of the window that runs. Windows follow each other without a gap; a sample that
 * falls on a boundary belongs to the later one.
 *
 * @param offsetNanos since the begin of the window, below its length
 * @param points in plan order
 */
record Tallies(long offsetNanos, List<Tally> points) {

  /**
   * One point so far. Times are offsets within the window; without samples only the last counts.
   */
  record Tally(
      int samples,
      long sum,
      int max,
      long maxAtNanos,
      int min,
      long minAtNanos,
      long notGoodNanos) {

    static final Tally START = new Tally(0, 0, 0, 0, 0, 0, 0);

    Tally with(int amount, long atNanos) {
      boolean first = samples == 0;
      boolean higher = first || amount > max;
      boolean lower = first || amount < min;
      return new Tally(
          samples + 1,
          sum + amount,
          higher ? amount : max,
          higher ? atNanos : maxAtNanos,
          lower ? amount : min,
          lower ? atNanos : minAtNanos,
          notGoodNanos);
    }

    Tally notGood(long nanos) {
      return nanos == 0
          ? this
          : new Tally(samples, sum, max, maxAtNanos, min, minAtNanos, notGoodNanos + nanos);
    }

    Statistics statistics(int point, long spanNanos) {
      if (samples == 0) {
        return new Statistics(point, spanNanos, 0, notGoodNanos, Optional.empty());
      }
      int mean = (int) Math.floorDiv(2 * sum + samples, 2L * samples);
      return new Statistics(
          point,
          spanNanos,
          samples,
          notGoodNanos,
          Optional.of(new Extremes(max, maxAtNanos, min, minAtNanos, mean)));
    }
  }

  static Tallies start(AlarmPlan plan) {
    return new Tallies(0, Collections.nCopies(plan.points().size(), Tally.START));
  }

  /** The time of this step counts as the sample that ends it says. */
  Tallies next(AlarmPlan plan, List<Sample> samples, long elapsedNanos, List<AlarmEvent> events) {
    long window = plan.bounds().windowNanos();
    long whole = offsetNanos + elapsedNanos;
    long span = whole / window * window;
    long offset = whole - span;
    Tally[] next = new Tally[points.size()];
    boolean same = span == 0;
    for (int point = 0; point < points.size(); point++) {
      Tally tally = points.get(point);
      Sample sample = samples.get(point);
      if (span > 0) {
        Tally full = good(sample) ? tally : tally.notGood(span - offsetNanos);
        events.add(full.statistics(point, span));
        tally = Tally.START;
      }
      Tally after = counted(tally, sample, offset, span > 0 ? offset : elapsedNanos);
      same &= after == tally;
      next[point] = after;
    }
    return new Tallies(offset, same ? points : Collections.unmodifiableList(Arrays.asList(next)));
  }

  private static Tally counted(Tally tally, Sample sample, long atNanos, long lastedNanos) {
    return switch (sample) {
      case Sample.Good good when good.trusted() ->
          good.fresh() ? tally.with(good.amount(), atNanos) : tally;
      case Sample.Good _, Sample.OverRange _, Sample.Lost _, Sample.Calibrating _ ->
          tally.notGood(lastedNanos);
    };
  }

  private static boolean good(Sample sample) {
    return sample instanceof Sample.Good good && good.trusted();
  }
}
