package davy.tests.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code davy prooftest} and {@code davy gastest} as a person types them, at a live shift. */
@Tag("real-time")
final class TestCommandsTest {

  private static final String ZONE = "Z1";
  private static final String PIN = "123456";

  @TempDir private Path folder;

  /** A command under way, with its PIN given. */
  private record Typed(Process process, BufferedReader lines) {

    static Typed type(DemoProcess demo, String... words) throws IOException {
      List<String> command = new ArrayList<>();
      command.add(DemoProcess.home().resolve("bin/davy").toString());
      command.addAll(List.of(words));
      command.addAll(List.of("--root", demo.root().toString()));
      ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
      builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
      Process process = builder.start();
      try (PrintWriter keyboard = new PrintWriter(process.outputWriter(StandardCharsets.UTF_8))) {
        keyboard.println(PIN);
      }
      return new Typed(process, process.inputReader(StandardCharsets.UTF_8));
    }

    void awaitLine(String beginning) throws IOException {
      StringBuilder said = new StringBuilder();
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        said.append(line).append('\n');
        if (line.startsWith(beginning)) {
          return;
        }
      }
      throw new AssertionError("it did not say \"" + beginning + "\":\n" + said);
    }

    String end(int exit) throws InterruptedException {
      String said = lines.lines().collect(Collectors.joining("\n"));
      assertEquals(exit, process.waitFor(), said);
      return said;
    }
  }

  @Test
  void bothTakeThePowerAndTellHowSoonItWasGone() throws Exception {
    Patience.attempt(folder, TestCommandsTest::test);
  }

  private static void test(Path folder) throws Exception {
    try (DemoProcess demo = DemoProcess.start(folder.resolve("root"))) {
      demo.awaitShift();
      String site = demo.root().resolve("etc/site.toml").toString();
      int before = demo.now();
      Typed proof = Typed.type(demo, "prooftest", site, "--zone", ZONE, "--person", "demo");
      String told = proof.end(0);
      assertTrue(told.contains(ZONE + ": PASSED"), told);
      demo.await("the cut by the proof test", before, event -> event.feed(false));
      demo.await(
          "power again", before, event -> event.feed(true) && event.text("zone").equals(ZONE));

      int powered = demo.now();
      Typed gas = Typed.type(demo, "gastest", site, "--point", "T2", "--person", "demo");
      gas.awaitLine("bring gas to T2");
      demo.type("testgas T2");
      told = gas.end(0);
      assertTrue(told.contains("T2: PASSED"), told);
      demo.await("the cut by the gas", powered, event -> event.feed(false));

      told = Typed.type(demo, "gastest", site, "--due").end(1);
      assertTrue(told.contains("T2: last passed"), told);
      assertTrue(told.contains("T1: no test passed in this journal: OVERDUE"), told);
    }
  }
}
