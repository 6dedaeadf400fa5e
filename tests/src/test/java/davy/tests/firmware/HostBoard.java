package davy.tests.firmware;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;

/** The firmware's host board as a process, its terminal and its flash in one folder. */
final class HostBoard implements AutoCloseable {

  private static final String RELAYS = "relays ";

  private final Path line;
  private final Process process;
  private final PrintWriter hands;
  private final List<String> said = new CopyOnWriteArrayList<>();

  HostBoard(Path folder, String program) throws IOException {
    this(folder, program, Map.of());
  }

  /**
   * Starts it as taught with {@link Watcher#SITE}, where its flash is new.
   *
   * @param program as the makefile names it
   * @param environment of the process, besides our own
   */
  HostBoard(Path folder, String program, Map<String, String> environment) throws IOException {
    line = folder.resolve("line");
    Path store = folder.resolve("store");
    ProcessBuilder builder =
        new ProcessBuilder(
                Firmware.OUT.resolve(program).toString(),
                line.toString(),
                store.toString(),
                Long.toHexString(Watcher.SITE))
            .redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().putAll(environment);
    process = builder.start();
    hands = new PrintWriter(process.outputWriter(), true);
    Thread.ofPlatform().daemon().start(this::listen);
    while (!said.contains("ready") && process.isAlive()) {
      LockSupport.parkNanos(Watcher.MILLI);
    }
  }

  private void listen() {
    try (var lines = process.inputReader()) {
      for (String one = lines.readLine(); one != null; one = lines.readLine()) {
        said.add(one);
      }
    } catch (IOException _) {
      // The process has ended.
    }
  }

  /** Its terminal. */
  Path line() {
    return line;
  }

  /** Does something to its inputs, as {@code board/host/main.c} lists. */
  void hand(String command) {
    hands.println(command);
  }

  /** What the kernel made of its wish for a processor of its own. */
  String priority() {
    return said.stream().filter(one -> one.startsWith("priority ")).findFirst().orElse("");
  }

  boolean energised() {
    List<String> relays = relays();
    return !relays.isEmpty() && relays.getLast().startsWith(RELAYS + 1);
  }

  /** Monotonic nanoseconds of the relays' latest move. */
  long movedAt() {
    return Long.parseLong(relays().getLast().split(" ")[2]);
  }

  private List<String> relays() {
    return said.stream().filter(one -> one.startsWith(RELAYS)).toList();
  }

  /** As a loss of its supply. */
  @Override
  public void close() throws IOException {
    process.destroyForcibly().onExit().join();
    Files.deleteIfExists(line);
  }
}
