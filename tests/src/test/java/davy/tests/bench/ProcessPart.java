package davy.tests.bench;

import davy.bridge.sim.SimRelays;
import davy.bridge.sim.SimSlave;
import davy.controller.InterlockMain;
import davy.controller.config.Folders;
import davy.controller.config.StartCache;
import davy.controller.json.JsonLine;
import davy.controller.link.LinkClient;
import davy.hal.Clock;
import davy.hal.SerialSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

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
  private static final long PATIENCE_SECONDS = 60;

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

  private void several(String how, Optional<Path> cache, boolean quick) throws Exception {
    List<Double> millis = new ArrayList<>();
    for (int start = 1; start < STARTS; start++) {
      try (Run run = new Run(cache)) {
        millis.add(run.firstScanMillis());
      }
    }
    try (Run run = new Run(cache)) {
      millis.add(run.firstScanMillis());
      millis.sort(null);
      double median = millis.get(millis.size() / 2);
      report.goal("start to first scan, " + how, median, 0, "ms", "≤ 1,000 ms", median <= 1_000);
      Near.pause(quick ? QUICK_SECONDS : LONG_SECONDS);
      double resident = run.status("VmRSS") / 1_024.0;
      String after = quick ? "1 min" : "10 min";
      report.goal(
          "resident after " + after + ", " + how, resident, 1, "MB", "≤ 64 MB", resident <= 64);
      report.add("real-time priority of the scan", run.priority("scan"), 0, "");
      report.add("real-time priority of a line", run.priority("heads-1"), 0, "");
      report.add("real-time priority of the collector", run.priority("VM Thread"), 0, "");
    }
  }

  /** One life of an interlock. */
  private final class Run implements AutoCloseable {
    private final Process process;
    private final long began;
    private final BlockingQueue<LinkClient.Frame> frames = new LinkedBlockingQueue<>();
    private final LinkClient client;

    Run(Optional<Path> cache) throws IOException {
      Path root = Files.createDirectory(folder.resolve("run-" + ++runs));
      Path sockets = Files.createDirectory(Folders.of(Optional.of(root)).run());
      client = LinkClient.start(sockets, LinkClient.Kind.WATCHER, frames::add, Clock.SYSTEM);
      List<String> command = new ArrayList<>();
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      command.add("@" + NearEnd.home().resolve("etc/interlock.args"));
      cache.ifPresent(file -> command.add("-XX:AOTCache=" + file));
      command.addAll(
          List.of(
              "-Ddavy.home=" + NearEnd.home(),
              "-cp",
              NearEnd.home().resolve("lib/interlock") + "/*",
              InterlockMain.class.getName(),
              site.toString(),
              "--root",
              root.toString()));
      began = System.nanoTime();
      process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(root.resolve("log").toFile())
              .start();
    }

    /** At most: the latest scan that the first frame of the status socket knows of. */
    double firstScanMillis() throws Exception {
      LinkClient.Frame frame = frames.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (frame == null) {
        throw new IOException("the interlock did not scan within " + PATIENCE_SECONDS + " s");
      }
      Map<String, Object> status = JsonLine.read(frame.json());
      long age = (Long) ((Map<?, ?>) status.get("scan")).get("ageMillis");
      return ((Long) status.get("tick") - began) / 1e6 - age;
    }

    /** A row of {@code /proc/PID/status}, in KB. */
    double status(String name) throws IOException {
      return Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream()
          .filter(line -> line.startsWith(name + ":"))
          .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D+", "")))
          .findFirst()
          .orElse(0);
    }

    /** 0 for a thread that has none. */
    int priority(String thread) throws IOException {
      try (var tasks = Files.list(Path.of("/proc/" + process.pid() + "/task"))) {
        for (Path task : tasks.toList()) {
          if (Files.readString(task.resolve("comm")).strip().equals(thread)) {
            String[] fields =
                Files.readString(task.resolve("stat")).replaceFirst(".*\\) ", "").split(" ");
            return Integer.parseInt(fields[37]);
          }
        }
      }
      return 0;
    }

    @Override
    public void close() {
      client.close();
      process.destroy();
      process.onExit().join();
    }
  }
}
