package davy.hal.posix;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;

/**
 * A new pseudo-terminal, raw, seen from its far end: what a simulated RS-485 line is made of.
 *
 * <p>We hold the user's end open too, so that the far end sees no hang-up while a user closes and
 * opens again; whoever has {@link #path} open sees one at once when this is closed (an adapter
 * unplugged). One owner thread.
 */
public final class Pty implements AutoCloseable {

  private static final Path MULTIPLEXER = Path.of("/dev/ptmx");
  private static final long TIOCGPTN = 0x80045430L;
  private static final long TIOCSPTLCK = 0x40045431L;
  private static final long TIOCNXCL = 0x540DL;

  private final int master;
  private final int user;
  private final Path path;
  private boolean closed;

  private Pty(int master, int user, Path path) {
    this.master = master;
    this.user = user;
    this.path = path;
  }

  /** Makes a pseudo-terminal whose far end never blocks. */
  public static Pty open() throws IOException {
    int flags = Posix.O_RDWR | Posix.O_NOCTTY | Posix.O_NONBLOCK;
    int master = Posix.open(MULTIPLEXER, flags);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment number = arena.allocate(JAVA_INT);
      Posix.ioctl(master, TIOCSPTLCK, number);
      Posix.ioctl(master, TIOCGPTN, number);
      Terminal.makeRaw(master);
      Path path = Path.of("/dev/pts/" + number.get(JAVA_INT, 0));
      return new Pty(master, Posix.open(path, flags), path);
    } catch (IOException failed) {
      Posix.close(master);
      throw failed;
    }
  }

  /** What the program under test opens, {@code /dev/pts/N}. */
  public Path path() {
    return path;
  }

  /** The far end's descriptor, to poll; non-blocking. */
  public int fd() {
    return master;
  }

  /** As {@link Posix#read}; 0 when nothing has arrived. */
  public int read(byte[] buffer, int offset, int length) throws IOException {
    return Posix.read(open(master), buffer, offset, length);
  }

  /** As {@link Posix#write}; 0 when the user's end has not read for long. */
  public int write(byte[] buffer, int offset, int length) throws IOException {
    return Posix.write(open(master), buffer, offset, length);
  }

  /** The speed that the user's end has set, in bits per second. */
  public int baud() throws IOException {
    return Terminal.baud(open(master));
  }

  /**
   * Clears the claim of a user that was killed: a real port forgets it with its last close, but our
   * own open end keeps this one alive.
   */
  public void forgetClaim() throws IOException {
    Posix.ioctl(open(user), TIOCNXCL, MemorySegment.NULL);
  }

  private int open(int fd) throws IOException {
    if (closed) {
      throw new IOException(path + " is closed");
    }
    return fd;
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      Posix.close(user);
      Posix.close(master);
    }
  }
}
