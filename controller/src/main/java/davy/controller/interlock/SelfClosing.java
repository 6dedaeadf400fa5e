package davy.controller.interlock;

import davy.hal.signal.Feed;

/**
 * Whether a zone's breaker closes itself: an automatic release would then energise without a hand
 * (S23).
 *
 * @param seen it did: the zone is manual from then on, also after a restart
 * @param sinceNanos since the last automatic release, stopped once the time is over
 */
record SelfClosing(boolean seen, long sinceNanos) {

  static SelfClosing start(boolean seen) {
    return new SelfClosing(seen, Elapsed.STOPPED);
  }

  /**
   * @param granted by the step before
   */
  SelfClosing next(Plan.Times times, Feed read, boolean granted, long elapsedNanos) {
    if (!granted || sinceNanos == Elapsed.STOPPED) {
      return start(seen);
    }
    long since = Elapsed.add(sinceNanos, elapsedNanos, times.selfCloseNanos() + 1);
    if (since > times.selfCloseNanos()) {
      return start(seen);
    }
    return read == Feed.LIVE ? start(true) : new SelfClosing(seen, since);
  }

  SelfClosing releasedByItself() {
    return new SelfClosing(seen, 0);
  }
}
