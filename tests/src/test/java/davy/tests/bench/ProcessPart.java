package davy.tests.bench;

import davy.bridge.sim.SimRelays;
import davy.bridge.sim.SimSlave;
import davy.controller.config.StartCache;
import davy.hal.SerialSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The interlock itself at 16 points: from its start to its first scan, what it holds in memory, and
 * what its threads got of the kernel. With the start-up cache where there is one, and without.
 */
final class ProcessPart {

  private static final SerialSettings SETTINGS =
      new SerialSettings(115_200, SerialSettings.Format.F8N1);
  private static final int STARTS = 5;
  private static final int LONG_SECONDS = 600;
  private static final int QUICK_SECONDS = 60;

  private final Path folder;
  private final Report report;
  private final Path site;
  private int runs;

  private ProcessPart(Path folder, Report report, Path site) {
    this.folder = folder;
    this.report = report;
    this.site = site;
  }

  static void run(Path folder, Report report, boolean quick) throws Exception {
    Heads heads = new Heads(BenchSite.HEADS_A_LINE);
    SimSlave board = new SimSlave(1, new SimRelays(8), 0);
    try (PacedWire relays = new PacedWire(SETTINGS, List.of(board), (_, _) -> {}, _ -> {});
        PacedWire wire = new PacedWire(SETTINGS, heads.slaves(), (_, _) -> {}, _ -> {})) {
      Path site =
          BenchSite.write(
              folder,
              BenchSite.HEADS_A_LINE,
              line -> line.startsWith("relays") ? relays.path() : wire.path());
      new ProcessPart(folder, report, site).all(quick);
    }
  }

  private void all(boolean quick) throws Exception {
    Optional<Path> cache = new StartCache(NearEnd.home()).fitting();
    if (cache.isPresent()) {
      several("with the start-up cache", cache, quick);
    }
    several("without a start-up cache", Optional.empty(), quick);
  }

  /** A folder that no life had before. */
  private Path run() {
    return folder.resolve("run-" + ++runs);
  }

  private void several(String how, Optional<Path> cache, boolean quick) throws Exception {
    List<Double> millis = new ArrayList<>();
    for (int start = 1; start < STARTS; start++) {
      try (OneLife life = OneLife.begin(run(), site, cache)) {
        millis.add(life.firstScanMillis());
      }
    }
    try (OneLife life = OneLife.begin(run(), site, cache)) {
      millis.add(life.firstScanMillis());
      millis.sort(null);
      double median = millis.get(millis.size() / 2);
      report.goal("start to first scan, " + how, median, 0, "ms", "≤ 1,000 ms", median <= 1_000);
      Near.pause(quick ? QUICK_SECONDS : LONG_SECONDS);
      double resident = life.residentMegabytes();
      String after = quick ? "1 min" : "10 min";
      report.goal(
          "resident after " + after + ", " + how, resident, 1, "MB", "≤ 64 MB", resident <= 64);
      report.add("real-time priority of the scan", life.priority("scan"), 0, "");
      report.add("real-time priority of a line", life.priority("heads-1"), 0, "");
      report.add("real-time priority of the collector", life.priority("VM Thread"), 0, "");
    }
  }
}
