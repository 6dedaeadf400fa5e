package davy.hal.posix;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Calls on file descriptors; any thread. The numbers are those of Linux on x86-64 and aarch64.
 *
 * <p>A bare descriptor number is dangerous after its close, because the kernel gives it away again:
 * share one between threads only inside a {@link Descriptor}.
 */
public final class Posix {

  public static final int O_RDONLY = 0;
  public static final int O_RDWR = 2;
  public static final int O_NOCTTY = 0x100;
  public static final int O_NONBLOCK = 0x800;
  public static final int O_CLOEXEC = 0x80000;

  public static final int POLLIN = 1;
  public static final int POLLOUT = 4;

  /** These three are reported unasked: error, hang-up, no such descriptor. */
  public static final int POLLERR = 8;

  public static final int POLLHUP = 0x10;
  public static final int POLLNVAL = 0x20;

  public static final int ENOENT = 2;
  public static final int ESRCH = 3;
  public static final int EINTR = 4;
  public static final int EIO = 5;
  public static final int ENXIO = 6;
  public static final int EBADF = 9;
  public static final int EAGAIN = 11;
  public static final int EACCES = 13;
  public static final int EBUSY = 16;
  public static final int ENODEV = 19;
  public static final int EINVAL = 22;
  public static final int ENOTTY = 25;

  /** What {@link #read} gives at end of file. */
  public static final int END = -1;

  private static final int F_GETFD = 1;
  private static final int F_SETFD = 2;
  private static final int F_GETFL = 3;
  private static final int F_SETFL = 4;
  private static final int FD_CLOEXEC = 1;
  private static final int LOCK_EX_NB = 2 | 4;
  private static final int UNIX98_PTY_FIRST_MAJOR = 136;
  private static final int UNIX98_PTY_LAST_MAJOR = 143;

  private Posix() {}

  /** Opens with {@link #O_CLOEXEC} added always, so that no child inherits a line or a relay. */
  public static int open(Path path, int flags) throws IOException {
    Libc.Scratch scratch = Libc.scratch();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment name = arena.allocateFrom(path.toString());
      int fd = (int) Libc.OPEN.invokeExact(scratch.errno, name, flags | O_CLOEXEC, 0);
      if (fd < 0) {
        throw new ErrnoException("open " + path, scratch.errno());
      }
      return fd;
    } catch (IOException failed) {
      throw failed;
    } catch (Throwable thrown) {
      throw Libc.defect(thrown);
    }
  }

  /** Closes; the number is given away even when the kernel reports an error, so none is thrown. */
  public static void close(int fd) {
    try {
      int _ = (int) Libc.CLOSE.invokeExact(Libc.scratch().errno, fd);
    } catch (Throwable thrown) {
      throw Libc.defect(thrown);
    }
  }

  /**
   * Reads up to {@code length} bytes, 4096 at most.
   *
   * @return bytes read; 0 when a non-blocking descriptor has none; {@link #END} when the kernel
   *     answered with zero bytes (end of file, hung-up terminal, or none on a terminal with VMIN 0)
   * @throws ErrnoException such as {@link #EIO} on a pseudo-terminal without its other end
   */
  public static int read(int fd, byte[] buffer, int offset, int length) throws IOException {
    Libc.Scratch scratch = Libc.scratch();
    long most = Math.min(length, Libc.Scratch.CAPACITY);
    while (true) {
      long count;
      try {
        count = (long) Libc.READ.invokeExact(scratch.errno, fd, scratch.bytes, most);
      } catch (Throwable thrown) {
        throw Libc.defect(thrown);
      }
      if (count > 0) {
        MemorySegment.copy(scratch.bytes, JAVA_BYTE, 0, buffer, offset, (int) count);
        return (int) count;
      }
      if (count == 0) {
        return most == 0 ? 0 : END;
      }
      if (scratch.errno() == EAGAIN) {
        return 0;
      }
      if (scratch.errno() != EINTR) {
        throw new ErrnoException("read", scratch.errno());
      }
    }
  }

  /**
   * Writes up to {@code length} bytes, 4096 at most.
   *
   * @return bytes taken; 0 when a non-blocking descriptor takes none now
   */
  public static int write(int fd, byte[] buffer, int offset, int length) throws IOException {
    Libc.Scratch scratch = Libc.scratch();
    int most = Math.min(length, Libc.Scratch.CAPACITY);
    MemorySegment.copy(buffer, offset, scratch.bytes, JAVA_BYTE, 0, most);
    return writeScratch(fd, scratch, most);
  }

  /** Writes one native-endian 64-bit number, as an eventfd takes it. */
  static int writeLong(int fd, long value) throws IOException {
    Libc.Scratch scratch = Libc.scratch();
    scratch.bytes.set(JAVA_LONG, 0, value);
    return writeScratch(fd, scratch, Long.BYTES);
  }

  private static int writeScratch(int fd, Libc.Scratch scratch, long length) throws IOException {
    while (true) {
      long count;
      try {
        count = (long) Libc.WRITE.invokeExact(scratch.errno, fd, scratch.bytes, length);
      } catch (Throwable thrown) {
        throw Libc.defect(thrown);
      }
      if (count >= 0) {
        return (int) count;
      }
      if (scratch.errno() == EAGAIN) {
        return 0;
      }
      if (scratch.errno() != EINTR) {
        throw new ErrnoException("write", scratch.errno());
      }
    }
  }

  /** As {@link #poll(int, int, int, int, long)} with one descriptor. */
  public static int poll(int fd, int events, long timeoutNanos) throws IOException {
    return poll(fd, events, -1, 0, timeoutNanos);
  }

  /**
   * Blocks until a descriptor is ready, or hung up, or the time is over. May return early with
   * nothing ready (a signal): callers look at their clock again.
   *
   * @param second -1 to leave it out
   * @param timeoutNanos negative is taken as 0
   * @return what is ready, to be taken apart by {@link #first} and {@link #second}; 0 for nothing
   */
  public static int poll(
      int first, int firstEvents, int second, int secondEvents, long timeoutNanos)
      throws IOException {
    Libc.Scratch scratch = Libc.scratch();
    long nanos = Math.max(0, timeoutNanos);
    scratch.words[0] = pollOf(first, firstEvents);
    scratch.words[1] = pollOf(second, secondEvents);
    scratch.words[2] = nanos / 1_000_000_000L;
    scratch.words[3] = nanos % 1_000_000_000L;
    MemorySegment.copy(scratch.words, 0, scratch.polls, JAVA_LONG, 0, scratch.words.length);
    int count;
    try {
      count =
          (int)
              Libc.PPOLL.invokeExact(
                  scratch.errno, scratch.polls, 2L, scratch.time, MemorySegment.NULL);
    } catch (Throwable thrown) {
      throw Libc.defect(thrown);
    }
    if (count < 0 && scratch.errno() != EINTR) {
      throw new ErrnoException("poll", scratch.errno());
    }
    if (count <= 0) {
      return 0;
    }
    MemorySegment.copy(scratch.polls, JAVA_LONG, 0, scratch.words, 0, 2);
    return ready(scratch.words[0]) | ready(scratch.words[1]) << 16;
  }

  /**
   * The kernel's {@code struct pollfd} as one number, low end first as on both machines:
   * descriptor, what is asked, what is ready. Four stores into native memory one by one cost Java's
   * compiler megabytes, and more time than the call.
   */
  private static long pollOf(int fd, int events) {
    return fd & 0xffff_ffffL | (events & 0xffffL) << 32;
  }

  private static int ready(long poll) {
    return (int) (poll >>> 48);
  }

  /** The first descriptor's events in what {@link #poll} returned. */
  public static int first(int ready) {
    return ready & 0xffff;
  }

  /** The second descriptor's events in what {@link #poll} returned. */
  public static int second(int ready) {
    return ready >>> 16;
  }

  /** Reads and writes of this descriptor return at once from now on. */
  public static void setNonBlocking(int fd) throws IOException {
    fcntl(fd, F_SETFL, fcntl(fd, F_GETFL, 0) | O_NONBLOCK);
  }

  /** No child process inherits this descriptor. */
  public static void setCloseOnExec(int fd) throws IOException {
    fcntl(fd, F_SETFD, fcntl(fd, F_GETFD, 0) | FD_CLOEXEC);
  }

  private static int fcntl(int fd, int command, int argument) throws IOException {
    Libc.Scratch scratch = Libc.scratch();
    try {
      int answer = (int) Libc.FCNTL.invokeExact(scratch.errno, fd, command, argument);
      return checked("fcntl", answer, scratch);
    } catch (IOException failed) {
      throw failed;
    } catch (Throwable thrown) {
      throw Libc.defect(thrown);
    }
  }

  /**
   * One device request. A caller that asks every scan keeps its argument and so makes no garbage.
   *
   * @param request as in the kernel's headers, direction and size included
   * @param argument native memory of the request's size, or {@link MemorySegment#NULL}
   * @return the kernel's non-negative answer
   */
  public static int ioctl(int fd, long request, MemorySegment argument) throws IOException {
    Libc.Scratch scratch = Libc.scratch();
    int answer;
    try {
      answer = (int) Libc.IOCTL.invokeExact(scratch.errno, fd, request, argument);
    } catch (Throwable thrown) {
      throw Libc.defect(thrown);
    }
    return checked("ioctl", answer, scratch);
  }

  /**
   * Takes the whole file's advisory lock, for as long as the descriptor is open.
   *
   * @return false when another open file has it
   */
  public static boolean tryLock(int fd) throws IOException {
    Libc.Scratch scratch = Libc.scratch();
    int answer;
    try {
      answer = (int) Libc.FLOCK.invokeExact(scratch.errno, fd, LOCK_EX_NB);
    } catch (Throwable thrown) {
      throw Libc.defect(thrown);
    }
    if (answer < 0 && scratch.errno() == EAGAIN) {
      return false;
    }
    checked("flock", answer, scratch);
    return true;
  }

  /** Whether a path, links followed, is the user's end of a pseudo-terminal; opens nothing. */
  public static boolean isPseudoTerminal(Path path) throws IOException {
    long device = (Long) Files.getAttribute(path, "unix:rdev");
    long major = device >> 8 & 0xfff;
    return major >= UNIX98_PTY_FIRST_MAJOR && major <= UNIX98_PTY_LAST_MAJOR;
  }

  /** The system's words for an error number. */
  public static String words(int errno) {
    Libc.Scratch scratch = Libc.scratch();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment text = arena.allocate(256);
      int failed = (int) Libc.STRERROR.invokeExact(scratch.errno, errno, text, 256L);
      return failed == 0 ? text.getString(0) : "unknown error";
    } catch (Throwable thrown) {
      throw Libc.defect(thrown);
    }
  }

  static int checked(String what, int answer, Libc.Scratch scratch) throws IOException {
    if (answer < 0) {
      throw new ErrnoException(what, scratch.errno());
    }
    return answer;
  }
}
