package davy.tests.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Processes beside Davy that a test starts and that end with it. */
final class Companions implements AutoCloseable {

  private static final long PATIENCE_NANOS = 10_000_000_000L;

  private final Path folder;
  private final List<Process> running = new ArrayList<>();

  Companions(Path folder) {
    this.folder = folder;
  }

  /** Compiles the independent slave; returns the executable. */
  Path slave() throws IOException, InterruptedException {
    Path program = folder.resolve("slave");
    String source = Path.of("src/test/c/slave.c").toAbsolutePath().toString();
    List<String> command = new ArrayList<>(List.of("gcc", "-O1", "-I/usr/include/modbus"));
    command.addAll(List.of("-o", program.toString(), source, "-lmodbus"));
    Process gcc = new ProcessBuilder(command).redirectErrorStream(true).start();
    String words = new String(gcc.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (gcc.waitFor() != 0) {
      throw new AssertionError("needs the packages gcc and libmodbus-dev: " + words);
    }
    return program;
  }

  /** Two joined pseudo-terminals with these names. */
  void join(Path one, Path other) throws IOException, InterruptedException {
    start("socat", "pty,raw,echo=0,link=" + one, "pty,raw,echo=0,link=" + other);
    long end = System.nanoTime() + PATIENCE_NANOS;
    while (!Files.exists(one) || !Files.exists(other)) {
      if (System.nanoTime() - end > 0) {
        throw new AssertionError("socat made no pseudo-terminals");
      }
      Thread.onSpinWait();
    }
  }

  Process start(String... command) throws IOException {
    return start(List.of(command));
  }

  Process start(List<String> command) throws IOException {
    Path log = folder.resolve(running.size() + ".log");
    Process process = new ProcessBuilder(command).redirectError(log.toFile()).start();
    running.add(process);
    return process;
  }

  /** A companion whose output nobody reads. */
  Process startMute(List<String> command) throws IOException {
    Path log = folder.resolve(running.size() + ".log");
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    running.add(process);
    return process;
  }

  /** Waits for the one line that tells that a companion works. */
  static void awaitLine(Process process, String wanted) throws IOException {
    BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
    String line = lines.readLine();
    if (!wanted.equals(line)) {
      throw new AssertionError("instead of " + wanted + ": " + line);
    }
  }

  @Override
  public void close() {
    for (Process process : running.reversed()) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly().onExit().join();
    }
  }
}
