package davy.controller.interlock;

import davy.hal.signal.SensorFault;

/**
 * What one point remembers between steps.
 *
 * @param high methane was at the cut-off and has not been strictly below the restore level since
 * @param overRange the head says so now
 * @param trust whether its readings count
 * @param driftForNanos how long it has read at or below the drift level, saturating
 * @param duty what the bypass register says of it
 */
record PointState(boolean high, boolean overRange, Trust trust, long driftForNanos, Duty duty) {

  /** Until read strictly below the restore level, methane counts as high (S5). */
  static final PointState START = new PointState(true, false, Trust.START, 0, Duty.IN_SERVICE);

  /** The next state of a point under this duty. */
  PointState next(
      Plan.Point point, Plan.Times times, PointInput input, Duty now, long elapsedNanos) {
    return switch (now) {
      case CALIBRATING -> testGas(now);
      case CALIBRATING_INHIBITED ->
          (duty == now ? this : testGas(now)).next(point, times, input, elapsedNanos);
      case IN_SERVICE, INHIBITED -> with(now).next(point, times, input, elapsedNanos);
    };
  }

  /** Nothing that was read counts; it comes back only by readings strictly below restore. */
  private PointState testGas(Duty now) {
    return new PointState(false, false, trust.tested(Cause.CALIBRATION), 0, now);
  }

  PointState with(Duty now) {
    return duty == now ? this : new PointState(high, overRange, trust, driftForNanos, now);
  }

  private PointState next(Plan.Point point, Plan.Times times, PointInput input, long elapsedNanos) {
    return switch (input) {
      case PointInput.Good good -> good(point, times, good, elapsedNanos);
      case PointInput.OverRange _ ->
          new PointState(true, true, doubted(trust.interrupted()), 0, duty);
      case PointInput.Faulty faulty -> lost(fault(faulty.fault()));
      case PointInput.Stale _ -> lost(trust.lost(Cause.SENSOR_STALE));
    };
  }

  private PointState good(
      Plan.Point point, Plan.Times times, PointInput.Good good, long elapsedNanos) {
    // Readings at or below the drift level are low; one step above it they are not.
    boolean low = !times.driftAt().below(good.value());
    long driftFor = low ? Elapsed.add(driftForNanos, elapsedNanos, times.driftNanos()) : 0;
    if (low && driftFor >= times.driftNanos()) {
      Trust drifted = doubted(trust.lost(Cause.SENSOR_FAULT));
      return new PointState(high, false, drifted, times.driftNanos(), duty);
    }
    // A reading so low that it may be drift never clears anything.
    boolean clean = !low && good.value().below(point.restoreBelow());
    boolean stillHigh = !low && good.value().atLeast(point.tripAt()) || high && !clean;
    Trust next = (clean ? trust : doubted(trust)).good(good.fresh(), clean, elapsedNanos, times);
    boolean same =
        stillHigh == high && !overRange && next.equals(trust) && driftFor == driftForNanos;
    return same ? this : new PointState(stillHigh, false, next, driftFor, duty);
  }

  /** A test mode that nobody announced is a fault, and what is read after it may be test gas. */
  private Trust fault(SensorFault fault) {
    return fault == SensorFault.TEST_MODE
        ? trust.tested(Cause.SENSOR_FAULT)
        : trust.lost(Cause.SENSOR_FAULT);
  }

  private PointState lost(Trust by) {
    return new PointState(high, false, doubted(by), 0, duty);
  }

  /**
   * What is not a clean reading of a head under test gas may be test gas, and may stay in it after
   * the end: it must not stop a fan then (S8).
   */
  private Trust doubted(Trust next) {
    return duty.underTestGas()
        ? next.tested(next.given() ? Cause.CALIBRATION : next.lostBy())
        : next;
  }

  boolean trusted() {
    return trust.given();
  }

  /** Was read since start, and its readings do not count any more. */
  boolean lost() {
    return trust.level() == Trust.Level.LOST || trust.level() == Trust.Level.TESTED;
  }

  /** Whether the head has shown gas, beside the assumption of the start (S5, S15). */
  boolean showsGas(PointInput input) {
    return (high || overRange)
        && switch (input) {
          case PointInput.Good _, PointInput.OverRange _ -> true;
          case PointInput.Faulty _, PointInput.Stale _ -> trust.level() != Trust.Level.NEW;
        };
  }

  /** Its readings count and its vote is asked for. */
  boolean inService() {
    return duty.votes() && trust.given();
  }

  /** What the point brings, as its duty leaves it. */
  Causes causes() {
    return switch (duty) {
      case IN_SERVICE -> seen();
      case CALIBRATING -> Causes.of(Cause.CALIBRATION);
      case CALIBRATING_INHIBITED, INHIBITED ->
          overRange ? Causes.of(Cause.OVER_RANGE) : Causes.NONE;
    };
  }

  private Causes seen() {
    Causes causes = trust.causes();
    if (high) {
      causes = causes.with(Cause.METHANE_HIGH);
    }
    return overRange ? causes.with(Cause.OVER_RANGE) : causes;
  }
}
