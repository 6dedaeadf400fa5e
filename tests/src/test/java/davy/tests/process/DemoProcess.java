package davy.tests.process;

import davy.controller.json.JsonLine;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** A running {@code davy demo --headless --json}, its events, its children. */
final class DemoProcess implements AutoCloseable {

  /** One line of its output. */
  record Event(Map<String, Object> fields) {

    String text(String name) {
      return fields.get(name) instanceof String text ? text : "";
    }

    long number(String name) {
      return fields.get(name) instanceof Number number ? number.longValue() : 0;
    }

    boolean is(String event) {
      return text("event").equals(event);
    }

    boolean feed(boolean live) {
      return is("feed") && fields.get("live").equals(live);
    }
  }

  private final Path root;
  private final Process process;
  private final PrintWriter keyboard;
  private final List<Event> events = new ArrayList<>();
  private final StringBuilder said = new StringBuilder();
  private final Thread reader;

  private DemoProcess(Path root, Process process) {
    this.root = root;
    this.process = process;
    this.keyboard = new PrintWriter(process.outputWriter(StandardCharsets.UTF_8), true);
    this.reader = Thread.ofPlatform().daemon().start(() -> read(process));
  }

  /** Where the laid-out program is. */
  static Path home() {
    return Path.of(System.getProperty("davy.home")).toAbsolutePath().normalize();
  }

  /**
   * @param root of its files: absent or empty
   */
  static DemoProcess start(Path root, String... more) throws IOException {
    List<String> command = new ArrayList<>();
    // A test run in the background inherits SIGINT ignored; a person's shell does not.
    command.addAll(List.of("env", "--default-signal=INT"));
    command.addAll(List.of(home().resolve("bin/davy").toString(), "demo", "--headless", "--json"));
    command.addAll(List.of("--root", root.toString()));
    command.addAll(Arrays.asList(more));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    return new DemoProcess(root, builder.start());
  }

  private void read(Process from) {
    try (BufferedReader lines = from.inputReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        take(line);
      }
    } catch (IOException e) {
      take(e.toString());
    }
  }

  private synchronized void take(String line) {
    said.append(line).append('\n');
    try {
      events.add(new Event(JsonLine.read(line)));
    } catch (JsonLine.Malformed _) {
      // A message of a process; it stands in what was said.
    }
    notifyAll();
  }

  Path root() {
    return root;
  }

  Process process() {
    return process;
  }

  /** How many events there are: {@link #await} from here sees what comes after. */
  synchronized int now() {
    return events.size();
  }

  synchronized List<Event> since(int from) {
    return List.copyOf(events.subList(from, events.size()));
  }

  /** All that it has said, for messages of tests. */
  synchronized String said() {
    return said.toString();
  }

  Event await(String what, int from, Predicate<Event> wanted) throws InterruptedException {
    return await(what, from, 60_000, wanted);
  }

  Event await(String what, int from, long limitMillis, Predicate<Event> wanted)
      throws InterruptedException {
    return comes(from, limitMillis, wanted)
        .orElseThrow(() -> new AssertionError(what + " did not come:\n" + said()));
  }

  /** The first wanted event from a position on; empty when the time is over before. */
  synchronized Optional<Event> comes(int from, long limitMillis, Predicate<Event> wanted)
      throws InterruptedException {
    long end = System.nanoTime() + limitMillis * 1_000_000L;
    while (true) {
      Optional<Event> found = since(from).stream().filter(wanted).findFirst();
      long left = (end - System.nanoTime()) / 1_000_000L;
      if (found.isPresent() || left <= 0 || !reader.isAlive()) {
        return found;
      }
      wait(Math.min(left, 500));
    }
  }

  /** The heading has power and the live shift has begun. */
  void awaitShift() throws InterruptedException {
    await("the live shift", 0, event -> event.is("live"));
  }

  /** As typed at its keyboard. */
  void type(String line) {
    keyboard.println(line);
  }

  /** The latest process of that name. */
  synchronized long pid(String name) {
    return events.stream()
        .filter(event -> event.is("process") && event.text("name").equals(name))
        .reduce((_, later) -> later)
        .orElseThrow()
        .number("pid");
  }

  synchronized List<Long> pids() {
    return events.stream()
        .filter(event -> event.is("process"))
        .map(event -> event.number("pid"))
        .toList();
  }

  /** The command line of one of its processes. */
  List<String> commandLine(String name) throws IOException {
    String line = Files.readString(Path.of("/proc", Long.toString(pid(name)), "cmdline"));
    return List.of(line.split("\0"));
  }

  static void signal(String signal, long pid) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-" + signal, Long.toString(pid)).inheritIO().start().waitFor();
  }

  static boolean alive(long pid) {
    return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
  }

  /** Its exit code; fails when it does not end. */
  int awaitEnd(long limitMillis) throws InterruptedException {
    if (!process.waitFor(limitMillis, TimeUnit.MILLISECONDS)) {
      throw new AssertionError("the demonstration does not end:\n" + said());
    }
    reader.join(5_000);
    return process.exitValue();
  }

  /** What has been left in a folder that should be gone. */
  static List<Path> leftIn(Path root) throws IOException {
    if (!Files.exists(root)) {
      return List.of();
    }
    try (Stream<Path> all = Files.walk(root)) {
      return all.toList();
    }
  }

  /** Tells it to end; one that does not is killed, and its children with it. */
  @Override
  public void close() {
    process.destroy();
    process.onExit().completeOnTimeout(process, 20, TimeUnit.SECONDS).join();
    process.destroyForcibly().onExit().join();
  }
}
