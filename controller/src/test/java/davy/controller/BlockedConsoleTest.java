package davy.controller;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The line threads log when a port is lost: that must not depend on who reads the log. */
final class BlockedConsoleTest {

  @TempDir Path folder;

  @Test
  void aThreadThatLogsNeverWaitsForWhoeverReadsTheLog() throws Exception {
    Path said = folder.resolve("said");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dtinylog.configuration=tinylog.properties",
                "-cp",
                System.getProperty("java.class.path"),
                Talker.class.getName())
            .redirectOutput(said.toFile())
            .start();
    try {
      long end = System.nanoTime() + 20_000_000_000L;
      while (!Files.readString(said).contains("all said")) {
        assertTrue(System.nanoTime() < end, "it waits for the reader of its log");
        assertTrue(
            !process.waitFor(20, TimeUnit.MILLISECONDS)
                || Files.readString(said).contains("all said"),
            "it ended without a word");
      }
    } finally {
      process.destroyForcibly();
    }
  }
}
