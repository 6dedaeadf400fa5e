package davy.controller.panel;

import davy.hal.signal.Tick;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The latest status frame, for any number of viewers; a slow one misses frames. */
public final class Frames {

  /**
   * @param number counts from 1, in order of arrival
   * @param json the frame as the interlock wrote it
   */
  record Numbered(long number, String json, Tick arrival) {}

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private Optional<Numbered> latest = Optional.empty();
  private long count;

  /** Takes a new frame and returns at once. Any thread. */
  public void show(String json, Tick arrival) {
    lock.lock();
    try {
      count++;
      latest = Optional.of(new Numbered(count, json, arrival));
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** The latest frame; empty before the first. */
  Optional<Numbered> latest() {
    lock.lock();
    try {
      return latest;
    } finally {
      lock.unlock();
    }
  }

  /** The latest frame if it is newer than {@code number}, else waits for one, at most so long. */
  Optional<Numbered> after(long number, long maxWaitMillis) throws InterruptedException {
    long left = TimeUnit.MILLISECONDS.toNanos(maxWaitMillis);
    lock.lockInterruptibly();
    try {
      while (count <= number && left > 0) {
        left = changed.awaitNanos(left);
      }
      return latest.filter(frame -> frame.number() > number);
    } finally {
      lock.unlock();
    }
  }
}
