package davy.hal.posix;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Scheduling and memory of this process. A refusal is for the caller to report, not to end on. */
public final class RealTime {

  private static final int SCHED_FIFO = 1;
  private static final int MCL_CURRENT_FUTURE_ONFAULT = 1 | 2 | 4;

  private RealTime() {}

  /**
   * Puts the calling thread into {@code SCHED_FIFO}.
   *
   * @param priority 1 to 99
   * @throws ErrnoException without {@code LimitRTPRIO} of at least that priority
   */
  public static void fifo(int priority) throws IOException {
    Libc.Scratch scratch = Libc.scratch();
    int answer;
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment parameter = arena.allocate(JAVA_INT);
      parameter.set(JAVA_INT, 0, priority);
      answer = (int) Libc.SCHED_SETSCHEDULER.invokeExact(scratch.errno, 0, SCHED_FIFO, parameter);
    } catch (Throwable thrown) {
      throw Libc.defect(thrown);
    }
    Posix.checked("sched_setscheduler FIFO " + priority, answer, scratch);
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
