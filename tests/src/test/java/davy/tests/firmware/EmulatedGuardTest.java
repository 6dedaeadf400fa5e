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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The firmware on an emulated Cortex-M3: its processor, UART, timer, pins and hardware watchdog are
 * QEMU's. Asserted times are the firmware's own.
 */
@Timeout(120)
final class EmulatedGuardTest {

  private static final Pattern PTY = Pattern.compile("redirected to (/dev/pts/\\d+)");
  private static final int CLOSE_MILLIS = 400;
  private static final int ROUND_MILLIS = 60;

  /** Data register of the port whose pins 0 and 1 drive the relays. */
  private static final String RELAYS = "xp /1wx 0x400053fc\n";

  private Process qemu;
  private BufferedReader lines;
  private Writer monitor;
  private Watcher watcher;

  @BeforeEach
  void start() throws Exception {
    assumeTrue(
        Firmware.has("qemu-system-arm") && Firmware.has("arm-none-eabi-gcc"),
        "no emulator or no cross compiler; ./davy test installs them");
    String elf = Firmware.OUT.resolve("guard-lm3s6965.elf").toString();
    Firmware.make("-B", "TAUGHT=0x" + Long.toHexString(Watcher.SITE) + "ULL", elf);
    qemu =
        new ProcessBuilder(
                List.of(
                    "qemu-system-arm",
                    "-M",
                    "lm3s6965evb",
                    "-kernel",
                    elf,
                    "-display",
                    "none",
                    "-nodefaults",
                    "-audiodev",
                    "none,id=a0",
                    "-serial",
                    "pty",
                    "-monitor",
                    "stdio"))
            .redirectErrorStream(true)
            .start();
    lines = qemu.inputReader();
    monitor = qemu.outputWriter();
    watcher = new Watcher(Path.of(read(PTY)));
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
