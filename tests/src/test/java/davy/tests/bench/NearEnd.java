package davy.tests.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A process at the near end, and what it told. Ends with its owner. */
final class NearEnd implements AutoCloseable {

  private final Process process;
  private final BufferedReader lines;
  private final PrintWriter words;
  private final Map<String, long[]> figures = new HashMap<>();

  private NearEnd(List<String> command) throws IOException {
    process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    lines = process.inputReader(StandardCharsets.UTF_8);
    words = new PrintWriter(process.outputWriter(StandardCharsets.UTF_8), true);
  }

  /** {@link Near} with the interlock's flags and class path. */
  static NearEnd java(String... arguments) throws IOException {
    return java(List.of(), arguments);
  }

  /**
   * The same with more flags, which win.
   *
   * @param flags of the Java machine
   */
  static NearEnd java(List<String> flags, String... arguments) throws IOException {
    List<String> command = asTheInterlock();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("@" + home().resolve("etc/interlock.args"));
    command.addAll(flags);
    command.add("-Dtinylog.level=off");
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Near.class.getName()));
    command.addAll(List.of(arguments));
    return new NearEnd(command);
  }

  /** The words before a command that give it the priority of the interlock's own threads. */
  static List<String> asTheInterlock() throws IOException {
    List<String> chrt = List.of("chrt", "-r", "30");
    try {
      boolean may = new ProcessBuilder("chrt", "-r", "30", "true").start().waitFor() == 0;
      return new ArrayList<>(may ? chrt : List.of());
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  static NearEnd program(String... command) throws IOException {
    return new NearEnd(List.of(command));
  }

  /** Where the program is laid out. */
  static Path home() {
    return Path.of(System.getProperty("davy.home", "../controller/target/davy")).toAbsolutePath();
  }

  long pid() {
    return process.pid();
  }

  /** Reads until it has told this; fails when it ends before. */
  long[] await(String name) throws IOException {
    while (!figures.containsKey(name)) {
      String line = lines.readLine();
      if (line == null) {
        throw new IOException("the near end ended before it told of " + name);
      }
      if (line.matches("[a-z-]+[0-9 -]*+")) { // Java itself may have something to say, too.
        String[] parts = line.split(" ");
        figures.put(parts[0], Arrays.stream(parts).skip(1).mapToLong(Long::parseLong).toArray());
      }
    }
    return figures.get(name);
  }

  void say(String word) {
    words.println(word);
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
