package davy.tests.proof;

import davy.controller.interlock.Cause;
import davy.controller.interlock.Causes;
import davy.controller.interlock.Inputs.OutputState;
import davy.controller.interlock.Inputs.ZoneInput;
import davy.controller.interlock.Lock;
import davy.controller.interlock.Plan;
import davy.controller.interlock.Saved;
import davy.hal.signal.Feed;
import java.util.Optional;

/**
 * What the watch notes of one zone.
 *
 * @param granted the permit of the last step
 * @param seen causes that the lock named since it was last open
 * @param active causes of the last step
 * @param first the first-out of the lock; empty while open and after a restart
 * @param causeNow anything held power back in the last step
 * @param quietNanos since nothing does
 * @param outputOnce the output was read back since start, whatever it said
 * @param offOnce the output was read back off since start
 * @param deadOnce the feed was read dead since start
 * @param liveNanos how long the feed has been live while withheld, told apart by DEAD only; −1
 *     where it was dead
 * @param undeadNanos how long withheld and not read dead without a break; −1 where it is dead
 * @param notOffNanos how long withheld and not read back off without a break; −1 where it is off
 * @param doubted granted so long without ever being read live that a dead feed proves nothing
 * @param sinceNanos since the permit last changed
 * @param gassed gas reached the degassing level while the fan stood (S23)
 * @param proofDue a proof test is owed before this zone counts as sound (S3)
 * @param closesItself its breaker was seen to close by itself (S23)
 */
record ZoneNotes(
    boolean granted,
    Causes seen,
    Causes active,
    Optional<Lock.FirstOut> first,
    boolean causeNow,
    long quietNanos,
    boolean outputOnce,
    boolean offOnce,
    boolean deadOnce,
    long liveNanos,
    long undeadNanos,
    long notOffNanos,
    boolean doubted,
    long sinceNanos,
    boolean gassed,
    boolean proofDue,
    boolean closesItself) {

  /** Only a person releases these, also after a restart (S5; DOWNSTREAM by S3, S10). */
  static final Causes PERSON =
      Causes.of(
          Cause.OVER_RANGE,
          Cause.FEED_ABNORMAL,
          Cause.OUTPUT_FAULT,
          Cause.DOWNSTREAM,
          Cause.REMOTE_TRIP,
          Cause.PANEL_TRIP,
          Cause.LATCHES_LOST);

  /**
   * Stands until the person who mended the breaker says so: the other causes are stable without.
   */
  private static final Causes UNTIL_MENDED = Causes.of(Cause.FEED_ABNORMAL);

  static ZoneNotes start(Saved.Zone saved) {
    return start(saved.latches(), saved.degassing(), saved.proofDue(), saved.closesItself());
  }

  private static ZoneNotes start(
      Causes latches, boolean gassed, boolean proofDue, boolean closesItself) {
    return new ZoneNotes(
        false,
        both(latches, PERSON),
        Causes.NONE,
        Optional.empty(),
        true,
        0,
        false,
        false,
        false,
        -1,
        -1,
        -1,
        false,
        0,
        gassed,
        proofDue,
        closesItself);
  }

  static Causes both(Causes some, Causes others) {
    return some.without(some.without(others));
  }

  private long live(Feed feed, Plan.Zone limits, long elapsed) {
    return switch (feed) {
      case DEAD -> -1;
      case UNKNOWN -> granted ? -1 : liveNanos;
      case LIVE ->
          granted || liveNanos < 0 ? 0 : Notes.add(liveNanos, elapsed, limits.dropOutNanos() + 1);
    };
  }

  private long undead(Feed feed, Plan.Zone limits, long elapsed) {
    if (feed == Feed.DEAD || !deadOnce) {
      return -1;
    }
    return granted || undeadNanos < 0
        ? 0
        : Notes.add(undeadNanos, elapsed, limits.dropOutNanos() + 1);
  }

  private long notOff(OutputState output, long limit, long elapsed) {
    boolean known = outputOnce || output != OutputState.UNKNOWN;
    if (output == OutputState.OFF || !known) {
      return -1;
    }
    return granted || notOffNanos < 0 ? 0 : Notes.add(notOffNanos, elapsed, limit);
  }

  /** S15: the contact was not once live in all this time; doubt ends with a live one. */
  private boolean doubts(Turn turn, boolean grants, Feed feed) {
    boolean tooLong = sinceNanos + turn.elapsedNanos() > turn.plan().times().feedUnseenNanos();
    boolean begins = grants && !granted;
    return !begins && feed != Feed.LIVE && (doubted || granted && liveNanos < 0 && tooLong);
  }

  /** What of this must come back after a restart (S5). */
  ZoneNotes restarted() {
    return start(seen, gassed, proofDue, closesItself);
  }

  ZoneNotes next(Turn turn, int zone, boolean cause, boolean gas) {
    Plan.Zone limits = turn.plan().zones().get(zone);
    ZoneInput input = turn.inputs().zones().get(zone);
    boolean grants = turn.granted(zone);
    Lock lock = turn.view(zone).lock();
    boolean held = cause || !turn.view(zone).active().without(UNTIL_MENDED).none();
    long elapsed = turn.elapsedNanos();
    long longest =
        1
            + Math.max(limits.dropOutNanos(), turn.plan().times().readBackNanos())
            + (grants ? turn.plan().times().feedUnseenNanos() : 0);
    Saved.Zone saved = turn.decision().next().saved().zones().get(zone);
    return new ZoneNotes(
        grants,
        lock.seen(),
        turn.view(zone).active(),
        Turn.firstOut(lock),
        held,
        held || causeNow ? 0 : Notes.add(quietNanos, elapsed, limits.stableNanos()),
        outputOnce || input.output() != OutputState.UNKNOWN,
        offOnce || input.output() == OutputState.OFF,
        deadOnce || input.feed() == Feed.DEAD,
        live(input.feed(), limits, elapsed),
        undead(input.feed(), limits, elapsed),
        notOff(input.output(), turn.plan().times().readBackNanos() + 1, elapsed),
        doubts(turn, grants, input.feed()),
        grants == granted ? Notes.add(sinceNanos, elapsed, longest) : 0,
        !grants && (gassed || gas),
        saved.proofDue(),
        saved.closesItself());
  }
}
