package davy.tests.process;

import davy.hal.posix.Posix;
import davy.hal.posix.Pty;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * A wire between the interlock and its guard that can be harmed: pulled, noisy, or taken over by
 * somebody who plays earlier answers again. It takes the place of the guard's terminal under the
 * guard's own name. One thread of its own carries the bytes.
 */
final class GuardTap implements AutoCloseable {

  /** What becomes of the bytes. */
  enum Wire {
    WELL,
    /** One bit of every chunk, both ways, is another one. */
    NOISY,
    /** One chunk in eight has such a bit. */
    SELDOM_NOISY,
    /** The interlock's bytes go nowhere; what it said before is said again instead. */
    REPLAYED,
    /** Nothing goes either way, and the interlock sees its adapter vanish. */
    PULLED
  }

  private static final long WAIT_NANOS = 5_000_000L;
  private static final int SELDOM = 8;
  private static final int REPLAY_PERIOD = 10;
  private static final int RECORDED = 100;

  private final Path link;
  private final Path own;
  private final int guard;
  private final Random random;
  private final List<byte[]> recorded = new ArrayList<>();
  private final byte[] buffer = new byte[512];
  private final Thread thread;
  private volatile Wire wire = Wire.WELL;
  private volatile boolean ended;
  private Pty near;
  private int chunks;

  /**
   * @param link the guard's terminal as the site file names it
   * @param terminal the far end's
   */
  GuardTap(Path link, Path terminal, long seed) throws IOException {
    this.link = link;
    this.own = link.toRealPath();
    this.random = new Random(seed);
    this.guard = Posix.open(terminal, Posix.O_RDWR | Posix.O_NOCTTY | Posix.O_NONBLOCK);
    plug();
    this.thread = Thread.ofPlatform().daemon().name("tap").start(this::carry);
  }

  private void plug() throws IOException {
    near = Pty.open();
    Files.deleteIfExists(link);
    Files.createSymbolicLink(link, near.path());
  }

  /** From now on; returns the monotonic nanoseconds of that. */
  long become(Wire next) {
    long now = System.nanoTime();
    wire = next;
    return now;
  }

  private void carry() {
    boolean plugged = true;
    try {
      for (int round = 0; !ended; round++) {
        if (plugged && wire == Wire.PULLED) {
          near.close();
          plugged = false;
        } else if (!plugged && wire != Wire.PULLED) {
          plug();
          plugged = true;
        }
        if (plugged) {
          Posix.poll(near.fd(), Posix.POLLIN, guard, Posix.POLLIN, WAIT_NANOS);
          up();
          down();
          near.forgetClaim();
        } else {
          Posix.poll(guard, Posix.POLLIN, WAIT_NANOS);
          Posix.read(guard, buffer, 0, buffer.length);
        }
        if (wire == Wire.REPLAYED && round % REPLAY_PERIOD == 0 && !recorded.isEmpty()) {
          byte[] old = recorded.get(random.nextInt(recorded.size() / 2));
          Posix.write(guard, old, 0, old.length);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** From the interlock to the guard. */
  private void up() throws IOException {
    int count = near.read(buffer, 0, buffer.length);
    if (count <= 0 || wire == Wire.REPLAYED) {
      return;
    }
    if (wire == Wire.WELL) {
      recorded.add(Arrays.copyOf(buffer, count));
      if (recorded.size() > RECORDED) {
        recorded.removeFirst();
      }
    }
    flip(count);
    Posix.write(guard, buffer, 0, count);
  }

  private void down() throws IOException {
    int count = Posix.read(guard, buffer, 0, buffer.length);
    if (count > 0) {
      flip(count);
      near.write(buffer, 0, count);
    }
  }

  private void flip(int count) {
    chunks++;
    boolean seldom = wire == Wire.SELDOM_NOISY && chunks % SELDOM == 0;
    if (wire == Wire.NOISY || seldom) {
      buffer[random.nextInt(count)] ^= (byte) (1 << random.nextInt(8));
    }
  }

  /** Puts the guard's own terminal back. */
  @Override
  public void close() throws IOException {
    ended = true;
    while (thread.isAlive()) {
      Thread.onSpinWait();
    }
    near.close();
    Posix.close(guard);
    Files.deleteIfExists(link);
    Files.createSymbolicLink(link, own);
  }
}
