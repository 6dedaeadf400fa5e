package davy.hal.posix;

import java.io.IOException;

/** A libc call failed. The message is {@code what: words (errno n)}. */
public final class ErrnoException extends IOException {

  private static final long serialVersionUID = 1L;

  private final int errno;

  public ErrnoException(String what, int errno) {
    super(what + ": " + Posix.words(errno) + " (errno " + errno + ")");
    this.errno = errno;
  }

  /** The error number, such as {@link Posix#EBUSY}. */
  public int errno() {
    return errno;
  }
}
