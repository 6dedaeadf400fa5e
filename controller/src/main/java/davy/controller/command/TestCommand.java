package davy.controller.command;

import davy.controller.config.Folders;
import davy.controller.config.Site;
import davy.controller.config.SiteFile;
import davy.controller.event.EventCode;
import davy.controller.journal.JournalReader;
import davy.controller.journal.JournalRecord;
import davy.controller.link.LinkClient;
import davy.hal.Clock;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * A command by which a named person asks the running interlock for a test that cuts power (S18),
 * and waits for its record.
 */
abstract class TestCommand implements Callable<Integer> {

  @Parameters(paramLabel = "SITE", description = "The site file that the interlock runs.")
  private Path file;

  @Option(
      names = "--root",
      paramLabel = "DIR",
      description = "Where the interlock that was started with --root DIR keeps its files.")
  private Optional<Path> root = Optional.empty();

  @Spec private CommandSpec spec;

  /**
   * What is asked for.
   *
   * @param kind of the request
   * @param subject what is tested, as request and record call it: {@code zone}, {@code point}
   * @param name of that zone or point
   * @param outcome code of the record that tells it
   * @param seconds how long that may take
   */
  record Asked(
      String kind,
      String subject,
      String name,
      String person,
      EventCode outcome,
      int seconds,
      Words words) {}

  /**
   * What the person is told.
   *
   * @param before the PIN is asked for
   * @param accepted once the interlock has accepted; empty for nothing
   * @param unseen what it may mean that no outcome was seen
   */
  record Words(String before, String accepted, String unseen) {}

  @Override
  public final Integer call() {
    return switch (SiteFile.read(file)) {
      case SiteFile.Outcome.Accepted accepted -> tried(accepted.site());
      case SiteFile.Outcome.Refused refused -> {
        refused.complaints().forEach(err()::println);
        yield Exit.CONFIG;
      }
      case SiteFile.Outcome.Unreadable unreadable -> {
        err().println(unreadable.complaint());
        yield Exit.NO_INPUT;
      }
    };
  }

  private int tried(Site site) {
    try {
      return run(site);
    } catch (IOException unreadable) {
      err().println(unreadable.getMessage());
      return Exit.NO_INPUT;
    }
  }

  /** The exit code. */
  abstract int run(Site site) throws IOException;

  /** Tells the outcome; the exit code. */
  abstract int told(JournalRecord outcome);

  final int test(Site site, Asked asked) throws IOException {
    try (JournalReader journal = JournalReader.open(folders().journal());
        LinkClient link =
            LinkClient.start(folders().run(), LinkClient.Kind.WATCHER, _ -> {}, Clock.SYSTEM)) {
      RunningInterlock running = new RunningInterlock(link);
      Optional<Map<String, Object>> frame = running.frame();
      if (frame.isEmpty()) {
        err().println("no connection to the interlock: " + link.trouble());
        return Exit.NO_INPUT;
      }
      if (!RunningInterlock.digest(frame.get()).equals(site.digest())) {
        err().println("the running interlock has another site file than " + file);
        return Exit.WRONG;
      }
      return test(running, journal, asked);
    }
  }

  private int test(RunningInterlock running, JournalReader journal, Asked asked)
      throws IOException {
    say(asked.words().before());
    Optional<char[]> pin = PinPrompt.once();
    Optional<Map<String, Object>> frame = running.frame();
    if (pin.isEmpty() || frame.isEmpty()) {
      err().println(pin.isEmpty() ? "no PIN" : "the connection to the interlock is lost");
      return Exit.WRONG;
    }
    long after = RunningInterlock.durableSeq(frame.get());
    journal.seek(after);
    Map<String, String> about = Map.of(asked.subject(), asked.name(), "person", asked.person());
    Map<String, Object> answer = running.ask(asked.kind(), about, pin.get(), frame.get());
    if (!Boolean.TRUE.equals(answer.get("accepted"))) {
      err().println("refused: " + answer.get("text"));
      return Exit.WRONG;
    }
    say(asked.words().accepted());
    Optional<JournalRecord> outcome =
        running.outcome(
            journal,
            record ->
                record.seq() > after
                    && record.code().equals(asked.outcome().id())
                    && record.text(asked.subject()).equals(Optional.of(asked.name()))
                    && record.number("request").equals(Optional.of(answer.get("id"))),
            asked.seconds());
    if (outcome.isEmpty()) {
      err().println(asked.words().unseen());
      return Exit.WRONG;
    }
    return told(outcome.get());
  }

  private void say(String words) {
    if (!words.isEmpty()) {
      out().println(words);
      out().flush();
    }
  }

  final Folders folders() {
    return Folders.of(root);
  }

  final PrintWriter out() {
    return spec.commandLine().getOut();
  }

  final PrintWriter err() {
    return spec.commandLine().getErr();
  }
}
