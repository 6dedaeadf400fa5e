package davy.controller.uplink;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Up to which record the past is surely told. The broker's word for it is not enough at once: a
 * host, or the link to it, may have been dead for a while before anybody noticed. So what was told
 * within the last {@link #HOST_NANOS} before a host was lost is told again, as past; within the
 * last {@link #LINK_NANOS} where the connection was. Any thread.
 */
final class Marks {

  /** One and a half of a host's usual keep-alive of 30 s, and a little more. */
  static final long HOST_NANOS = 60_000_000_000L;

  /** Twice our own keep-alive. */
  static final long LINK_NANOS = 20_000_000_000L;

  private static final long APART_NANOS = 1_000_000_000L;

  private final Deque<Mark> young = new ArrayDeque<>();
  private String epoch;
  private long sure;

  private record Mark(long seq, long at) {}

  /**
   * @param epoch of the journal, empty where nothing was ever told
   * @param sure all records up to this one are surely told
   */
  Marks(String epoch, long sure) {
    this.epoch = epoch;
    this.sure = sure;
  }

  /**
   * The record behind which telling begins.
   *
   * @param durable the last record of the present journal
   */
  synchronized long begin(String present, long durable) {
    if (!present.equals(epoch)) {
      boolean first = epoch.isEmpty();
      epoch = present;
      sure = first ? durable : sure <= durable ? sure : 0;
      young.clear();
    }
    return Math.min(sure, durable);
  }

  /** The broker has all up to this record. */
  synchronized void reached(long seq, long now) {
    grow(now, HOST_NANOS);
    if (young.isEmpty() || now - young.peekLast().at() >= APART_NANOS) {
      young.addLast(new Mark(seq, now));
    }
  }

  /** The connection, or the host behind it, is lost. */
  synchronized void lost(boolean host, long now) {
    grow(now, host ? HOST_NANOS : LINK_NANOS);
    young.clear();
  }

  private void grow(long now, long age) {
    while (!young.isEmpty() && now - young.peekFirst().at() >= age) {
      sure = young.removeFirst().seq();
    }
  }

  synchronized String epoch() {
    return epoch;
  }

  synchronized long sure() {
    return sure;
  }
}
