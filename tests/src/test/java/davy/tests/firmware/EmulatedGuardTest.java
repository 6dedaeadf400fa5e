package davy.tests.firmware;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import davy.bridge.guard.GuardCause;
import java.io.BufferedReader;
import java.io.Writer;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The firmware on an emulated Cortex-M3: its processor, UART, timer, pins and hardware watchdog are
 * QEMU's. Asserted times are the firmware's own.
 */
@Timeout(120)
@Tag("real-time")
final class EmulatedGuardTest {

  private static final Pattern PTY = Pattern.compile("redirected to (/dev/pts/\\d+)");
  private static final int CLOSE_MILLIS = 400;
  private static final int ROUND_MILLIS = 60;

  /** Data register of the port whose pins 0 and 1 drive the relays. */
  private static final String RELAYS = "xp /1wx 0x400053fc\n";

  @TempDir private Path folder;

  private Process qemu;
  private BufferedReader lines;
  private Writer monitor;
  private Watcher watcher;
  private Probe probe;

  @BeforeEach
  void start() throws Exception {
    assumeTrue(
        Firmware.has("qemu-system-arm") && Firmware.has("arm-none-eabi-gcc"),
        "no emulator or no cross compiler; ./davy test installs them");
    Path elf = Firmware.OUT.resolve("guard-lm3s6965.elf");
    Firmware.make("-B", "TAUGHT=0x" + Long.toHexString(Watcher.SITE) + "ULL", elf.toString());
    probe = new Probe(folder.resolve("probe"));
    List<String> command = Firmware.emulator(elf, probe.socket());
    qemu = new ProcessBuilder(command).redirectErrorStream(true).start();
    lines = qemu.inputReader();
    monitor = qemu.outputWriter();
    Path terminal = Path.of(read(PTY));
    Firmware.raise(qemu);
    watcher = new Watcher(terminal);
  }

  @AfterEach
  void stop() throws Exception {
    if (qemu != null) {
      watcher.close();
      qemu.destroyForcibly().waitFor();
    }
  }

  private String read(Pattern wanted) throws Exception {
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      Matcher found = wanted.matcher(line);
      if (found.find()) {
        return found.group(1);
      }
    }
    throw new AssertionError("QEMU ended without " + wanted);
  }

  /** What the two pins really show. */
  private int relays() throws Exception {
    monitor.write(RELAYS);
    monitor.flush();
    return Integer.decode(read(Pattern.compile("0*400053fc: (0x[0-9a-f]+)"))) & 3;
  }

  @Test
  void scansHoldBothPinsAndTheirEndDropsThem() throws Exception {
    assertEquals(0, relays());
    watcher.awaitArmed();
    assertEquals(3, relays());
    watcher.scanning(false);
    watcher.awaitDropped(GuardCause.TOO_LATE);
    assertEquals(0, relays());
    int own = watcher.image().status().orElseThrow().dropMillis();
    System.out.println("emulated: dropped " + own + " ms after the last good answer");
    assertTrue(own > CLOSE_MILLIS && own <= CLOSE_MILLIS + ROUND_MILLIS, "after " + own);
    watcher.scanning(true);
    watcher.awaitArmed();
    assertEquals(3, relays());
  }

  /** A harm of the interlock as the line sees it, and what the firmware makes of it. */
  private record Row(String name, Runnable harm, GuardCause cause, Runnable mend) {}

  @Test
  void whateverTheInterlockDoesBothPinsDropInTimeAndComeBackByTheWholeSequence() throws Exception {
    Runnable scan = () -> watcher.scanning(true);
    List<Row> rows =
        List.of(
            new Row("scans end", () -> watcher.scanning(false), GuardCause.TOO_LATE, scan),
            new Row("scans pause for 450 ms", () -> pause(450), GuardCause.TOO_LATE, scan),
            new Row(
                "roll call is short",
                () -> watcher.rollCall(false),
                GuardCause.TOO_LATE,
                () -> watcher.rollCall(true)),
            new Row("a reading of 2.1 s", () -> watcher.granted(2_100), GuardCause.AGE, () -> {}),
            new Row(
                "scans told twice",
                () -> watcher.counting(false),
                GuardCause.SCAN_REPEATED,
                () -> watcher.counting(true)),
            new Row(
                "another site",
                () -> watcher.runningSite(Watcher.SITE + 1),
                GuardCause.DIGEST,
                () -> watcher.runningSite(Watcher.SITE)));
    watcher.awaitArmed();
    System.out.println("emulated Cortex-M3: harm; cause; ms since the last good answer");
    for (Row row : rows) {
      row.harm().run();
      watcher.awaitDropped(row.cause());
      int own = watcher.image().status().orElseThrow().dropMillis();
      assertEquals(0, relays(), row.name() + ": both pins dead, energised no more");
      System.out.printf("%-24s %-14s %4d%n", row.name(), row.cause(), own);
      assertTrue(own <= CLOSE_MILLIS + ROUND_MILLIS, row.name() + " after " + own);
      row.mend().run();
      watcher.awaitArmed();
      assertEquals(3, relays(), row.name());
    }
    long drops = watcher.image().status().orElseThrow().drops();
    pause(200);
    assertEquals(drops, watcher.image().status().orElseThrow().drops(), "a pause of 200 ms");
  }

  /** Scans stand still for so long, by this machine's clock, and go on. */
  private void pause(long millis) {
    watcher.scanning(false);
    long end = System.nanoTime() + millis * Watcher.MILLI;
    while (System.nanoTime() - end < 0) {
      LockSupport.parkNanos(end - System.nanoTime());
    }
    watcher.scanning(true);
  }

  @Test
  void aClockThatStandsStillDropsBothPinsAndTheHardwareWatchdogResetsIt() throws Exception {
    watcher.awaitArmed();
    int boots = watcher.image().identity().orElseThrow().boots();
    long stopped = System.nanoTime();
    probe.stopClock();
    while (relays() != 0) {
      LockSupport.parkNanos(Watcher.MILLI);
    }
    long dead = System.nanoTime();
    assertEquals(0, relays(), "neither pin energised");
    watcher.await("reset", () -> watcher.image().identity().orElseThrow().boots() > boots);
    assertEquals(GuardCause.WATCHDOG, watcher.image().identity().orElseThrow().resetCause());
    System.out.printf(
        "emulated: its clock stands still: both pins dead after %d ms, reset told after %d ms%n",
        (dead - stopped) / Watcher.MILLI, (System.nanoTime() - stopped) / Watcher.MILLI);
    watcher.awaitArmed();
    assertEquals(3, relays());
  }

  @Test
  void aResetDropsBothPinsAndTheCauseIsKept() throws Exception {
    watcher.awaitArmed();
    monitor.write("system_reset\n");
    monitor.flush();
    watcher.awaitDropped(GuardCause.WATCHDOG);
    assertTrue(watcher.image().identity().orElseThrow().boots() >= 2);
    watcher.awaitArmed();
    watcher.granted(2_001);
    watcher.awaitDropped(GuardCause.AGE);
    assertEquals(0, relays());
    assertFalse(watcher.image().latest().isEmpty());
  }
}
