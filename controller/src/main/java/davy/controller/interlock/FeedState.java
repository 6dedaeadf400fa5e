package davy.controller.interlock;

import davy.hal.signal.Feed;

/**
 * What one zone remembers of its feed (S2, S3, S15).
 *
 * @param abnormal withheld and yet supplied: stays until a person says that it was repaired, for
 *     the trip of the zone upstream makes the feed dead
 * @param known read live or dead at least once since start
 * @param liveNanos how long withheld and live, told apart by DEAD only: a contact that flickers to
 *     unknown does not begin anew
 * @param undeadNanos how long withheld and not read dead
 * @param seen what was seen since the latest grant
 * @param unseenNanos how long granted without having been seen live, saturating
 */
record FeedState(
    boolean abnormal,
    boolean known,
    long liveNanos,
    long undeadNanos,
    Seen seen,
    long unseenNanos) {

  enum Seen {
    /** Not live since the grant: normal until a person closes the breaker. */
    NOTHING,
    LIVE,
    /** Live, and dead after it. */
    LOST
  }

  /**
   * What one step knows beside the feed.
   *
   * @param granted by the step before
   * @param gas withheld for gas that a head has shown
   * @param holdOver the hold after power-on is over, so that a feed never read is no late poll
   */
  record Step(boolean granted, boolean gas, boolean holdOver, long elapsedNanos) {}

  /**
   * @param abnormal as it was saved
   */
  static FeedState start(boolean abnormal) {
    return new FeedState(
        abnormal, false, Elapsed.STOPPED, Elapsed.STOPPED, Seen.NOTHING, Elapsed.STOPPED);
  }

  FeedState next(Plan.Zone zone, Plan.Times times, Feed read, Step step) {
    return step.granted()
        ? granted(times, read, step.elapsedNanos())
        : withheld(zone.dropOutNanos(), judged(read, times), read, step);
  }

  private FeedState granted(Plan.Times times, Feed read, long elapsedNanos) {
    Seen now =
        switch (read) {
          case LIVE -> Seen.LIVE;
          case DEAD -> seen == Seen.NOTHING ? Seen.NOTHING : Seen.LOST;
          case UNKNOWN -> seen;
        };
    long unseen =
        Elapsed.watch(unseenNanos, now == Seen.NOTHING, elapsedNanos, times.feedUnseenNanos());
    boolean dead = judged(read, unseen, times) == Feed.DEAD;
    return new FeedState(
        abnormal,
        known || read != Feed.UNKNOWN,
        read == Feed.LIVE ? 0 : Elapsed.STOPPED,
        dead ? Elapsed.STOPPED : 0,
        now,
        unseen);
  }

  private FeedState withheld(long dropOut, Feed feed, Feed read, Step step) {
    boolean everKnown = known || read != Feed.UNKNOWN;
    boolean counts = everKnown || step.holdOver();
    long live =
        switch (feed) {
          case LIVE -> Elapsed.watch(liveNanos, true, step.elapsedNanos(), dropOut);
          case UNKNOWN -> liveNanos;
          case DEAD -> Elapsed.STOPPED;
        };
    long undead =
        Elapsed.watch(undeadNanos, feed != Feed.DEAD && counts, step.elapsedNanos(), dropOut);
    boolean blind = feed == Feed.UNKNOWN && undead > dropOut;
    boolean now = abnormal || live > dropOut || blind && step.gas();
    long doubt = feed == Feed.LIVE ? Elapsed.STOPPED : unseenNanos;
    return new FeedState(now, everKnown, live, undead, seen, doubt);
  }

  /** Granted so long without ever being seen live, a dead feed may be a broken contact (S15). */
  Feed judged(Feed read, Plan.Times times) {
    return judged(read, unseenNanos, times);
  }

  private static Feed judged(Feed read, long unseenNanos, Plan.Times times) {
    return read == Feed.DEAD && unseenNanos > times.feedUnseenNanos() ? Feed.UNKNOWN : read;
  }

  /** Withheld, and not read dead within the drop-out time. */
  boolean overdue(Plan.Zone zone) {
    return undeadNanos > zone.dropOutNanos();
  }

  FeedState repaired() {
    return new FeedState(false, known, liveNanos, undeadNanos, seen, unseenNanos);
  }

  /** A grant begins: whatever was seen before counts no more. */
  FeedState grantBegins() {
    return new FeedState(abnormal, known, liveNanos, undeadNanos, Seen.NOTHING, Elapsed.STOPPED);
  }
}
