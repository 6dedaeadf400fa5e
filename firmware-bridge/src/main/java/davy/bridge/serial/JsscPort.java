package davy.bridge.serial;

import davy.hal.SerialLine;
import davy.hal.SerialPort;
import davy.hal.SerialSettings;
import davy.hal.posix.ErrnoException;
import davy.hal.posix.Posix;
import davy.hal.posix.Terminal;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import jssc.SerialNativeInterface;

/**
 * A serial device of this machine, opened by jSSC.
 *
 * <p>One line at a time: the device is locked (flock) before anything about it is changed, because
 * the kernel's own exclusive mode does not hold against root. No child process inherits it.
 */
public final class JsscPort implements SerialPort {

  private static final int DATA_BITS = 8;
  private static final int ONE_STOP_BIT = 0;
  private static final int TWO_STOP_BITS = 2;
  private static final int NO_PARITY = 0;
  private static final int EVEN_PARITY = 2;

  private static final long TIOCSRS485 = 0x542FL;
  private static final int RS485_ENABLED_RTS_ON_SEND = 1 | 2;
  private static final long RS485_SIZE = 32;

  private final Path device;
  private final SerialSettings settings;
  private final boolean rs485Rts;

  /**
   * @param device best a name under /dev/serial/by-id or by-path, which survives re-plugging
   * @param rs485Rts the kernel raises RTS while it sends; false leaves direction to the adapter
   */
  public JsscPort(Path device, SerialSettings settings, boolean rs485Rts) {
    this.device = device;
    this.settings = settings;
    this.rs485Rts = rs485Rts;
  }

  @Override
  public String name() {
    return device.toString();
  }

  @Override
  public SerialLine open() throws IOException {
    int guard = claim();
    try {
      return open(guard);
    } catch (IOException failed) {
      Posix.close(guard);
      throw failed;
    }
  }

  /** A descriptor of our own that holds the lock as long as it is open. */
  private int claim() throws IOException {
    int guard;
    try {
      guard = Posix.open(device, Posix.O_RDWR | Posix.O_NOCTTY | Posix.O_NONBLOCK);
    } catch (ErrnoException refused) {
      throw PortTrouble.opening(device, refused);
    }
    try {
      Terminal.baud(guard);
      if (!Posix.tryLock(guard)) {
        throw PortTrouble.inUse(device);
      }
      return guard;
    } catch (ErrnoException refused) {
      Posix.close(guard);
      throw PortTrouble.opening(device, refused);
    } catch (IOException inUse) {
      Posix.close(guard);
      throw inUse;
    }
  }

  private SerialLine open(int guard) throws IOException {
    SerialNativeInterface jssc = jssc();
    long handle = jssc.openPort(device.toString(), true);
    if (handle < 0) {
      throw PortTrouble.jssc(device, handle);
    }
    try {
      int fd = Math.toIntExact(handle);
      Posix.setCloseOnExec(fd);
      Posix.setNonBlocking(fd);
      configure(jssc, fd);
      return new JsscLine(device, jssc, fd, guard);
    } catch (IOException failed) {
      jssc.closePort(handle);
      throw failed;
    }
  }

  private SerialNativeInterface jssc() throws IOException {
    try {
      return new SerialNativeInterface();
    } catch (LinkageError missing) {
      throw new IOException(
          device
              + ": the native library of jSSC cannot be loaded ("
              + missing.getMessage()
              + "); make java.io.tmpdir writable or set jssc.boot.library.path",
          missing);
    }
  }

  /**
   * jSSC says no for every pseudo-terminal, because those have no modem lines; so the result that
   * counts is the speed that the kernel shows afterwards, and jSSC's word only for real devices.
   */
  private void configure(SerialNativeInterface jssc, int fd) throws IOException {
    int stop =
        switch (settings.format()) {
          case F8N1, F8E1 -> ONE_STOP_BIT;
          case F8N2 -> TWO_STOP_BITS;
        };
    int parity =
        switch (settings.format()) {
          case F8N1, F8N2 -> NO_PARITY;
          case F8E1 -> EVEN_PARITY;
        };
    boolean raiseRts = !rs485Rts;
    boolean done = jssc.setParams(fd, settings.baud(), DATA_BITS, stop, parity, raiseRts, true, 0);
    if (Terminal.baud(fd) != settings.baud()) {
      Terminal.setBaud(fd, settings.baud());
    }
    if (Terminal.baud(fd) != settings.baud() || !done && !Posix.isPseudoTerminal(device)) {
      throw new IOException(
          device
              + ": the driver refuses "
              + settings
              + "; choose a speed and format that the adapter knows");
    }
    if (rs485Rts) {
      steerByRts(fd);
    }
  }

  /** The kernel's driver turns the line around in time; a program in user space cannot. */
  private void steerByRts(int fd) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment rs485 = arena.allocate(RS485_SIZE, 8);
      rs485.set(ValueLayout.JAVA_INT, 0, RS485_ENABLED_RTS_ON_SEND);
      Posix.ioctl(fd, TIOCSRS485, rs485);
    } catch (ErrnoException refused) {
      throw new IOException(
          device
              + ": the driver cannot steer RS-485 by RTS ("
              + refused.getMessage()
              + "); use an adapter that turns around by itself and set rs485_rts = false",
          refused);
    }
  }
}
