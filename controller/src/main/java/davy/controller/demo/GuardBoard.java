package davy.controller.demo;

import davy.bridge.guard.ScanReport;
import davy.controller.config.SiteFile;
import davy.controller.demo.MineCommand.Word;
import davy.hal.Clock;
import davy.hal.posix.Pty;
import davy.hal.signal.Tick;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The guard of the demonstration: the firmware itself, compiled for this machine, as a process on a
 * pseudo-terminal. What it does with its master relays is told to the mine as it happens; without
 * the process they fall. Its words are read on a thread of its own, the rest is the main thread's.
 */
final class GuardBoard {

  /** Name of its line among the demonstration's. */
  static final String LINE = "guard";

  /** The firmware can't be had. */
  static final class Missing extends Exception {
    private static final long serialVersionUID = 1L;

    Missing(String message) {
      super(message);
    }
  }

  private final Children children;
  private final MineLink mine;
  private final List<String> command;
  private volatile Optional<PrintWriter> hands = Optional.empty();

  private GuardBoard(Children children, MineLink mine, List<String> command) {
    this.children = children;
    this.mine = mine;
    this.command = command;
  }

  /**
   * Compiles it and teaches it the site, as a person does with its button.
   *
   * @param sources the firmware's
   * @param root of the demonstration
   * @throws Missing with what to do about it
   */
  static GuardBoard make(Path sources, Path root, Path site, Children children, MineLink mine)
      throws IOException, InterruptedException, Missing {
    Path program = root.resolve("guard-host");
    compile(sources, program, root.resolve("log").resolve("guard-compiler.log"));
    Path link = MineMain.link(root, LINE);
    String store = root.resolve("guard-flash").toString();
    return new GuardBoard(
        children, mine, List.of(program.toString(), link.toString(), store, digest(site, link)));
  }

  private static void compile(Path sources, Path program, Path log)
      throws IOException, InterruptedException, Missing {
    List<String> words =
        new ArrayList<>(
            List.of("cc", "-std=c11", "-O2", "-pthread", "-I" + sources.resolve("core")));
    words.addAll(List.of("-o", program.toString()));
    words.addAll(programs(sources.resolve("board/host")));
    words.addAll(programs(sources.resolve("core")));
    int code;
    try {
      ProcessBuilder compiler = new ProcessBuilder(words).redirectErrorStream(true);
      code = compiler.redirectOutput(log.toFile()).start().waitFor();
    } catch (IOException _) {
      throw new Missing(
          "no C compiler for the guard's firmware; install it with: sudo apt-get install"
              + " gcc libc6-dev");
    }
    if (code != 0) {
      throw new Missing("the guard's firmware does not compile: " + Files.readString(log));
    }
  }

  private static List<String> programs(Path folder) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.map(Path::toString).filter(name -> name.endsWith(".c")).sorted().toList();
    }
  }

  /** A terminal stands where the guard's will be, for the site is judged before its guard is. */
  private static String digest(Path site, Path link) throws IOException, Missing {
    try (Pty place = Pty.open()) {
      Files.createSymbolicLink(link, place.path());
      if (SiteFile.read(site) instanceof SiteFile.Outcome.Accepted accepted) {
        return String.format(Locale.ROOT, "%016x", ScanReport.digest(accepted.site().digest()));
      }
      throw new Missing("the demonstration's own site file is refused");
    } finally {
      Files.deleteIfExists(link);
    }
  }

  /** Starts it, dropped; again after it was killed. */
  Children.Child start() throws IOException {
    Children.Child child = children.converse("guard", command);
    hands = Optional.of(new PrintWriter(child.process().outputWriter(), true));
    BufferedReader lines = child.process().inputReader(StandardCharsets.UTF_8);
    Thread.ofPlatform().daemon().name("guard words").start(() -> listen(lines));
    return child;
  }

  /** Does something to its inputs, as {@code board/host/main.c} lists; any thread. */
  void say(String words) {
    hands.ifPresent(guard -> guard.println(words));
  }

  private void listen(BufferedReader lines) {
    try {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String[] words = line.split(" ");
        if (words[0].equals("relays")) {
          master(words[1].equals("1"), new Tick(Long.parseLong(words[2])));
        }
      }
    } catch (IOException _) {
      // The process has ended, as at the end of its words.
    }
    if (!children.closed()) {
      master(false, Clock.SYSTEM.now());
    }
  }

  private void master(boolean energised, Tick at) {
    mine.send(new MineCommand(Word.MASTER, energised ? "1" : "0"));
    mine.tell(Fact.of(Fact.Kind.GUARD, at).with("energised", energised));
  }
}
