package davy.controller.doctor;

import davy.hal.posix.RealTime;
import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;

/**
 * How late a thread wakes that asked to wake every two milliseconds.
 *
 * @param refusal why it had no real-time priority; empty when it had
 * @param samples how often it slept
 */
record Jitter(String refusal, int samples, long medianNanos, long p999Nanos, long worstNanos) {

  private static final long PERIOD_NANOS = 2_000_000;

  /**
   * Measures on a thread of its own; blocks the caller meanwhile.
   *
   * @param priority of SCHED_FIFO, 1 to 99
   */
  static Jitter measure(long nanos, int priority) {
    long[] late = new long[(int) Math.max(1, nanos / PERIOD_NANOS)];
    String[] refusal = {""};
    Thread thread = new Thread(() -> sleepAll(late, priority, refusal), "jitter");
    thread.start();
    try {
      thread.join();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    Arrays.sort(late);
    int last = late.length - 1;
    return new Jitter(
        refusal[0], late.length, late[last / 2], late[(int) (last * 0.999)], late[last]);
  }

  private static void sleepAll(long[] late, int priority, String[] refusal) {
    try {
      RealTime.fifo(priority);
    } catch (IOException refused) {
      refusal[0] = refused.getMessage();
    }
    long due = System.nanoTime();
    for (int i = 0; i < late.length; i++) {
      due += PERIOD_NANOS;
      long now = System.nanoTime();
      while (now - due < 0) {
        LockSupport.parkNanos(due - now);
        now = System.nanoTime();
      }
      late[i] = now - due;
    }
  }
}
