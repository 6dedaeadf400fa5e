package davy.bridge.serial;

import davy.hal.SerialLine;
import davy.hal.posix.Posix;
import davy.hal.posix.Wakeup;
import davy.hal.signal.Tick;
import java.io.IOException;
import java.nio.file.Path;
import jssc.SerialNativeInterface;

/**
 * An open serial device. jSSC opened it and closes it; bytes and waits go past it, straight to the
 * kernel, for its timed read spins and its plain one never returns after an unplugging.
 */
final class JsscLine implements SerialLine {

  private static final int GONE = Posix.POLLHUP | Posix.POLLERR | Posix.POLLNVAL;
  private static final int DISCARD_READS = 64;

  private final Path device;
  private final SerialNativeInterface jssc;
  private final int fd;
  private final int guard;
  private final Wakeup bell;
  private boolean closed;

  /**
   * @param fd jSSC's
   * @param guard holds the lock
   */
  JsscLine(Path device, SerialNativeInterface jssc, int fd, int guard) throws IOException {
    this.device = device;
    this.jssc = jssc;
    this.fd = fd;
    this.guard = guard;
    this.bell = Wakeup.open();
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    present();
    try {
      int count = Posix.read(fd, buffer, offset, length);
      // A terminal that jSSC set up answers "none" and "gone" alike; poll tells them apart.
      if (count == Posix.END && (Posix.poll(fd, Posix.POLLIN, 0) & GONE) != 0) {
        throw new IOException("hung up");
      }
      return Math.max(0, count);
    } catch (IOException lost) {
      throw PortTrouble.lost(device, lost);
    }
  }

  @Override
  public int write(byte[] buffer, int offset, int length) throws IOException {
    present();
    try {
      return Posix.write(fd, buffer, offset, length);
    } catch (IOException lost) {
      throw PortTrouble.lost(device, lost);
    }
  }

  @Override
  public void discard() throws IOException {
    byte[] dropped = new byte[4096];
    for (int i = 0; i < DISCARD_READS && read(dropped, 0, dropped.length) > 0; i++) {
      // Each read drops what it took; a babbling line does not hold us here.
    }
  }

  @Override
  public void await(Tick now, Tick until) {
    if (closed) {
      return;
    }
    try {
      bell.await(fd, Posix.POLLIN, until.nanosSince(now));
    } catch (IOException _) {
      // The next read says what is wrong.
    }
  }

  @Override
  public void wake() {
    bell.wake();
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      jssc.closePort(fd);
      Posix.close(guard);
      bell.close();
    }
  }

  private void present() throws IOException {
    if (closed) {
      throw new IOException(device + " is closed");
    }
  }
}
