package davy.tests.proof;

import davy.controller.interlock.Plan;
import davy.controller.interlock.PointInput;
import davy.hal.signal.SensorFault;

/**
 * What the watch notes of one methane head.
 *
 * @param high at or above its cut-off, and not read strictly below restore since (S5: at start, so)
 * @param overRange it says so now
 * @param failed not to be believed: failed, silent or new, and not yet back as S19 says
 * @param wasGood it was believed once since start
 * @param row fresh good readings in a row
 * @param rowNanos since the first of them
 * @param driftNanos since it first read at or below the drift level without a break
 * @param tested may still have test gas in it: only readings strictly below restore bring it back
 * @param kept under test gas since the last step, its zones kept
 */
record Head(
    boolean high,
    boolean overRange,
    boolean failed,
    boolean wasGood,
    int row,
    long rowNanos,
    long driftNanos,
    boolean tested,
    boolean kept) {

  /** Whether somebody announced test gas, as the step before left it. */
  enum Gas {
    OF_THE_MINE,
    /** And its zones are cut: nothing that it reads counts. */
    OF_A_TEST,
    /** And its zones are kept: readings strictly below restore count. */
    OF_A_KEPT_TEST
  }

  static final Head START = new Head(true, false, true, false, 0, 0, -1, false);

  private Head(
      boolean high,
      boolean overRange,
      boolean failed,
      boolean wasGood,
      int row,
      long rowNanos,
      long driftNanos,
      boolean tested) {
    this(high, overRange, failed, wasGood, row, rowNanos, driftNanos, tested, false);
  }

  Head next(Plan.Point point, Plan.Times times, PointInput input, Gas gas, long elapsed) {
    return switch (gas) {
      case OF_THE_MINE -> next(point, times, input, elapsed);
      case OF_A_TEST -> new Head(high, false, true, true, 0, 0, -1, true);
      case OF_A_KEPT_TEST -> {
        Head next = (kept ? this : doubted()).next(point, times, input, elapsed);
        yield (clean(point, times, input) ? next : next.doubted()).keeping();
      }
    };
  }

  private Head next(Plan.Point point, Plan.Times times, PointInput input, long elapsed) {
    return switch (input) {
      case PointInput.OverRange _ -> new Head(true, true, failed, wasGood, 0, 0, -1, tested);
      case PointInput.Faulty faulty -> broken(tested || faulty.fault() == SensorFault.TEST_MODE);
      case PointInput.Stale _ -> broken(tested);
      case PointInput.Good good -> good(point, times, good, elapsed);
    };
  }

  private Head broken(boolean byTest) {
    return new Head(high, false, true, wasGood || byTest, 0, 0, -1, byTest);
  }

  private Head doubted() {
    return new Head(high, overRange, true, true, 0, 0, driftNanos, true);
  }

  private Head keeping() {
    return new Head(high, overRange, failed, wasGood, row, rowNanos, driftNanos, tested, true);
  }

  private static boolean clean(Plan.Point point, Plan.Times times, PointInput input) {
    return input instanceof PointInput.Good good
        && good.value().below(point.restoreBelow())
        && good.value().hundredths() > times.driftAt().hundredths();
  }

  private Head good(Plan.Point point, Plan.Times times, PointInput.Good good, long elapsed) {
    int value = good.value().hundredths();
    boolean low = value <= times.driftAt().hundredths();
    long drift =
        !low ? -1 : driftNanos < 0 ? 0 : Notes.add(driftNanos, elapsed, times.driftNanos());
    if (low && drift >= times.driftNanos()) {
      return new Head(high, false, true, wasGood, 0, 0, drift, tested);
    }
    boolean highNow =
        value >= point.tripAt().hundredths()
            || high && (low || value >= point.restoreBelow().hundredths());
    if (tested && !clean(point, times, good)) {
      return new Head(highNow, false, true, true, 0, 0, drift, true);
    }
    int rowNow = Math.min(row + (good.fresh() ? 1 : 0), times.backToGoodReadings());
    long rowFor = row == 0 ? 0 : Notes.add(rowNanos, elapsed, times.backToGoodNanos());
    boolean back =
        rowNow >= times.backToGoodReadings() && (!wasGood || rowFor >= times.backToGoodNanos());
    boolean failedNow = failed && !back;
    boolean once = wasGood || !failedNow;
    return new Head(highNow, false, failedNow, once, rowNow, rowFor, drift, tested && failedNow);
  }

  boolean votesToTrip() {
    return high || overRange || failed;
  }
}
