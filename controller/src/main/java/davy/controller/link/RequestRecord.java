package davy.controller.link;

import davy.controller.journal.Entry;
import davy.hal.signal.Tick;
import java.util.function.ToLongFunction;

/**
 * Puts requests into the journal: of accepted and of refused ones at most ten each in ten seconds,
 * so that no peer can fill the disk. The others are counted in the next entry; what they did to a
 * zone is recorded by the interlock in any case. One thread.
 */
final class RequestRecord {

  private static final int MOST = 10;
  private static final long WINDOW_NANOS = 10_000_000_000L;

  private final ToLongFunction<Entry> journal;
  private Tick windowStart;
  private int accepted;
  private int refused;
  private long unrecorded;

  RequestRecord(ToLongFunction<Entry> journal, Tick now) {
    this.journal = journal;
    this.windowStart = now;
  }

  /** So many others were refused elsewhere: they count in the next entry. */
  void passedOver(long count) {
    unrecorded += count;
  }

  void add(Outcome outcome, Tick now) {
    if (now.nanosSince(windowStart) >= WINDOW_NANOS) {
      windowStart = now;
      accepted = 0;
      refused = 0;
    }
    if ((outcome.accepted() ? ++accepted : ++refused) > MOST) {
      unrecorded++;
      return;
    }
    journal.applyAsLong(outcome.entry(now, unrecorded));
    unrecorded = 0;
  }
}
