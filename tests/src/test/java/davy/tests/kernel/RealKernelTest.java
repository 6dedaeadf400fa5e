package davy.tests.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import davy.hal.BoardRules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;

/** See the package. A kernel that can't be had here is a skipped test with its reason. */
@Tag("real-time")
@Timeout(600)
final class RealKernelTest {

  private static final String KEEP = "pinctrl_bcm2835.persist_gpio_outputs=1";
  private static final String KEEPS = "this kernel keeps outputs driven after Davy dies";
  private static final String RELEASES = "this kernel turns outputs into inputs when Davy dies";

  private static final ExecutorService TWO = Executors.newFixedThreadPool(2);

  private static Future<Vm> pi;
  private static Future<Vm> pl061;
  private static Future<Vm> keepingPi;
  private static String missing = "";

  @BeforeAll
  static void bootTwoAtATime() throws Exception {
    switch (Image.machine()) {
      case Image.Machine.Ready(Path folder) -> {
        pi = TWO.submit(() -> run(folder, Model.RASPI3B, "rules,modbus", true, ""));
        pl061 = TWO.submit(() -> run(folder, Model.VIRT, "rules,modbus", false, ""));
        keepingPi = TWO.submit(() -> run(folder, Model.RASPI3B, "none", false, KEEP));
      }
      case Image.Machine.Missing(String why) -> missing = why;
    }
  }

  @AfterAll
  static void stop() {
    TWO.shutdownNow();
  }

  private static Vm ended(Future<Vm> machine) throws Exception {
    assumeTrue(missing.isEmpty(), "no emulated kernel here: " + missing);
    return machine.get();
  }

  private static Vm run(Path folder, Model model, String steps, boolean releases, String kernel)
      throws IOException {
    Path scratch = Files.createTempDirectory("vm");
    Path image = scratch.resolve("image");
    Path log = Path.of("target", "kernel-" + model + (kernel.isEmpty() ? "" : "-keep") + ".log");
    long began = System.nanoTime();
    try {
      Image.write(image, folder, site(model), scratch);
      String settings =
          "DAVY_CHIP=%s DAVY_LINES=%d DAVY_PORT=%s DAVY_RELEASES=%s DAVY_STEPS=%s %s"
              .formatted(model.label(), model.lines(), model.port(), releases, steps, kernel);
      try (Vm vm = new Vm(model, folder, image, scratch, settings)) {
        vm.run(log);
        System.out.printf(
            "emulated %s: %s, %.0f s, %d s of processor%n",
            model, log, (System.nanoTime() - began) / 1e9, vm.processor().toSeconds());
        return vm;
      }
    } finally {
      for (String file : List.of("image", "site.toml", "console", "bus", "qtest")) {
        Files.deleteIfExists(scratch.resolve(file));
      }
      Files.delete(scratch);
    }
  }

  /** The example heading on a bench, its zone on the relay's line and one line on the UART. */
  private static String site(Model model) throws IOException {
    return Files.readString(Path.of("../deploy/sites/heading.toml"))
        .replace("[site]", "[site]\nbench = true")
        .replaceFirst("(?m)^port = .*", "port = \"" + model.port() + "\"")
        .replaceFirst(
            "(?m)^output = .*",
            "output = { chip = \"%s\", line = %d, active = \"high\" }"
                .formatted(model.label(), Guest.RELAY))
        .replaceAll(
            "= \\{ chip = \"pinctrl-bcm2711\", line = 2(\\d)",
            "= { chip = \"" + model.label() + "\", line = $1");
  }

  @Test
  void aPl061KeepsTheSeamsRulesAndKeepsOutputsAfterAKill() throws Exception {
    Vm vm = ended(pl061);
    assertRules(vm);
    assertTrace(vm);
    assertModbus(vm);
    assertKilled(vm, new Vm.Pin(true, true));
    assertDoctorSays(vm, Model.VIRT, KEEPS);
  }

  @Test
  void aPiKeepsTheSeamsRulesAndReleasesOutputsAfterAKill() throws Exception {
    Vm vm = ended(pi);
    assertRules(vm);
    assertTrace(vm);
    assertModbus(vm);
    assertKilled(vm, new Vm.Pin(false, vm.afterTheKill().high()));
    assertDoctorSays(vm, Model.RASPI3B, RELEASES);
  }

  @Test
  void aPiThatWasToldToKeepsOutputsAfterAKill() throws Exception {
    Vm vm = ended(keepingPi);
    assertKilled(vm, new Vm.Pin(true, true));
    assertDoctorSays(vm, Model.RASPI3B, KEEPS);
  }

  private static void assertRules(Vm vm) {
    List<String> rules = vm.results("rule");
    assertEquals(List.of(), rules.stream().filter(rule -> rule.startsWith("FAILED")).toList());
    Set<String> told =
        rules.stream()
            .map(rule -> rule.split(" ")[1])
            .collect(Collectors.toCollection(HashSet::new));
    Set<String> all =
        Arrays.stream(BoardRules.class.getDeclaredMethods())
            .filter(
                method ->
                    method.isAnnotationPresent(Test.class)
                        || method.isAnnotationPresent(ParameterizedTest.class))
            .map(method -> method.getName())
            .collect(Collectors.toSet());
    assertEquals(all, told);
    assertEquals(
        List.of("aBrokenWireReadsAsItsPullSays"),
        rules.stream()
            .filter(rule -> rule.startsWith("ABORTED"))
            .map(rule -> rule.split(" ")[1])
            .toList());
  }

  /** The level is there before the direction turns, and nothing energises but the drive. */
  private static void assertTrace(Vm vm) {
    for (int rest : List.of(0, 1)) {
      String active = rest == 0 ? "HIGH" : "LOW";
      assertEquals(
          List.of("set " + rest, "out (0)", "set " + (1 - rest), "set " + rest, "set " + rest),
          vm.results("trace").stream()
              .filter(event -> event.startsWith(active))
              .map(event -> event.replaceFirst(".*: \\d+ ", ""))
              .toList());
    }
  }

  /**
   * Every value is one that the slave served, in its order and never twice; no fault is a value.
   */
  private static void assertModbus(Vm vm) {
    List<String> faulty = vm.results("faulty");
    assertEquals(5, faulty.size(), faulty.toString());
    assertFalse(faulty.stream().anyMatch(fault -> fault.endsWith("Values")), faulty.toString());
    List<String> served = vm.slave().served();
    List<String> values = vm.results("values");
    assertEquals(Guest.READS, values.size(), values.toString());
    int from = 0;
    for (String each : values) {
      int at = served.subList(from, served.size()).indexOf(each);
      assertTrue(at >= 0, each + " after " + from + " of " + served);
      from += at + 1;
    }
    String sent = "tx:" + 8 * vm.slave().requests() + " ";
    List<String> uart = vm.results("uart");
    assertTrue(uart.stream().anyMatch(line -> line.contains(sent)), sent + "not in " + uart);
  }

  private static void assertKilled(Vm vm, Vm.Pin after) {
    assertEquals(List.of("137"), vm.results("ended"), "by SIGKILL");
    assertEquals(new Vm.Pin(true, true), vm.beforeTheKill());
    assertEquals(after, vm.afterTheKill());
  }

  /** The truth about this kernel's pins, every pin of the site, the UART, no number misread. */
  private static void assertDoctorSays(Vm vm, Model model, String words) {
    String said = String.join("", vm.results("doctor"));
    List<String> truths =
        List.of(
            words,
            model.label() + " line " + Guest.RELAY,
            model.label() + " line 2",
            model.label() + " line 3",
            ", driver " + model.driver());
    for (String truth : truths) {
      assertTrue(said.contains(truth), () -> truth + " is not in " + said);
    }
    assertFalse(said.contains(words.equals(KEEPS) ? RELEASES : KEEPS), said);
    assertFalse(said.contains("throttling"), said);
  }
}
