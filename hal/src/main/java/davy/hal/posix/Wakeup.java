package davy.hal.posix;

import java.io.IOException;

/**
 * A bell that ends a poll: an eventfd. {@link #wake} may come from any thread, also before the poll
 * begins and after {@link #close}; the rest belongs to one owner.
 */
public final class Wakeup implements AutoCloseable {

  private static final int EFD_NONBLOCK_CLOEXEC = Posix.O_NONBLOCK | Posix.O_CLOEXEC;

  private final Descriptor descriptor;
  private final int fd;
  private final byte[] count = new byte[Long.BYTES];

  private Wakeup(int fd) {
    this.fd = fd;
    this.descriptor = new Descriptor(fd, "wake-up");
  }

  public static Wakeup open() throws IOException {
    Libc.Scratch scratch = Libc.scratch();
    int fd;
    try {
      fd = (int) Libc.EVENTFD.invokeExact(scratch.errno, 0, EFD_NONBLOCK_CLOEXEC);
    } catch (Throwable thrown) {
      throw Libc.defect(thrown);
    }
    return new Wakeup(Posix.checked("eventfd", fd, scratch));
  }

  /** To poll with {@link Posix#POLLIN}; the owner's only, and not after {@link #close}. */
  public int fd() {
    return fd;
  }

  /** Rings; any number of rings before the next {@link #drain} count as one. */
  public void wake() {
    try {
      int number = descriptor.enter();
      try {
        Posix.writeLong(number, 1);
      } finally {
        descriptor.leave();
      }
    } catch (IOException _) {
      // Closed: its owner is awake, or gone.
    }
  }

  /** Silences; true when it had been rung. */
  public boolean drain() throws IOException {
    return Posix.read(fd, count, 0, count.length) > 0;
  }

  /**
   * Blocks until a descriptor is ready, this bell rings or the time is over, and silences the bell.
   *
   * @param other -1 for none
   * @param events such as {@link Posix#POLLIN}
   * @param timeoutNanos negative is taken as 0
   * @return events of {@code other}, 0 for none
   */
  public int await(int other, int events, long timeoutNanos) throws IOException {
    int ready = Posix.poll(other, events, fd, Posix.POLLIN, timeoutNanos);
    if (Posix.second(ready) != 0) {
      drain();
    }
    return Posix.first(ready);
  }

  @Override
  public void close() {
    descriptor.close();
  }
}
