package davy.tests.storm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The storm in a process of its own: it logs every fault, and needs its own memory. */
final class StormTest {

  private static final String HOURS = Boolean.getBoolean("davy.long") ? "1000" : "2";

  private static String storm(int expected, String... arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-ea",
                "-Xmx1g",
                "-Dtinylog.level=off",
                "-cp",
                System.getProperty("java.class.path"),
                Storm.class.getName()));
    command.addAll(List.of(arguments));
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertEquals(expected, process.onExit().join().exitValue(), said);
      return said;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void noZoneEverHasPowerThatTheTruthForbidsAndPowerComesBackWhenTheFaultsEnd() {
    String said = storm(0, "--hours", HOURS, "--from", "1");
    System.out.print(said);
    assertTrue(said.contains("power came back"), said);
  }

  @Test
  void theSameSeedTellsTheSameStory() {
    List<String> told =
        Stream.of("7", "7").parallel().map(seed -> storm(0, "--seed", seed)).toList();
    assertEquals(told.getFirst(), told.getLast());
  }
}
