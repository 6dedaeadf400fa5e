package davy.tests.firmware;

import davy.hal.posix.Posix;
import davy.hal.posix.Pty;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * What the machine itself keeps waiting, told apart from Davy: a bare thread, and bytes of a bare
 * pseudo-terminal, which the kernel's own worker carries at ordinary priority whatever that of
 * their reader. Both with the link's priority.
 */
final class Stalls implements AutoCloseable {

  /**
   * @param end monotonic nanoseconds
   * @param of thread or terminal
   */
  record Stall(long end, long nanos, String of) {

    private boolean overlaps(long from, long to) {
      return end >= from && end - nanos <= to;
    }
  }

  /**
   * An answer has 325 ms to spare beside its scan's period and passes the kernel twice: a late one
   * was kept waiting for longer than this at least once.
   */
  static final long NANOS = 150 * Watcher.MILLI;

  private static final long STEP_NANOS = Watcher.MILLI;
  private static final long BEAT_NANOS = 5 * Watcher.MILLI;
  private static final long PATIENCE_NANOS = 1_000 * Watcher.MILLI;

  private final List<Stall> stalls = new CopyOnWriteArrayList<>();
  private final Thread thread;
  private final Thread terminal;
  private volatile long threadSince = System.nanoTime();
  private volatile long terminalSince = System.nanoTime();
  private volatile long worstThread;
  private volatile long worstTerminal;
  private volatile boolean ended;

  Stalls() {
    thread = Thread.ofPlatform().daemon().name("bare thread").start(this::sleep);
    terminal = Thread.ofPlatform().daemon().name("bare terminal").start(this::carry);
  }

  private void sleep() {
    Watcher.raise(Watcher.LINK_PRIORITY);
    while (!ended) {
      threadSince = System.nanoTime();
      LockSupport.parkNanos(STEP_NANOS);
      worstThread = Math.max(worstThread, note(threadSince, System.nanoTime(), "thread"));
    }
  }

  private void carry() {
    Watcher.raise(Watcher.LINK_PRIORITY);
    byte[] one = new byte[1];
    try (Pty pty = Pty.open()) {
      int user = Posix.open(pty.path(), Posix.O_RDWR | Posix.O_NOCTTY | Posix.O_NONBLOCK);
      while (!ended) {
        terminalSince = System.nanoTime();
        pty.write(one, 0, 1);
        while (Posix.read(user, one, 0, 1) != 1 && !ended) {
          Posix.poll(user, Posix.POLLIN, PATIENCE_NANOS);
        }
        long took = note(terminalSince, System.nanoTime(), "terminal");
        worstTerminal = Math.max(worstTerminal, took);
        LockSupport.parkNanos(BEAT_NANOS);
      }
      Posix.close(user);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private long note(long from, long to, String of) {
    if (to - from > NANOS) {
      stalls.add(new Stall(to, to - from, of));
    }
    return to - from;
  }

  /** Those that a drop at the end of this time may come from, one that lasts still included. */
  List<Stall> within(long from, long to) {
    Stream<Stall> lasting =
        Stream.of(
            new Stall(to, to - threadSince, "thread, still"),
            new Stall(to, to - terminalSince, "terminal, still"));
    return Stream.concat(stalls.stream(), lasting.filter(stall -> stall.nanos() > NANOS))
        .filter(stall -> stall.overlaps(from, to))
        .toList();
  }

  /** For people. */
  String worst() {
    return "worst stall of a bare thread %d ms, of a bare terminal %d ms"
        .formatted(worstThread / Watcher.MILLI, worstTerminal / Watcher.MILLI);
  }

  @Override
  public void close() {
    ended = true;
  }
}
