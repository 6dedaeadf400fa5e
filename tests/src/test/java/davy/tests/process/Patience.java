package davy.tests.process;

import davy.hal.posix.Posix;
import davy.hal.posix.Pty;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Tells a failure of Davy from one of the machine: real processes on a shared machine stand still
 * now and then, for longer than an age limit. A bare sentinel beside the test records the worst
 * stall; only a failure beside a stall is tried again, at most three times, each printed.
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

  /**
   * A thread that sleeps a millisecond at a time, and a terminal through which one byte at a time
   * goes: the kernel carries those by a worker of its own, which can stand still alone. Records how
   * much longer either took.
   */
  private static final class Sentinel implements AutoCloseable {
    private static final long STEP_NANOS = 1_000_000L;
    private static final long BEAT_NANOS = 10_000_000L;

    private final AtomicLong worstNanos = new AtomicLong();
    private volatile boolean ended;

    Sentinel() {
      Thread.ofPlatform().daemon().name("sentinel").start(this::watch);
      Thread.ofPlatform().daemon().name("terminal sentinel").start(this::carry);
    }

    private void watch() {
      while (!ended) {
        long last = System.nanoTime();
        LockSupport.parkNanos(STEP_NANOS);
        saw(System.nanoTime() - last - STEP_NANOS);
      }
    }

    private void carry() {
      byte[] one = new byte[1];
      try (Pty pty = Pty.open()) {
        int user = Posix.open(pty.path(), Posix.O_RDWR | Posix.O_NOCTTY | Posix.O_NONBLOCK);
        while (!ended) {
          long sent = System.nanoTime();
          pty.write(one, 0, 1);
          while (Posix.read(user, one, 0, 1) != 1 && !ended) {
            Posix.poll(user, Posix.POLLIN, BEAT_NANOS);
            saw(System.nanoTime() - sent);
          }
          LockSupport.parkNanos(BEAT_NANOS);
        }
        Posix.close(user);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private void saw(long nanos) {
      worstNanos.accumulateAndGet(nanos, Math::max);
    }

    long worstNanos() {
      return worstNanos.get();
    }

    @Override
    public void close() {
      ended = true;
    }
  }
}
