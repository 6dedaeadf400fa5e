package davy.controller.interlock;

import davy.hal.signal.Methane;
import java.util.Optional;

/**
 * What one zone remembers between steps.
 *
 * @param active causes of the last step
 * @param started the start-up check was passed once since start
 * @param quietNanos how long no cause has been active, saturating at the zone's stable time
 */
record ZoneState(Lock lock, Causes active, boolean started, long quietNanos) {

  /** Locked, with what survived the last run. */
  static ZoneState start(Causes saved) {
    Causes seen = saved.with(Cause.STARTUP);
    return new ZoneState(
        new Lock.Tripped(
            seen,
            new Lock.FirstOut(
                seen.needingPerson().none()
                    ? Cause.STARTUP
                    : seen.needingPerson().list().getFirst(),
                -1)),
        Causes.NONE,
        false,
        0);
  }

  /** Whether this lock may open by itself once it has been quiet for the stable time. */
  static boolean opensByItself(Plan.Zone zone, Causes seen) {
    return zone.release() == Plan.Release.AUTOMATIC && seen.needingPerson().none();
  }

  /**
   * The highest portable reading that S17 accepts, or empty where none is asked for. Lost latches
   * may have been an over-range: they ask for it too.
   */
  static Optional<Methane> portableBelow(Plan plan, Plan.Zone zone, Causes seen) {
    if (!seen.has(Cause.OVER_RANGE) && !seen.has(Cause.LATCHES_LOST)) {
      return Optional.empty();
    }
    return zone.points().stream()
        .map(plan.points()::get)
        .filter(Plan.Point::catalytic)
        .map(Plan.Point::restoreBelow)
        .min(Methane::compareTo);
  }
}
