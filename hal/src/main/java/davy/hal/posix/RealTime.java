package davy.hal.posix;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Scheduling and memory of this process. A refusal is for the caller to report, not to end on. */
public final class RealTime {

  private static final int SCHED_FIFO = 1;
  private static final int SCHED_RR = 2;
  private static final int THIS = 0;
  private static final int TASK_NAME = 15;
  private static final int MCL_CURRENT_FUTURE_ONFAULT = 1 | 2 | 4;

  private RealTime() {}

  /**
   * Puts the calling thread into {@code SCHED_FIFO}.
   *
   * @param priority 1 to 99
   * @throws ErrnoException without {@code LimitRTPRIO} of at least that priority
   */
  public static void fifo(int priority) throws IOException {
    fifo(THIS, priority);
  }

  /**
   * The same for another thread of this process.
   *
   * @param task as {@link #task()} calls it
   * @throws ErrnoException also when it has ended ({@link Posix#ESRCH})
   */
  public static void fifo(int task, int priority) throws IOException {
    schedule("FIFO", SCHED_FIFO, task, priority);
  }

  /** Puts a thread of this process into {@code SCHED_RR}; otherwise as {@link #fifo(int, int)}. */
  public static void roundRobin(int task, int priority) throws IOException {
    schedule("RR", SCHED_RR, task, priority);
  }

  /** What the kernel calls the calling thread. */
  public static int task() throws IOException {
    return Integer.parseInt(
        Files.readSymbolicLink(Path.of("/proc/thread-self")).getFileName().toString());
  }

  /**
   * A thread of this process, as the kernel knows it.
   *
   * @param name {@link #taskName}
   */
  public record Task(int id, String name) {}

  /** Each thread of this process, Java's own among them; one may end meanwhile. */
  public static List<Task> tasks() throws IOException {
    List<Task> tasks = new ArrayList<>();
    try (Stream<Path> folders = Files.list(Path.of("/proc/self/task"))) {
      for (Path folder : folders.toList()) {
        try {
          String name = Files.readString(folder.resolve("comm")).strip();
          tasks.add(new Task(Integer.parseInt(folder.getFileName().toString()), name));
        } catch (IOException failed) {
          if (Files.exists(folder)) {
            throw failed;
          } // else it has ended, as the kernel says in more than one way
        }
      }
    }
    return tasks;
  }

  /** The kernel keeps so much of a thread's name, and no blanks at its end. */
  public static String taskName(String name) {
    return name.substring(0, Math.min(name.length(), TASK_NAME)).strip();
  }

  private static void schedule(String name, int policy, int task, int priority) throws IOException {
    Libc.Scratch scratch = Libc.scratch();
    int answer;
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment parameter = arena.allocate(JAVA_INT);
      parameter.set(JAVA_INT, 0, priority);
      answer = (int) Libc.SCHED_SETSCHEDULER.invokeExact(scratch.errno, task, policy, parameter);
    } catch (Throwable thrown) {
      throw Libc.defect(thrown);
    }
    Posix.checked("sched_setscheduler " + name + " " + priority, answer, scratch);
  }

  /**
   * Gives back to the kernel what the C library has kept of memory that was freed, such as that of
   * Java's compiler. No use once memory is locked.
   */
  public static void trimMemory() {
    if (Libc.MALLOC_TRIM.isEmpty()) {
      return;
    }
    try {
      int _ = (int) Libc.MALLOC_TRIM.get().invokeExact(0L);
    } catch (Throwable thrown) {
      throw Libc.defect(thrown);
    }
  }

  /**
   * Keeps every page that is or will be touched in memory. Untouched pages are left alone: locking
   * them as well would make the process five times as large.
   *
   * @throws ErrnoException without {@code LimitMEMLOCK}
   */
  public static void lockMemory() throws IOException {
    Libc.Scratch scratch = Libc.scratch();
    int answer;
    try {
      answer = (int) Libc.MLOCKALL.invokeExact(scratch.errno, MCL_CURRENT_FUTURE_ONFAULT);
    } catch (Throwable thrown) {
      throw Libc.defect(thrown);
    }
    Posix.checked("mlockall", answer, scratch);
  }
}
