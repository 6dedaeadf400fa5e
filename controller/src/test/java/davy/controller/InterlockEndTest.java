package davy.controller;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class InterlockEndTest {

  @TempDir Path root;

  @Test
  void aDefectEndsTheProcessEvenWhenWithholdingFailsToo() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                BrokenInterlock.class.getName(),
                root.toString())
            .redirectErrorStream(true)
            .redirectOutput(root.resolve("said").toFile())
            .start();
    try {
      assertTrue(process.waitFor(30, TimeUnit.SECONDS), "it goes on without its scan");
      assertEquals(70, process.exitValue());
    } finally {
      process.destroyForcibly();
    }
  }
}
