package davy.bridge.serial;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import davy.hal.Clock;
import davy.hal.SerialLine;
import davy.hal.SerialSettings;
import davy.hal.SerialSettings.Format;
import davy.hal.posix.Pty;
import davy.hal.signal.Tick;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The serial line on real pseudo-terminals of this machine. */
@Timeout(30)
final class JsscLineTest {

  private static final SerialSettings SETTINGS = new SerialSettings(9600, Format.F8N1);

  @TempDir Path folder;

  @Test
  void everyByteValueGoesBothWaysAsItIs() throws IOException {
    try (Pty pty = Pty.open();
        SerialLine line = port(pty.path()).open()) {
      byte[] all = new byte[256];
      for (int i = 0; i < all.length; i++) {
        all[i] = (byte) i;
      }
      assertEquals(256, line.write(all, 0, all.length));
      assertArrayEquals(all, take(pty::read, all.length));
      assertEquals(256, pty.write(all, 0, all.length));
      assertArrayEquals(all, take(line::read, all.length));
      assertEquals(0, line.read(new byte[8], 0, 8));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1200, 2400, 4800, 9600, 19200, 38400, 57600, 115200, 14400, 31250})
  void theSpeedIsWhatWasAsked(int baud) throws IOException {
    try (Pty pty = Pty.open();
        SerialLine line =
            new JsscPort(pty.path(), new SerialSettings(baud, Format.F8N1), false).open()) {
      assertEquals(baud, pty.baud());
      assertEquals(1, line.write(new byte[1], 0, 1));
    }
  }

  @ParameterizedTest
  @EnumSource
  void everyFormatOpens(Format format) throws IOException {
    try (Pty pty = Pty.open();
        SerialLine line =
            new JsscPort(pty.path(), new SerialSettings(9600, format), false).open()) {
      pty.write(new byte[] {(byte) 0xFF}, 0, 1);
      assertArrayEquals(new byte[] {(byte) 0xFF}, take(line::read, 1));
    }
  }

  @Test
  void aSecondOpenIsRefusedEvenForRootAndNamesTheHolder() throws IOException {
    try (Pty pty = Pty.open()) {
      SerialLine line = port(pty.path()).open();
      IOException refused = assertThrows(IOException.class, () -> port(pty.path()).open());
      assertTrue(refused.getMessage().startsWith(pty.path() + ": in use by "));
      assertTrue(refused.getMessage().contains("pid " + ProcessHandle.current().pid()));
      line.close();
      port(pty.path()).open().close();
    }
  }

  @Test
  void anotherProcessIsRefusedToo() throws IOException, InterruptedException {
    try (Pty pty = Pty.open()) {
      Process other =
          new ProcessBuilder("flock", "-n", pty.path().toString(), "-c", "echo held; sleep 20")
              .redirectErrorStream(true)
              .start();
      try {
        assertEquals('h', other.getInputStream().read());
        IOException refused = assertThrows(IOException.class, () -> port(pty.path()).open());
        assertTrue(refused.getMessage().contains("in use by"), refused.getMessage());
      } finally {
        other.descendants().forEach(ProcessHandle::destroyForcibly);
        other.destroyForcibly().waitFor();
      }
    }
  }

  @Test
  void noChildInheritsThePort() throws IOException, InterruptedException {
    try (Pty pty = Pty.open();
        SerialLine line = port(pty.path()).open()) {
      Process child =
          new ProcessBuilder("sh", "-c", "ls -l /proc/self/fd").redirectErrorStream(true).start();
      String files = new String(child.getInputStream().readAllBytes());
      assertTrue(child.waitFor(10, TimeUnit.SECONDS));
      assertTrue(!files.contains(pty.path().toString()), files);
      line.wake();
    }
  }

  @Test
  void unpluggingEndsAWaitAtOnceAndReadsAndWritesSaySo() throws Exception {
    Pty pty = Pty.open();
    try (SerialLine line = port(pty.path()).open()) {
      Thread puller = Thread.ofPlatform().start(pty::close);
      Tick began = Clock.SYSTEM.now();
      line.await(began, began.plusMillis(20_000));
      puller.join();
      assertTrue(Clock.SYSTEM.now().nanosSince(began) < 10_000_000_000L);
      IOException lost = assertThrows(IOException.class, () -> line.read(new byte[8], 0, 8));
      assertTrue(lost.getMessage().contains("plug"), lost.getMessage());
      assertThrows(IOException.class, () -> line.write(new byte[8], 0, 8));
    }
  }

  @Test
  void theSameNameOpensAgainAfterRePlugging() throws IOException {
    Path name = folder.resolve("usb-RS485");
    Pty first = Pty.open();
    Files.createSymbolicLink(name, first.path());
    SerialLine line = port(name).open();
    first.close();
    assertThrows(IOException.class, () -> line.read(new byte[1], 0, 1));
    line.close();
    Files.delete(name);
    IOException absent = assertThrows(IOException.class, () -> port(name).open());
    assertTrue(absent.getMessage().contains("no such device; plug"), absent.getMessage());
    try (Pty second = Pty.open()) {
      Files.createSymbolicLink(name, second.path());
      try (SerialLine again = port(name).open()) {
        again.write(new byte[] {42}, 0, 1);
        assertArrayEquals(new byte[] {42}, take(second::read, 1));
      }
    }
  }

  @Test
  void whatIsNoSerialDeviceIsSaidSo() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    IOException refused = assertThrows(IOException.class, () -> port(file).open());
    assertTrue(refused.getMessage().contains("not a serial device"), refused.getMessage());
  }

  @Test
  void directionByRtsIsRefusedWhereTheDriverCannot() throws IOException {
    try (Pty pty = Pty.open()) {
      JsscPort port = new JsscPort(pty.path(), SETTINGS, true);
      IOException refused = assertThrows(IOException.class, port::open);
      assertTrue(refused.getMessage().contains("rs485_rts = false"), refused.getMessage());
      port(pty.path()).open().close();
    }
  }

  @Test
  void aWakeUpEndsTheWaitAndBytesDoToo() throws Exception {
    try (Pty pty = Pty.open();
        SerialLine line = port(pty.path()).open()) {
      Tick now = Clock.SYSTEM.now();
      line.wake();
      line.await(now, now.plusMillis(20_000));
      pty.write(new byte[] {1}, 0, 1);
      line.await(now, now.plusMillis(20_000));
      assertTrue(Clock.SYSTEM.now().nanosSince(now) < 10_000_000_000L);
      line.discard();
      assertEquals(0, line.read(new byte[8], 0, 8));
    }
  }

  @Test
  void waitingCostsNoProcessorTime() throws IOException {
    try (Pty pty = Pty.open();
        SerialLine line = port(pty.path()).open()) {
      long before = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
      for (int i = 0; i < 20; i++) {
        Tick now = Clock.SYSTEM.now();
        line.await(now, now.plusMillis(50));
        line.read(new byte[8], 0, 8);
      }
      long used = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - before;
      assertTrue(used < 100_000_000L, used + " ns of processor in a second of waiting");
    }
  }

  private static JsscPort port(Path path) {
    return new JsscPort(path, SETTINGS, false);
  }

  @FunctionalInterface
  private interface Source {
    int read(byte[] buffer, int offset, int length) throws IOException;
  }

  /** Reads until all have come; the test's time-out is the limit. */
  private static byte[] take(Source source, int count) throws IOException {
    byte[] bytes = new byte[count];
    int have = 0;
    while (have < count) {
      have += source.read(bytes, have, count - have);
      Thread.onSpinWait();
    }
    return Arrays.copyOf(bytes, have);
  }
}
