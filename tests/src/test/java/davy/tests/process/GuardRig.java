package davy.tests.process;

import davy.bridge.guard.ScanReport;
import davy.controller.config.Folders;
import davy.controller.config.SiteFile;
import davy.controller.json.JsonLine;
import davy.controller.link.LinkClient;
import davy.hal.Clock;
import davy.tests.process.DemoProcess.Event;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;

/**
 * A running demonstration whose interlock is one of ours, with {@link Harm} inside and a {@link
 * GuardTap} before its guard. The guard is the firmware's host board, whose own stamps are the
 * times, or the emulated processor.
 */
final class GuardRig implements AutoCloseable {

  private static final long PATIENCE_MILLIS = 120_000;
  private static final long LOOK_NANOS = 2_000_000L;
  private static final Path LIBRARIES = Path.of("/usr/lib");

  private final Path folder;
  private final DemoProcess demo;
  private final List<String> command;
  private final Optional<EmulatedBoard> emulator;
  private final int begun;
  private final GuardTap tap;
  private final LinkClient frames;
  private final BlockingQueue<Long> stamps = new LinkedBlockingQueue<>();
  private volatile Map<String, Object> guard = Map.of();
  private Process interlock;
  private PrintWriter words;

  /** Starts all, and ends the demonstration's own interlock and its station. */
  GuardRig(Path folder, long seed, boolean emulated) throws Exception {
    this.folder = folder;
    this.demo = running(folder.resolve("root"));
    this.command = new ArrayList<>(demo.commandLine("interlock"));
    command.add(1, "-javaagent:" + agent(folder));
    DemoProcess.signal("KILL", demo.pid("station"));
    DemoProcess.signal("KILL", demo.pid("interlock"));
    demo.await("the guard's drop", 0, event -> relays(event, false));
    Path link = demo.root().resolve("dev/guard");
    this.emulator = emulated ? Optional.of(new EmulatedBoard(folder, digest())) : Optional.empty();
    Path far = emulated ? emulator.get().terminal() : link.toRealPath();
    this.tap = new GuardTap(link, far, seed);
    this.begun = moves().size();
    Path sockets = Folders.of(Optional.of(demo.root())).run();
    this.frames = LinkClient.start(sockets, LinkClient.Kind.WATCHER, this::hear, Clock.SYSTEM);
    startInterlock(Map.of());
  }

  /** None is left behind where its shift does not come. */
  private static DemoProcess running(Path root) throws Exception {
    DemoProcess demo = DemoProcess.start(root);
    try {
      demo.awaitShift();
      return demo;
    } catch (AssertionError never) {
      demo.close();
      throw never;
    }
  }

  private long digest() throws IOException {
    if (SiteFile.read(demo.root().resolve("etc/site.toml"))
        instanceof SiteFile.Outcome.Accepted accepted) {
      return ScanReport.digest(accepted.site().digest());
    }
    throw new IOException("the demonstration's site is refused");
  }

  /** How the relays moved so far, oldest first. */
  List<EmulatedBoard.Move> moves() {
    if (emulator.isPresent()) {
      return emulator.get().moves();
    }
    return demo.since(0).stream()
        .filter(event -> event.is("guard"))
        .map(
            event ->
                new EmulatedBoard.Move(
                    event.number("tick"), Boolean.TRUE.equals(event.fields().get("energised"))))
        .toList();
  }

  /** The next move to this state; empty when the time is over before. */
  Optional<EmulatedBoard.Move> move(int from, boolean energised, long limitMillis) {
    long end = System.nanoTime() + limitMillis * 1_000_000L;
    while (true) {
      Optional<EmulatedBoard.Move> found =
          moves().stream().skip(from).filter(move -> move.energised() == energised).findFirst();
      if (found.isPresent() || System.nanoTime() - end > 0) {
        return found;
      }
      LockSupport.parkNanos(LOOK_NANOS);
    }
  }

  /** How many moves there were before this interlock. */
  int begun() {
    return begun;
  }

  /** Resets the guard's processor; returns when. */
  long resetGuard() throws Exception {
    return emulator.isPresent() ? emulator.get().reset() : guard("reset");
  }

  private static Path agent(Path folder) throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(new Attributes.Name("Premain-Class"), Harm.class.getName());
    Path jar = folder.resolve("harm.jar");
    Path classes = Path.of(URI.create(Harm.class.getResource("Harm.class").toString())).getParent();
    try (var out = new JarOutputStream(Files.newOutputStream(jar), manifest);
        var all = Files.newDirectoryStream(classes, "Harm*.class")) {
      for (Path one : all) {
        out.putNextEntry(new JarEntry("davy/tests/process/" + one.getFileName()));
        Files.copy(one, out);
      }
    }
    return jar;
  }

  static boolean relays(Event event, boolean energised) {
    return event.is("guard") && event.fields().get("energised").equals(energised);
  }

  private void hear(LinkClient.Frame frame) {
    try {
      if (JsonLine.read(frame.json()).get("guard") instanceof Map<?, ?> fields) {
        @SuppressWarnings("unchecked")
        Map<String, Object> told = (Map<String, Object>) fields;
        guard = told;
      }
    } catch (JsonLine.Malformed e) {
      throw new AssertionError(e);
    }
  }

  void startInterlock(Map<String, String> environment) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.redirectError(ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()));
    builder.environment().putAll(environment);
    interlock = builder.start();
    words = new PrintWriter(interlock.outputWriter(StandardCharsets.UTF_8), true);
    Process reading = interlock;
    Thread.ofPlatform().daemon().start(() -> listen(reading.inputReader()));
  }

  private void listen(BufferedReader lines) {
    try (lines) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith("harmed ")) {
          stamps.add(Long.parseLong(line.substring("harmed ".length())));
        }
      }
    } catch (IOException _) {
      // The process has ended.
    }
  }

  /** Replaces whatever runs by an interlock that runs well. */
  void restartInterlock() throws IOException {
    restartInterlock(Map.of());
  }

  void restartInterlock(Map<String, String> environment) throws IOException {
    interlock.destroyForcibly().onExit().join();
    startInterlock(environment);
  }

  /**
   * What a process sees whose wall clock follows a file; empty where the library is missing. Its
   * timed waits are left alone, which libfaketime 0.9.10 would else end at once.
   */
  static Optional<Map<String, String>> fakeTime(Path file) throws IOException {
    try (Stream<Path> machines = Files.list(LIBRARIES)) {
      return machines
          .map(machine -> machine.resolve("faketime/libfaketime.so.1"))
          .filter(Files::exists)
          .findFirst()
          .map(
              library ->
                  Map.of(
                      "LD_PRELOAD",
                      library.toString(),
                      "FAKETIME_TIMESTAMP_FILE",
                      file.toString(),
                      "FAKETIME_DONT_FAKE_MONOTONIC",
                      "1",
                      "FAKETIME_FORCE_MONOTONIC_FIX",
                      "0",
                      "FAKETIME_NO_CACHE",
                      "1"));
    }
  }

  /** Harms it from within; returns when. */
  long harm(String how) throws InterruptedException {
    words.println(how);
    Long at = stamps.poll(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
    if (at == null) {
      throw new AssertionError("the interlock does not hear " + how);
    }
    return at;
  }

  /** Runs a shell's line with the interlock's process as $1; returns when it began. */
  long shell(String line) throws IOException, InterruptedException {
    long now = System.nanoTime();
    String pid = Long.toString(interlock.pid());
    new ProcessBuilder("sh", "-c", line, "sh", pid).inheritIO().start().waitFor();
    return now;
  }

  /** Does something to the guard's own inputs; returns when. */
  long guard(String what) throws Exception {
    if (emulator.isPresent()) {
      return emulator.get().hand(what);
    }
    long now = System.nanoTime();
    demo.type("guard " + what);
    return now;
  }

  GuardTap tap() {
    return tap;
  }

  DemoProcess demo() {
    return demo;
  }

  /** Its wall clock, as the newest whole record of the journal tells it. */
  String lastTime() throws Exception {
    Path journal = Folders.of(Optional.of(demo.root())).journal();
    List<Path> segments;
    try (var all = Files.list(journal)) {
      segments = all.filter(path -> path.toString().endsWith(".jsonl")).sorted().toList();
    }
    String written = Files.readString(segments.getLast());
    List<String> lines = written.substring(0, written.lastIndexOf('\n')).lines().toList();
    return String.valueOf(JsonLine.read(lines.getLast()).get("time"));
  }

  /** The cause of the guard's latest drop, as it tells itself. */
  String latestDrop() {
    return String.valueOf(guard.get("lastDrop"));
  }

  /** What the interlock's latest frame told of the guard, for people. */
  String told() {
    return guard.toString();
  }

  /** From the last good answer to the latest drop, by the firmware's clock. */
  long ownMillis() {
    return guard.get("dropMillis") instanceof Long millis ? millis : -1;
  }

  /**
   * Waits until the guard has pulled its relays in and a frame from after that says so.
   *
   * @param from moves up to this one are older
   */
  void awaitArmed(int from) {
    if (move(from, true, PATIENCE_MILLIS).isEmpty()) {
      throw new AssertionError("not armed: " + guard + " " + demo.said());
    }
    guard = Map.of();
    long end = System.nanoTime() + PATIENCE_MILLIS * 1_000_000L;
    while (!"ARMED".equals(guard.get("state"))) {
      if (System.nanoTime() - end > 0) {
        throw new AssertionError("not armed: " + guard + " " + demo.said());
      }
      LockSupport.parkNanos(LOOK_NANOS);
    }
  }

  @Override
  public void close() throws IOException {
    frames.close();
    interlock.destroyForcibly().onExit().join();
    tap.close();
    emulator.ifPresent(EmulatedBoard::close);
    demo.close();
  }
}
