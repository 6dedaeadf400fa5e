package davy.hal.posix;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Terminal settings, by the kernel's {@code struct termios2}, whose layout both machines share:
 *
 * <pre>
 *  0 iflag  4 oflag  8 cflag  12 lflag  16 line  17 cc[19]  36 ispeed  40 ospeed
 * </pre>
 *
 * <p>A pseudo-terminal keeps the speed it is given but always reads back 8 bits and no parity.
 */
public final class Terminal {

  private static final long TCGETS2 = 0x802C542AL;
  private static final long TCSETS2 = 0x402C542BL;
  private static final long SIZE = 44;

  private static final long IFLAG = 0;
  private static final long OFLAG = 4;
  private static final long CFLAG = 8;
  private static final long LFLAG = 12;
  private static final long VTIME = 17 + 5;
  private static final long VMIN = 17 + 6;
  private static final long ISPEED = 36;
  private static final long OSPEED = 40;

  private static final int CSIZE_PARENB = 0x30 | 0x100;
  private static final int CS8_CREAD_CLOCAL = 0x30 | 0x80 | 0x800;
  private static final int CBAUD_CIBAUD = 0x100f | 0x100f0000;
  private static final int BOTHER = 0x1000;

  private Terminal() {}

  /** Bytes pass as they are, 8 bits, no echo, no flow control; a read waits for one byte. */
  public static void makeRaw(int fd) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment settings = read(fd, arena);
      settings.set(JAVA_INT, IFLAG, 0);
      settings.set(JAVA_INT, OFLAG, 0);
      settings.set(JAVA_INT, LFLAG, 0);
      int control = settings.get(JAVA_INT, CFLAG) & ~CSIZE_PARENB;
      settings.set(JAVA_INT, CFLAG, control | CS8_CREAD_CLOCAL);
      settings.set(JAVA_BYTE, VTIME, (byte) 0);
      settings.set(JAVA_BYTE, VMIN, (byte) 1);
      Posix.ioctl(fd, TCSETS2, settings);
    }
  }

  /** The speed in bits per second that the terminal is set to now. */
  public static int baud(int fd) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      return read(fd, arena).get(JAVA_INT, OSPEED);
    }
  }

  /** Sets both directions to any speed in bits per second. */
  public static void setBaud(int fd, int baud) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment settings = read(fd, arena);
      settings.set(JAVA_INT, CFLAG, settings.get(JAVA_INT, CFLAG) & ~CBAUD_CIBAUD | BOTHER);
      settings.set(JAVA_INT, ISPEED, baud);
      settings.set(JAVA_INT, OSPEED, baud);
      Posix.ioctl(fd, TCSETS2, settings);
    }
  }

  private static MemorySegment read(int fd, Arena arena) throws IOException {
    MemorySegment settings = arena.allocate(SIZE, 8);
    Posix.ioctl(fd, TCGETS2, settings);
    return settings;
  }
}
