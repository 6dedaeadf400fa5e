package davy.controller.alarm;

import davy.controller.alarm.AlarmInputs.Sample;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * The last looks at one point.
 *
 * @param status at the newest look
 * @param values good ones in a row, oldest first, at most a window; kept as they were while the
 *     head is lost or over range, begun anew when it is back
 */
record Trend(Status status, List<Integer> values) {

  enum Status {
    GOOD,
    OVER,
    LOST,
    /** Nothing to say: no good look yet, or test gas. */
    NONE
  }

  static final Trend START = new Trend(Status.NONE, List.of());

  Trend next(Sample sample, int window) {
    return switch (sample) {
      case Sample.Good good when good.trusted() -> good(good.amount(), window);
      case Sample.OverRange _ -> gone(Status.OVER);
      case Sample.Good _, Sample.Lost _ -> gone(Status.LOST);
      case Sample.Calibrating _ -> START;
    };
  }

  private Trend good(int amount, int window) {
    if (status != Status.GOOD) {
      return new Trend(Status.GOOD, List.of(amount));
    }
    if (values.size() == window && newest() == amount && range() == 0) {
      return this; // A steady head's window is what it was.
    }
    int kept = Math.min(values.size(), window - 1);
    Integer[] next = new Integer[kept + 1];
    for (int index = 0; index < kept; index++) {
      next[index] = values.get(values.size() - kept + index);
    }
    next[kept] = amount;
    return new Trend(Status.GOOD, Collections.unmodifiableList(Arrays.asList(next)));
  }

  private Trend gone(Status how) {
    return status == how || values.isEmpty() ? this : new Trend(how, values);
  }

  boolean good() {
    return status == Status.GOOD;
  }

  /** The newest good value; only where there is one. */
  int newest() {
    return values.getLast();
  }

  /** True if this good look said the same as the one before. */
  boolean unchanged() {
    return good() && values.size() > 1 && values.getLast().equals(values.get(values.size() - 2));
  }

  /** How far the values of a full or growing window lie apart; 0 unless good. */
  int range() {
    if (!good()) {
      return 0;
    }
    int least = values.getFirst();
    int most = least;
    for (int index = 1; index < values.size(); index++) {
      least = Math.min(least, values.get(index));
      most = Math.max(most, values.get(index));
    }
    return most - least;
  }

  /** Sum of the newer half less that of the older half; 0 until the window is full. */
  long halves(int window) {
    if (values.size() < window) {
      return 0;
    }
    long difference = 0;
    for (int index = 0; index < window; index++) {
      difference += index < window / 2 ? -values.get(index) : values.get(index);
    }
    return difference;
  }

  /** Whether the mean of the newer half stands at least this much over that of the older half. */
  boolean rose(int rise, int window) {
    return values.size() >= window && halves(window) >= (long) rise * (window / 2);
  }

  /** Whether it rose from the oldest value to a peak, and fell from there to the newest. */
  boolean peaked(int rise, int drop) {
    if (!good()) {
      return false;
    }
    int peak = values.getFirst();
    for (int index = 1; index < values.size(); index++) {
      peak = Math.max(peak, values.get(index));
    }
    return peak - values.getFirst() >= rise && peak - values.getLast() >= drop;
  }
}
