package davy.controller.interlock;

import davy.hal.signal.Methane;

/**
 * What one point remembers between steps.
 *
 * @param high methane was at the cut-off and has not been strictly below the restore level since
 * @param overRange the head says so now
 * @param trust whether its readings count
 * @param lostBy why they do not; meaningless while trusted
 * @param goodInRow fresh good readings in a row, saturating at the number needed
 * @param goodForNanos since the first of them, saturating at the time needed
 * @param driftForNanos how long it has read at or below the drift level, saturating
 */
record PointState(
    boolean high,
    boolean overRange,
    Trust trust,
    Cause lostBy,
    int goodInRow,
    long goodForNanos,
    long driftForNanos) {

  enum Trust {
    /** Not one row of good readings since start. */
    NEW,
    TRUSTED,
    /** Was trusted, then failed: comes back only as S19 says. */
    LOST
  }

  /** Until read strictly below the restore level, methane counts as high (S5). */
  static final PointState START =
      new PointState(true, false, Trust.NEW, Cause.SENSOR_STALE, 0, 0, 0);

  PointState next(Plan.Point point, Plan.Times times, PointInput input, long elapsedNanos) {
    return switch (input) {
      case PointInput.Good good -> good(point, times, good, elapsedNanos);
      case PointInput.OverRange _ -> new PointState(true, true, trust, lostBy, 0, 0, 0);
      case PointInput.Faulty _ -> lost(Cause.SENSOR_FAULT);
      case PointInput.Stale _ -> lost(Cause.SENSOR_STALE);
    };
  }

  private PointState good(
      Plan.Point point, Plan.Times times, PointInput.Good good, long elapsedNanos) {
    boolean low = !good.value().atLeast(driftLimit(times));
    long driftFor = low ? Elapsed.add(driftForNanos, elapsedNanos, times.driftNanos()) : 0;
    if (low && driftFor >= times.driftNanos()) {
      return new PointState(high, false, lostTrust(), Cause.SENSOR_FAULT, 0, 0, times.driftNanos());
    }
    int inRow = Math.min(goodInRow + (good.fresh() ? 1 : 0), times.backToGoodReadings());
    long goodFor =
        goodInRow == 0 ? 0 : Elapsed.add(goodForNanos, elapsedNanos, times.backToGoodNanos());
    Trust next = trust(inRow, goodFor, times);
    boolean stillHigh =
        !low && good.value().atLeast(point.tripAt()) || high && !clears(point, good.value(), low);
    return new PointState(stillHigh, false, next, lostBy, inRow, goodFor, driftFor);
  }

  /** Readings at or below the drift level are low; one step above it they are not. */
  private static Methane driftLimit(Plan.Times times) {
    return new Methane(times.driftAt().hundredths() + 1);
  }

  /** A reading so low that it may be drift never clears a high. */
  private static boolean clears(Plan.Point point, Methane value, boolean low) {
    return !low && value.below(point.restoreBelow());
  }

  private Trust trust(int inRow, long goodFor, Plan.Times times) {
    boolean enough = inRow >= times.backToGoodReadings();
    return switch (trust) {
      case TRUSTED -> Trust.TRUSTED;
      case NEW -> enough ? Trust.TRUSTED : Trust.NEW;
      case LOST -> enough && goodFor >= times.backToGoodNanos() ? Trust.TRUSTED : Trust.LOST;
    };
  }

  private PointState lost(Cause by) {
    return new PointState(high, false, lostTrust(), by, 0, 0, 0);
  }

  private Trust lostTrust() {
    return trust == Trust.NEW ? Trust.NEW : Trust.LOST;
  }

  Causes causes() {
    Causes causes = Causes.NONE;
    if (high) {
      causes = causes.with(Cause.METHANE_HIGH);
    }
    if (overRange) {
      causes = causes.with(Cause.OVER_RANGE);
    }
    return trust == Trust.TRUSTED ? causes : causes.with(lostBy);
  }
}
