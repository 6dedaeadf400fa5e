package davy.hal.posix;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/**
 * Owns a file descriptor that several threads use and one closes.
 *
 * <p>Between {@link #enter} and {@link #leave} the number stays ours, whoever closes meanwhile: the
 * last to leave closes. So no late call can reach a stranger's file that got the same number. No
 * locks, no allocation; nobody waits.
 */
public final class Descriptor implements AutoCloseable {

  private static final int CLOSED = 1 << 30;

  private final int fd;
  private final String name;
  private final IntConsumer last;
  private final AtomicInteger users = new AtomicInteger();

  /**
   * @param fd open, and from now on closed by nobody else
   * @param name for messages
   */
  public Descriptor(int fd, String name) {
    this(fd, name, Posix::close);
  }

  /**
   * @param last closes the number; runs once, when nobody uses it and nobody can any more
   */
  public Descriptor(int fd, String name, IntConsumer last) {
    this.fd = fd;
    this.name = name;
    this.last = last;
  }

  /**
   * The number, valid until the matching {@link #leave}.
   *
   * @throws IOException when closed; then {@code leave} is not called
   */
  public int enter() throws IOException {
    while (true) {
      int before = users.get();
      if ((before & CLOSED) != 0) {
        throw new IOException(name + " is closed");
      }
      if (users.compareAndSet(before, before + 1)) {
        return fd;
      }
    }
  }

  public void leave() {
    if (users.decrementAndGet() == CLOSED) {
      last.accept(fd);
    }
  }

  /** Refuses further use; idempotent. */
  @Override
  public void close() {
    while (true) {
      int before = users.get();
      if ((before & CLOSED) != 0) {
        return;
      }
      if (users.compareAndSet(before, before | CLOSED)) {
        if (before == 0) {
          last.accept(fd);
        }
        return;
      }
    }
  }
}
