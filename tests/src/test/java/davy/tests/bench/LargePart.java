package davy.tests.bench;

import davy.controller.config.StartCache;
import davy.hal.posix.Pty;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How long a person waits for the largest site that a substation may have: 200 points, 64 zones,
 * four lines of 32 heads and eight lines with a relay board each. Nobody answers on the lines: a
 * first scan waits for no slave.
 */
final class LargePart {

  private static final int TIMES = 5;

  private final Path folder;
  private final Report report;
  private final Path site;
  private final int times;

  private LargePart(Path folder, Report report, Path site, int times) {
    this.folder = folder;
    this.report = report;
    this.site = site;
    this.times = times;
  }

  static void run(Path folder, Report report, boolean quick) throws Exception {
    Map<String, Pty> lines = new HashMap<>();
    try {
      for (String line : LargeSite.lines()) {
        lines.put(line, Pty.open());
      }
      Path site = LargeSite.write(folder, line -> lines.get(line).path());
      new LargePart(folder, report, site, quick ? 1 : TIMES).all();
    } finally {
      lines.values().forEach(Pty::close);
    }
  }

  private void all() throws Exception {
    List<Double> checks = new ArrayList<>();
    for (int time = 0; time < times; time++) {
      checks.add(checkMillis());
    }
    report.add("davy check", median(checks), 0, "ms");
    Optional<Path> cache = new StartCache(NearEnd.home()).fitting();
    if (cache.isPresent()) {
      starts("with the start-up cache", cache);
    }
    starts("without a start-up cache", Optional.empty());
  }

  private void starts(String how, Optional<Path> cache) throws Exception {
    List<Double> starts = new ArrayList<>();
    for (int time = 0; time < times; time++) {
      Path root = folder.resolve(how.split(" ")[0] + "-" + time);
      try (OneLife life = OneLife.begin(root, site, cache)) {
        starts.add(life.firstScanMillis());
      }
    }
    report.add("start to first scan, " + how, median(starts), 0, "ms");
  }

  private double checkMillis() throws Exception {
    long began = System.nanoTime();
    Process check =
        new ProcessBuilder(NearEnd.home().resolve("bin/davy").toString(), "check", site.toString())
            .redirectErrorStream(true)
            .redirectOutput(Files.createTempFile(folder, "check", ".txt").toFile())
            .start();
    if (check.waitFor() != 0) {
      throw new IOException("davy check ended with " + check.exitValue());
    }
    return (System.nanoTime() - began) / 1e6;
  }

  private static double median(List<Double> values) {
    return values.stream().sorted().toList().get(values.size() / 2);
  }
}
