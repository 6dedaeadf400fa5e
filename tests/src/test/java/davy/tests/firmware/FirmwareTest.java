package davy.tests.firmware;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The guard's core on this machine. */
@Timeout(300)
final class FirmwareTest {

  private static final int FLASH_BYTES = 16 * 1024;
  private static final int RAM_BYTES = 4 * 1024;

  /** Percent; all with gcc 12, and another compiler may count a branch of its own. */
  private static final double BRANCHES = 98.0;

  @Test
  void itsUnitTestsAndGoldenVectorsHold() throws Exception {
    String words = Firmware.make("test");
    assertTrue(words.contains("tests,") && words.contains("sessions, 0 failures"), words);
  }

  @Test
  void itsTestsReachEveryLineAndEveryBranch() throws Exception {
    String words = Firmware.make("coverage");
    Matcher shares =
        Pattern.compile("(Lines executed|Taken at least once):([0-9.]+)%").matcher(words);
    int figures = 0;
    while (shares.find()) {
      double least = shares.group(1).startsWith("Lines") ? 100.0 : BRANCHES;
      assertTrue(Double.parseDouble(shares.group(2)) >= least, words);
      figures++;
    }
    assertTrue(figures == 2 * 3, words);
  }

  @Test
  void noReachableStateHoldsTheRelaysAgainstARule() throws Exception {
    assertTrue(Firmware.make("explore").contains("none breaks a rule"));
  }

  @Test
  void hostileBytesNeverHoldTheRelays() throws Exception {
    assertTrue(Firmware.make("fuzz").contains("nothing broke"));
  }

  @Test
  void libFuzzerFindsNothing() throws Exception {
    assumeTrue(Firmware.hasLibFuzzer(), "no clang or no libFuzzer; ./davy test installs them");
    String seconds = Boolean.getBoolean("davy.long") ? "300" : "8";
    String words = Firmware.make("FUZZ_SECONDS=" + seconds, "libfuzzer");
    Matcher runs = Pattern.compile("number_of_executed_units: (\\d+)").matcher(words);
    assertTrue(runs.find() && Integer.parseInt(runs.group(1)) > 100, words);
  }

  @Test
  void staticAnalysisFindsNothing() throws Exception {
    assumeTrue(Firmware.has("cppcheck"), "cppcheck is not installed; ./davy test does it");
    Firmware.make("analyse", "misra");
  }

  @Test
  void itFitsTheSmallProcessors() throws Exception {
    assumeTrue(Firmware.has("arm-none-eabi-gcc"), "no cross compiler; ./davy test installs one");
    Matcher sizes =
        Pattern.compile("^ *(\\d+)\\s+(\\d+)\\s+(\\d+)\\s.*guard-(\\w+).elf", Pattern.MULTILINE)
            .matcher(Firmware.make("analyse-boards", "stack", "boards"));
    int boards = 0;
    while (sizes.find()) {
      int flash = Integer.parseInt(sizes.group(1)) + Integer.parseInt(sizes.group(2));
      int data = Integer.parseInt(sizes.group(2)) + Integer.parseInt(sizes.group(3));
      int stack = StackDepth.of(Firmware.OUT.resolve("stack").resolve(sizes.group(4)));
      System.out.printf(
          "%s: %d bytes of flash; memory %d, deepest stack %d%n",
          sizes.group(4), flash, data, stack);
      assertTrue(flash < FLASH_BYTES, "flash: " + flash);
      assertTrue(data + stack < RAM_BYTES, "memory: " + data + " and " + stack);
      boards++;
    }
    assertTrue(boards == 2, "boards: " + boards);
  }
}
