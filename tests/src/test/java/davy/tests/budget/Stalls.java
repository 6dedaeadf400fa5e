package davy.tests.budget;

import davy.hal.signal.Tick;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * A bare thread that sleeps a millisecond at a time and records when the machine kept it waiting:
 * that much of a measured time is not ours.
 */
final class Stalls implements AutoCloseable {

  private static final long STEP_NANOS = 1_000_000L;

  /** Less is the ordinary coarseness of a timer. */
  private static final long WORTH_NANOS = 3_000_000L;

  private record Stall(long from, long to) {}

  private final List<Stall> stalls = new ArrayList<>();
  private volatile boolean ended;

  Stalls() {
    Thread.ofPlatform().daemon().name("sentinel").start(this::watch);
  }

  private void watch() {
    long last = System.nanoTime();
    while (!ended) {
      LockSupport.parkNanos(STEP_NANOS);
      long now = System.nanoTime();
      if (now - last - STEP_NANOS > WORTH_NANOS) {
        add(new Stall(last + STEP_NANOS, now));
      }
      last = now;
    }
  }

  private synchronized void add(Stall stall) {
    stalls.add(stall);
  }

  /** How much of this time the machine stood still, nanoseconds. */
  synchronized long within(Tick from, Tick to) {
    long sum = 0;
    for (Stall stall : stalls) {
      long begin = Math.max(stall.from(), from.nanos());
      sum += Math.max(0, Math.min(stall.to(), to.nanos()) - begin);
    }
    return sum;
  }

  /** The longest since then, nanoseconds. */
  synchronized long worstSince(Tick from) {
    return stalls.stream()
        .filter(stall -> stall.to() > from.nanos())
        .mapToLong(stall -> stall.to() - stall.from())
        .max()
        .orElse(0);
  }

  @Override
  public void close() {
    ended = true;
  }
}
