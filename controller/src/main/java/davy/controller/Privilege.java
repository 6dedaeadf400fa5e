package davy.controller;

import davy.hal.posix.ErrnoException;
import davy.hal.posix.JavaPages;
import davy.hal.posix.Posix;
import davy.hal.posix.RealTime;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.tinylog.Logger;

/**
 * What the interlock asks of the kernel. A refusal is a warning: {@code davy doctor} says what to
 * change.
 *
 * <p>The threads of the process get a real-time priority, Java's own too, and all at once when the
 * rehearsal has ended. A thread that loads a class waits, spinning, until no other is looking one
 * up; the collector waits for each thread to come to a halt. So a thread without priority can hold
 * up one with priority for as long as other programs keep it from running. And loading and
 * compiling, most of which the rehearsal has then done, takes no core by priority from the kernel's
 * own workers, who carry the bytes of the lines.
 *
 * <p>Threads of {@link Thread#MIN_PRIORITY} are left as they are: a PIN's hash takes a core for
 * half a second, at which the guard dropped when it kept those workers waiting.
 */
final class Privilege {

  /**
   * Of every thread that wants no more; no thread that loads classes may stand above it for long.
   */
  private static final int REST = 30;

  /** Far within the hold after power-on [J]. */
  private static final long SETTLED_NANOS = 10_000_000_000L;

  private record Wish(int task, int priority) {}

  private final List<Wish> wishes = new ArrayList<>();
  private boolean given;

  /**
   * Notes what the calling thread is to get.
   *
   * @param priority of SCHED_FIFO, not below that of all others
   */
  synchronized void wish(int priority) {
    try {
      Wish wish = new Wish(RealTime.task(), priority);
      wishes.add(wish);
      if (given) {
        RealTime.fifo(wish.task(), priority);
      }
    } catch (IOException refused) {
      warn(refused);
    }
  }

  /** The calling thread has time: it keeps nothing else waiting. */
  static void forgo() {
    Thread.currentThread().setPriority(Thread.MIN_PRIORITY);
  }

  /**
   * All of it, on the thread of the rehearsal when that has ended.
   *
   * @param rehearse once more: of Java's own pages those stay that it uses
   */
  void take(Runnable rehearse) {
    give();
    settle();
    RealTime.trimMemory();
    Optional<JavaPages> dropped = drop();
    lockMemory();
    rehearse.run();
    System.gc();
    dropped.ifPresent(Privilege::widen);
  }

  /** Java goes on compiling for a while what was rehearsed, and needs memory for that. */
  private static void settle() {
    long end = System.nanoTime() + SETTLED_NANOS;
    while (System.nanoTime() - end < 0) {
      LockSupport.parkNanos(end - System.nanoTime());
    }
  }

  /** Gives each thread its wish, and all others the priority that these have at least. */
  private synchronized void give() {
    given = true;
    try {
      Set<String> modest = modest();
      Set<Integer> done = new HashSet<>();
      for (boolean more = true; more; ) { // A new thread takes after the one that started it.
        more = false;
        for (RealTime.Task task : RealTime.tasks()) {
          more |= done.add(task.id()) && !modest.contains(task.name()) && raised(task.id());
        }
      }
      for (Wish wish : wishes) {
        RealTime.fifo(wish.task(), wish.priority());
      }
    } catch (IOException refused) {
      warn(refused);
    }
  }

  /** What the kernel calls those that wait for all others. */
  private static Set<String> modest() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getPriority() == Thread.MIN_PRIORITY)
        .map(thread -> RealTime.taskName(thread.getName()))
        .collect(Collectors.toSet());
  }

  private static boolean raised(int task) throws IOException {
    try {
      RealTime.roundRobin(task, REST);
      return true;
    } catch (ErrnoException refused) {
      if (refused.errno() == Posix.ESRCH) { // It has ended meanwhile.
        return false;
      }
      throw refused;
    }
  }

  private static void warn(IOException refused) {
    Logger.warn("no real-time priority: {}", refused.getMessage());
  }

  /** What the start needed and running needs no more; once locked, it would stay. */
  private static Optional<JavaPages> drop() {
    try {
      JavaPages pages = JavaPages.mapped();
      pages.drop();
      return Optional.of(pages);
    } catch (IOException refused) {
      Logger.warn("what only the start needs stays in memory: {}", refused.getMessage());
      return Optional.empty();
    }
  }

  private static void widen(JavaPages pages) {
    try {
      pages.widen();
    } catch (IOException refused) {
      Logger.warn("the kernel keeps account of each page: {}", refused.getMessage());
    }
  }

  /** So that no page of the program has to come back from a slow disk first. */
  private static void lockMemory() {
    try {
      RealTime.lockMemory();
    } catch (IOException refused) {
      Logger.warn("memory is not locked: {}", refused.getMessage());
    }
  }
}
