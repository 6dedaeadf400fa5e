package davy.tests.process;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;

/**
 * Tells a failure of Davy from one of the machine: real processes on a shared machine stand still
 * now and then, for longer than an age limit. A bare sentinel thread beside the test records the
 * worst stall; only a failure beside a stall is tried again, at most three times, each printed.
 */
final class Patience {

  /** A stall shorter than this explains nothing. */
  private static final long STALL_NANOS = 150_000_000L;

  private static final int AGAIN = 3;

  /** One attempt, in an empty folder of its own. */
  @FunctionalInterface
  interface Attempt {
    void run(Path folder) throws Exception;
  }

  private Patience() {}

  static void attempt(Path folder, Attempt body) throws Exception {
    for (int again = 0; ; again++) {
      try (Sentinel sentinel = new Sentinel()) {
        try {
          body.run(Files.createDirectory(folder.resolve("try-" + again)));
          return;
        } catch (AssertionError failure) {
          if (again == AGAIN || sentinel.worstNanos() < STALL_NANOS) {
            throw failure;
          }
          System.out.printf(
              "try %d of %d failed beside a stall of the machine of %d ms: %s%n",
              again + 1, AGAIN + 1, sentinel.worstNanos() / 1_000_000L, failure.getMessage());
        }
      }
    }
  }

  /** Sleeps a millisecond at a time and records how much longer it took. */
  private static final class Sentinel implements AutoCloseable {
    private static final long STEP_NANOS = 1_000_000L;

    private volatile boolean ended;
    private volatile long worstNanos;

    Sentinel() {
      Thread.ofPlatform().daemon().name("sentinel").start(this::watch);
    }

    private void watch() {
      long last = System.nanoTime();
      while (!ended) {
        LockSupport.parkNanos(STEP_NANOS);
        long now = System.nanoTime();
        worstNanos = Math.max(worstNanos, now - last - STEP_NANOS);
        last = now;
      }
    }

    long worstNanos() {
      return worstNanos;
    }

    @Override
    public void close() {
      ended = true;
    }
  }
}
