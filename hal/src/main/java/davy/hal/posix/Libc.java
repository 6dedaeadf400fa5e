package davy.hal.posix;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.Optional;

/** The linked functions, and each thread's scratch. Every handle takes the errno segment first. */
final class Libc {

  private static final Linker LINKER = Linker.nativeLinker();
  private static final MemoryLayout ERRNO_LAYOUT = Linker.Option.captureStateLayout();
  private static final long ERRNO_AT =
      ERRNO_LAYOUT.byteOffset(MemoryLayout.PathElement.groupElement("errno"));

  static final MethodHandle OPEN =
      variadic("open", 2, FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT));
  static final MethodHandle CLOSE = plain("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
  static final MethodHandle READ =
      plain("read", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG));
  static final MethodHandle WRITE =
      plain("write", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG));
  static final MethodHandle PPOLL =
      plain("ppoll", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG, ADDRESS, ADDRESS));
  static final MethodHandle EVENTFD =
      plain("eventfd", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT));
  static final MethodHandle FCNTL =
      variadic("fcntl", 2, FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT));
  static final MethodHandle IOCTL =
      variadic("ioctl", 2, FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, ADDRESS));
  static final MethodHandle FLOCK =
      plain("flock", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT));
  static final MethodHandle SCHED_SETSCHEDULER =
      plain("sched_setscheduler", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS));

  /** A libc that keeps nothing back does not have it. */
  static final Optional<MethodHandle> MALLOC_TRIM =
      found("malloc_trim", FunctionDescriptor.of(JAVA_INT, JAVA_LONG));

  static final MethodHandle MADVISE =
      plain("madvise", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT));

  static final MethodHandle MLOCKALL = plain("mlockall", FunctionDescriptor.of(JAVA_INT, JAVA_INT));

  /** The form of {@code strerror_r} that means the same in every libc. */
  static final MethodHandle STRERROR =
      plain("__xpg_strerror_r", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_LONG));

  private static final ThreadLocal<Scratch> SCRATCH = ThreadLocal.withInitial(Scratch::new);

  private Libc() {}

  static Scratch scratch() {
    return SCRATCH.get();
  }

  private static MethodHandle plain(String name, FunctionDescriptor signature) {
    return link(name, signature, Linker.Option.captureCallState("errno"));
  }

  private static MethodHandle variadic(String name, int fixed, FunctionDescriptor signature) {
    return link(
        name,
        signature,
        Linker.Option.captureCallState("errno"),
        Linker.Option.firstVariadicArg(fixed));
  }

  private static MethodHandle link(
      String name, FunctionDescriptor signature, Linker.Option... options) {
    return found(name, signature, options)
        .orElseThrow(() -> new IllegalStateException("libc has no " + name));
  }

  @SuppressWarnings("restricted")
  private static Optional<MethodHandle> found(
      String name, FunctionDescriptor signature, Linker.Option... options) {
    return LINKER
        .defaultLookup()
        .find(name)
        .map(address -> LINKER.downcallHandle(address, signature, options));
  }

  /** A method handle throws {@link Throwable}; none of ours ever should. */
  static IllegalStateException defect(Throwable thrown) {
    return new IllegalStateException("a linked function threw", thrown);
  }

  /** Native memory of one thread, freed by the collector after the thread. */
  static final class Scratch {

    /** Bytes that one read or write moves at most. */
    static final int CAPACITY = 4096;

    final MemorySegment errno;

    /** Two descriptors to poll, then a time-out: copied to {@link #polls} and {@link #time}. */
    final long[] words = new long[4];

    final MemorySegment polls;
    final MemorySegment time;
    final MemorySegment bytes;

    private Scratch() {
      Arena arena = Arena.ofAuto();
      errno = arena.allocate(ERRNO_LAYOUT);
      polls = arena.allocate(32, 8);
      time = polls.asSlice(16);
      bytes = arena.allocate(CAPACITY, 8);
    }

    int errno() {
      return errno.get(JAVA_INT, ERRNO_AT);
    }
  }
}
