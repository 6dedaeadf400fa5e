package davy.tests.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The benchmarks: {@code ./davy bench [PART …] [--quick] [--json]}. Without {@code --quick} each
 * part puts its own section into {@code tests/bench/RESULTS.md} anew. Exit code 1 when a goal was
 * not met.
 */
public final class Bench {

  private static final List<String> PARTS =
      List.of("wire", "transaction", "relay", "relay-loaded", "scan", "guard", "process", "large");

  /** One part: measures into a report. */
  @FunctionalInterface
  private interface Part {
    void run(Path folder, Report report, boolean quick) throws Exception;
  }

  private Bench() {}

  public static void main(String[] arguments) throws Exception {
    List<String> words = new ArrayList<>(List.of(arguments));
    boolean json = words.remove("--json");
    boolean quick = words.remove("--quick");
    if (!PARTS.containsAll(words)) {
      System.err.println("usage: davy bench " + PARTS + " [--quick] [--json]");
      System.exit(64);
    }
    boolean met = true;
    for (String name : words.isEmpty() ? PARTS : words) {
      Report report = run(name, quick);
      if (json) {
        report.json().forEach(System.out::println);
      } else {
        System.out.println("\n" + name + "\n\n" + report.table());
      }
      if (!quick) {
        Results.write(Path.of("bench/RESULTS.md"), report);
      }
      met &= report.figures().stream().allMatch(Report.Figure::met);
    }
    System.exit(met ? 0 : 1);
  }

  /** Runs one part in a folder of its own. */
  static Report run(String name, boolean quick) throws Exception {
    Path folder = Files.createTempDirectory("davy-bench");
    Report report = new Report(name);
    try {
      part(name).run(folder, report, quick);
    } finally {
      remove(folder);
    }
    return report;
  }

  private static Part part(String name) {
    return switch (name) {
      case "wire" -> WirePart::run;
      case "transaction" -> TransactionPart::run;
      case "relay" -> RelayPart::idle;
      case "relay-loaded" -> RelayPart::loaded;
      case "scan" -> ScanPart::run;
      case "guard" -> GuardPart::run;
      case "process" -> ProcessPart::run;
      case "large" -> LargePart::run;
      default -> throw new IllegalArgumentException(name);
    };
  }

  private static void remove(Path folder) throws IOException {
    try (var all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }
}
