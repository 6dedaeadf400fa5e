package davy.hal.posix;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PosixTest {

  private static final long FIONREAD = 0x541BL;
  private static final long FIONCLEX = 0x5450L;

  @TempDir private Path folder;

  @Test
  void aMissingFileIsNamedAndSaidInWords() {
    Path missing = folder.resolve("missing");
    ErrnoException failed =
        assertThrows(ErrnoException.class, () -> Posix.open(missing, Posix.O_RDWR));
    assertEquals(Posix.ENOENT, failed.errno());
    assertEquals("open " + missing + ": No such file or directory (errno 2)", failed.getMessage());
  }

  @Test
  void aFileReadsWhatItHoldsAndThenItsEnd() throws IOException {
    Path file = Files.write(folder.resolve("file"), new byte[] {1, 2, 3});
    int fd = Posix.open(file, Posix.O_RDONLY);
    byte[] buffer = new byte[8];
    assertEquals(0, Posix.read(fd, buffer, 0, 0), "asked for nothing");
    assertEquals(2, Posix.read(fd, buffer, 5, 2));
    assertArrayEquals(new byte[] {0, 0, 0, 0, 0, 1, 2, 0}, buffer);
    assertEquals(1, Posix.read(fd, buffer, 0, 8));
    assertEquals(Posix.END, Posix.read(fd, buffer, 0, 8));
    Posix.close(fd);
    ErrnoException closed = assertThrows(ErrnoException.class, () -> Posix.read(fd, buffer, 0, 8));
    assertEquals(Posix.EBADF, closed.errno());
  }

  @Test
  void moreThanTheScratchHoldsIsMovedInPieces() throws IOException {
    byte[] sent = new byte[10_000];
    Arrays.fill(sent, (byte) 7);
    Path file = Files.createFile(folder.resolve("file"));
    int fd = Posix.open(file, Posix.O_RDWR);
    int written = Posix.write(fd, sent, 0, sent.length);
    assertEquals(4096, written);
    Posix.close(fd);
    assertArrayEquals(Arrays.copyOf(sent, written), Files.readAllBytes(file));
  }

  @Test
  void theSecondToLockAFileIsRefusedUntilTheFirstCloses() throws IOException {
    Path file = Files.createFile(folder.resolve("lock"));
    int first = Posix.open(file, Posix.O_RDWR);
    int second = Posix.open(file, Posix.O_RDWR);
    assertTrue(Posix.tryLock(first));
    assertFalse(Posix.tryLock(second));
    Posix.close(first);
    assertTrue(Posix.tryLock(second));
    Posix.close(second);
  }

  @Test
  void everyOpenedFileIsClosedOnExec() throws IOException {
    int fd = Posix.open(Path.of("/dev/null"), Posix.O_RDWR);
    assertEquals(Posix.O_CLOEXEC, flags(fd) & (Posix.O_CLOEXEC | Posix.O_NONBLOCK));
    Posix.ioctl(fd, FIONCLEX, MemorySegment.NULL);
    Posix.setNonBlocking(fd);
    assertEquals(Posix.O_NONBLOCK, flags(fd) & (Posix.O_CLOEXEC | Posix.O_NONBLOCK));
    Posix.setCloseOnExec(fd);
    assertEquals(
        Posix.O_CLOEXEC | Posix.O_NONBLOCK, flags(fd) & (Posix.O_CLOEXEC | Posix.O_NONBLOCK));
    Posix.close(fd);
  }

  private static int flags(int fd) throws IOException {
    return Files.readAllLines(Path.of("/proc/self/fdinfo/" + fd)).stream()
        .filter(line -> line.startsWith("flags:"))
        .mapToInt(line -> Integer.parseInt(line.substring("flags:".length()).strip(), 8))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void anIoctlFillsItsArgumentAndReportsItsError() throws IOException {
    try (Pty pty = Pty.open();
        Arena arena = Arena.ofConfined()) {
      int user = Posix.open(pty.path(), Posix.O_RDWR | Posix.O_NOCTTY);
      pty.write(new byte[] {1, 2, 3}, 0, 3);
      assertEquals(Posix.POLLIN, Posix.poll(user, Posix.POLLIN, 30_000_000_000L));
      MemorySegment waiting = arena.allocate(JAVA_INT);
      Posix.ioctl(user, FIONREAD, waiting);
      assertEquals(3, waiting.get(JAVA_INT, 0));
      Posix.close(user);
      int nothing = Posix.open(Path.of("/dev/null"), Posix.O_RDWR);
      ErrnoException refused =
          assertThrows(ErrnoException.class, () -> Posix.ioctl(nothing, FIONREAD, waiting));
      assertEquals(Posix.ENOTTY, refused.errno());
      Posix.close(nothing);
    }
  }

  @Test
  void onlyTheUsersEndOfAPtyIsAPseudoTerminalThroughLinksToo() throws IOException {
    try (Pty pty = Pty.open()) {
      Path link = Files.createSymbolicLink(folder.resolve("ttyUSB-sensors"), pty.path());
      assertTrue(Posix.isPseudoTerminal(pty.path()));
      assertTrue(Posix.isPseudoTerminal(link));
      assertFalse(Posix.isPseudoTerminal(Path.of("/dev/null")));
      assertFalse(Posix.isPseudoTerminal(Path.of("/dev/tty")));
      assertFalse(Posix.isPseudoTerminal(Files.createFile(folder.resolve("file"))));
      assertFalse(Posix.isPseudoTerminal(folder));
      assertThrows(IOException.class, () -> Posix.isPseudoTerminal(folder.resolve("missing")));
    }
  }

  @Test
  void aRefusalOfRealTimeSaysWhatWasAskedFor() {
    ErrnoException refused = assertThrows(ErrnoException.class, () -> RealTime.fifo(1000));
    assertEquals(Posix.EINVAL, refused.errno());
    assertTrue(refused.getMessage().startsWith("sched_setscheduler FIFO 1000: "));
  }
}
