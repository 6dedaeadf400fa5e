package davy.controller.doctor;

import davy.hal.posix.Posix;
import davy.hal.posix.Pty;
import davy.hal.posix.RealTime;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * How long the kernel takes to carry a byte through a terminal. Its worker does that at ordinary
 * priority, for a serial port as for a pseudo-terminal, and a reader waits for it whatever its own
 * priority: so other load of the machine can hold up a line, or drop the guard.
 *
 * @param samples bytes carried
 */
record Carriage(int samples, long medianNanos, long worstNanos) {

  private static final long PERIOD_NANOS = 5_000_000;
  private static final long PATIENCE_NANOS = 1_000_000_000;

  /**
   * Measures on a thread of its own; blocks the caller meanwhile.
   *
   * @param priority of SCHED_FIFO for the reader, where it may have it
   * @return empty where this machine makes no pseudo-terminal
   */
  static Optional<Carriage> measure(long nanos, int priority) {
    long[] times = new long[(int) Math.max(1, nanos / PERIOD_NANOS)];
    boolean[] carried = {false};
    Thread thread = new Thread(() -> carried[0] = carryAll(times, priority), "carriage");
    thread.start();
    try {
      thread.join();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    Arrays.sort(times);
    int last = times.length - 1;
    return carried[0]
        ? Optional.of(new Carriage(times.length, times[last / 2], times[last]))
        : Optional.empty();
  }

  private static boolean carryAll(long[] times, int priority) {
    try {
      RealTime.fifo(priority);
    } catch (IOException _) {
      // Told by the jitter's finding.
    }
    byte[] one = new byte[1];
    try (Pty pty = Pty.open()) {
      int user = Posix.open(pty.path(), Posix.O_RDWR | Posix.O_NOCTTY | Posix.O_NONBLOCK);
      for (int i = 0; i < times.length; i++) {
        long sent = System.nanoTime();
        pty.write(one, 0, 1);
        while (Posix.read(user, one, 0, 1) != 1) {
          Posix.poll(user, Posix.POLLIN, PATIENCE_NANOS);
        }
        times[i] = System.nanoTime() - sent;
        LockSupport.parkNanos(PERIOD_NANOS);
      }
      Posix.close(user);
      return true;
    } catch (IOException _) {
      return false;
    }
  }
}
