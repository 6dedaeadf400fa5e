package davy.tests.planted;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The storm on an interlock with a bug: a process of its own, in which the bug comes first. */
final class Weather {

  private static final String HOURS = "1";
  private static final String SEED = "1";

  private Weather() {}

  static Optional<String> complaint(Greenhouse house) throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("davy-planted");
    try {
      house.write(folder);
      Process process = new ProcessBuilder(command(folder)).redirectErrorStream(true).start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return process.waitFor() == 0
          ? Optional.empty()
          : said.lines()
              .filter(line -> !line.startsWith("storm:"))
              .findFirst()
              .or(() -> Optional.of(said));
    } finally {
      try (var files = Files.walk(folder)) {
        files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
      }
    }
  }

  private static List<String> command(Path folder) {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-ea",
        "-Xmx1g",
        "-Dtinylog.level=off",
        "-cp",
        folder + File.pathSeparator + System.getProperty("java.class.path"),
        "davy.tests.storm.Storm",
        "--hours",
        HOURS,
        "--from",
        SEED);
  }
}
