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
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code davy gastest SITE --point T1 --person P} or {@code --due}: 甲烷超限断电试验 (S18). */
@Command(
    name = "gastest",
    description = {
      "甲烷超限断电试验: asks the running interlock to watch what gas at a head cuts, FOR REAL,",
      "waits for the gas, and tells the outcome. --due lists when each head last passed,",
      "by the journal's time labels, and which are overdue.",
      "The PIN is asked at the terminal, else read from standard input.",
      "Exit 0: passed, or none is overdue. Exit 1: failed, refused, no outcome seen, or overdue.",
      "Exit 66: no interlock, site file or journal there. Exit 78: the site file is refused."
    })
final class GasTestCommand implements Callable<Integer> {

  /** Beyond the longest wait for gas, for the record to be on disk. */
  private static final int GRACE_SECONDS = 60;

  @Parameters(paramLabel = "SITE", description = "The site file that the interlock runs.")
  private Path file;

  @ArgGroup(multiplicity = "1")
  private What what;

  /** One or the other. */
  private static final class What {
    @Option(names = "--due", required = true, description = "Lists, and asks for nothing.")
    private boolean due;

    @ArgGroup(exclusive = false)
    private Test test;
  }

  /** Who tests what. */
  private static final class Test {
    @Option(names = "--point", required = true, paramLabel = "T1", description = "The head.")
    private String point;

    @Option(
        names = "--person",
        required = true,
        paramLabel = "P",
        description = "Who tests, as named in persons.toml.")
    private String person;
  }

  @Option(
      names = "--root",
      paramLabel = "DIR",
      description = "Where the interlock that was started with --root DIR keeps its files.")
  private Optional<Path> root = Optional.empty();

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    return switch (SiteFile.read(file)) {
      case SiteFile.Outcome.Accepted accepted -> run(accepted.site());
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

  private int run(Site site) {
    Folders folders = Folders.of(root);
    try {
      return what.due ? due(site, folders.journal()) : test(site, folders);
    } catch (IOException unreadable) {
      err().println(unreadable.getMessage());
      return Exit.NO_INPUT;
    }
  }

  private int due(Site site, Path journal) throws IOException {
    List<GasTests.Head> heads = GasTests.of(site, journal, Instant.now());
    int every = site.profile().gasTestDays();
    heads.forEach(head -> out().println(head.point() + ": " + head.told(every)));
    return heads.stream().anyMatch(GasTests.Head::overdue) ? Exit.WRONG : Exit.OK;
  }

  private int test(Site site, Folders folders) throws IOException {
    try (JournalReader journal = JournalReader.open(folders.journal());
        LinkClient link =
            LinkClient.start(folders.run(), LinkClient.Kind.WATCHER, _ -> {}, Clock.SYSTEM)) {
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
      return test(running, journal, site);
    }
  }

  private int test(RunningInterlock running, JournalReader journal, Site site) throws IOException {
    Optional<char[]> pin = PinPrompt.once();
    Optional<Map<String, Object>> frame = running.frame();
    if (pin.isEmpty() || frame.isEmpty()) {
      err().println(pin.isEmpty() ? "no PIN" : "the connection to the interlock is lost");
      return Exit.WRONG;
    }
    long after = RunningInterlock.durableSeq(frame.get());
    journal.seek(after);
    Map<String, String> about = Map.of("point", what.test.point, "person", what.test.person);
    Map<String, Object> answer = running.ask("gas-test", about, pin.get(), frame.get());
    if (!Boolean.TRUE.equals(answer.get("accepted"))) {
      err().println("refused: " + answer.get("text"));
      return Exit.WRONG;
    }
    int minutes = site.profile().shelfMillis() / 60_000;
    out().printf("bring gas to %s within %d minutes: it cuts%n", what.test.point, minutes);
    out().flush();
    return running
        .outcome(
            journal,
            record ->
                record.seq() > after
                    && record.code().equals(EventCode.GAS_TESTED.id())
                    && record.text("point").equals(Optional.of(what.test.point))
                    && record.number("request").equals(Optional.of(answer.get("id"))),
            minutes * 60 + GRACE_SECONDS)
        .map(this::told)
        .orElseGet(this::unseen);
  }

  private int told(JournalRecord outcome) {
    BigDecimal millis = BigDecimal.valueOf(outcome.number("micros").orElse(0L), 3);
    BigDecimal peak = BigDecimal.valueOf(outcome.number("peak").orElse(0L), 2);
    boolean passed = Boolean.TRUE.equals(outcome.fields().get("passed"));
    out()
        .printf(
            "%s: %s %s: it read %s %%CH4, feeds dead %s ms after its limit, record %d%n",
            what.test.point,
            outcome.text("outcome").orElse(""),
            passed ? "试验合格" : "试验不合格",
            peak.toPlainString(),
            passed ? millis.toPlainString() : "not in time:",
            outcome.seq());
    return passed ? Exit.OK : Exit.WRONG;
  }

  private int unseen() {
    err().println("no outcome seen; a restart of the interlock forgets a test under way");
    return Exit.WRONG;
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }

  private PrintWriter err() {
    return spec.commandLine().getErr();
  }
}
