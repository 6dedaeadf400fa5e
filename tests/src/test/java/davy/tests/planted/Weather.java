package davy.tests.planted;

import davy.tests.storm.StormProcess;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The storm on an interlock with a bug: a process of its own, in which the bug comes first. */
final class Weather {

  private static final String HOURS = "6";
  private static final String SEED = "1";

  private Weather() {}

  static Optional<String> complaint(Greenhouse house) throws IOException {
    StormProcess.Ended ended = storm(house, "--hours", HOURS, "--from", SEED);
    return ended.exitCode() == 0
        ? Optional.empty()
        : ended
            .said()
            .lines()
            .filter(line -> line.startsWith("seed "))
            .findFirst()
            .or(() -> Optional.of(ended.said()));
  }

  static StormProcess.Ended storm(Greenhouse house, String... arguments) throws IOException {
    Path folder = Files.createTempDirectory("davy-planted");
    try {
      house.write(folder);
      return StormProcess.run(List.of(folder), arguments);
    } finally {
      try (var files = Files.walk(folder)) {
        files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
      }
    }
  }
}
