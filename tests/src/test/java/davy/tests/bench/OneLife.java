package davy.tests.bench;

import davy.controller.InterlockMain;
import davy.controller.config.Folders;
import davy.controller.json.JsonLine;
import davy.controller.link.LinkClient;
import davy.hal.Clock;
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

/** One life of an interlock: its process, and what its status socket tells of it. */
final class OneLife implements AutoCloseable {

  private static final long PATIENCE_SECONDS = 60;

  private final Process process;
  private final LinkClient client;
  private final BlockingQueue<LinkClient.Frame> frames;
  private final long began;

  private OneLife(
      Process process, LinkClient client, BlockingQueue<LinkClient.Frame> frames, long began) {
    this.process = process;
    this.client = client;
    this.frames = frames;
    this.began = began;
  }

  /**
   * @param root for everything that it writes; made here
   * @param cache the start-up cache it gets, if any
   */
  static OneLife begin(Path root, Path site, Optional<Path> cache) throws IOException {
    Files.createDirectory(root);
    Path sockets = Files.createDirectory(Folders.of(Optional.of(root)).run());
    BlockingQueue<LinkClient.Frame> frames = new LinkedBlockingQueue<>();
    LinkClient client =
        LinkClient.start(sockets, LinkClient.Kind.WATCHER, frames::add, Clock.SYSTEM);
    long began = System.nanoTime();
    Process process =
        new ProcessBuilder(command(root, site, cache))
            .redirectErrorStream(true)
            .redirectOutput(root.resolve("log").toFile())
            .start();
    return new OneLife(process, client, frames, began);
  }

  private static List<String> command(Path root, Path site, Optional<Path> cache) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("@" + NearEnd.home().resolve("etc/interlock.args"));
    cache.ifPresent(file -> command.add("-XX:AOTCache=" + file));
    command.add("-Ddavy.home=" + NearEnd.home());
    command.addAll(List.of("-cp", NearEnd.home().resolve("lib/interlock") + "/*"));
    command.add(InterlockMain.class.getName());
    command.addAll(List.of(site.toString(), "--root", root.toString()));
    return command;
  }

  /** At most: the latest scan that the first frame of the status socket knows of. */
  double firstScanMillis() throws Exception {
    Map<String, Object> status = frame();
    long age = (Long) ((Map<?, ?>) status.get("scan")).get("ageMillis");
    return ((Long) status.get("tick") - began) / 1e6 - age;
  }

  private Map<String, Object> frame() throws Exception {
    LinkClient.Frame frame = frames.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    if (frame == null) {
      throw new IOException("the interlock did not scan within " + PATIENCE_SECONDS + " s");
    }
    return JsonLine.read(frame.json());
  }

  double residentMegabytes() throws IOException {
    return Files.readAllLines(of("status")).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D+", "")) / 1_024)
        .findFirst()
        .orElse(0);
  }

  /** 0 for a thread that has none. */
  int priority(String thread) throws IOException {
    try (var tasks = Files.list(of("task"))) {
      for (Path task : tasks.toList()) {
        if (Files.readString(task.resolve("comm")).strip().equals(thread)) {
          return Integer.parseInt(stat(task.resolve("stat"))[37]);
        }
      }
    }
    return 0;
  }

  /** What follows the name, which may hold spaces. */
  private static String[] stat(Path file) throws IOException {
    return Files.readString(file).replaceFirst(".*\\) ", "").split(" ");
  }

  private Path of(String file) {
    return Path.of("/proc/" + process.pid() + "/" + file);
  }

  @Override
  public void close() {
    client.close();
    process.destroy();
    process.onExit().join();
  }
}
