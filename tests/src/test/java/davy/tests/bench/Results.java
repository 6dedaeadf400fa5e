package davy.tests.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The page of results: a section a part, each with its own day, machine and command. */
final class Results {

  private static final String HEAD =
      """
      # Results of the benchmarks

      Written by `./davy bench`; what each figure means stands in `deploy/docs/real-time.md`.
      Each part can be run by itself and replaces its own section. With a load average of more than
      about 1 other programs ran meanwhile, and what is told of times is what such a machine gives.
      """;

  private Results() {}

  static void write(Path file, Report report) throws IOException {
    Files.createDirectories(file.getParent());
    String page = Files.exists(file) ? Files.readString(file) : HEAD;
    String section = section(report);
    Matcher old = Pattern.compile("(?ms)^## " + report.part() + "$.*?(?=^## |\\z)").matcher(page);
    Files.writeString(
        file,
        old.find()
            ? page.substring(0, old.start()) + section + page.substring(old.end())
            : page + "\n" + section);
  }

  private static String section(Report report) throws IOException {
    return "## %s%n%n%s. `./davy bench %s`, %s.%n%n%s%n"
        .formatted(report.part(), LocalDate.now(), report.part(), machine(), report.table())
        .replaceFirst("\n+\\z", "\n\n");
  }

  private static String machine() throws IOException {
    String processor =
        Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
            .filter(line -> line.startsWith("model name") || line.startsWith("Model"))
            .map(line -> line.substring(line.indexOf(':') + 2))
            .findFirst()
            .orElse(System.getProperty("os.arch"));
    String kernel =
        Files.readString(Path.of("/proc/sys/kernel/osrelease"), StandardCharsets.UTF_8).strip();
    String load = Files.readString(Path.of("/proc/loadavg")).split(" ")[0];
    return "%d × %s, Linux %s, Java %s; load average at its end %s"
        .formatted(
            Runtime.getRuntime().availableProcessors(), processor, kernel, Runtime.version(), load);
  }
}
