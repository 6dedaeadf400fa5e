package davy.controller.interlock;

import davy.hal.signal.Methane;
import java.util.Optional;

/**
 * What one zone remembers between steps.
 *
 * @param active causes of the last step
 * @param started the start-up check was passed since start, and since the guard last armed
 * @param quietNanos how long no cause has been active, saturating at the zone's stable time
 */
record ZoneState(
    Lock lock,
    Causes active,
    boolean started,
    long quietNanos,
    FeedState feed,
    OutputWatch output,
    ProofTest proof,
    SelfClosing selfClosing,
    Degassing degassing) {

  /** Locked, with what survived the last run. */
  static ZoneState start(Saved.Zone saved) {
    Causes latches = saved.latches().needingPerson();
    return new ZoneState(
        new Lock.Tripped(
            latches.with(Cause.STARTUP),
            new Lock.FirstOut(latches.none() ? Cause.STARTUP : latches.list().getFirst(), -1)),
        Causes.NONE,
        false,
        0,
        FeedState.start(latches.has(Cause.FEED_ABNORMAL)),
        OutputWatch.start(latches.has(Cause.OUTPUT_FAULT)),
        ProofTest.start(saved.proofDue()),
        SelfClosing.start(saved.closesItself()),
        Degassing.start(saved.degassing()));
  }

  Saved.Zone saved() {
    return new Saved.Zone(
        lock.seen().needingPerson(), proof.due(), selfClosing.seen(), degassing.needed());
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
