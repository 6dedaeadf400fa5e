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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code davy prooftest SITE --zone N --person P}: 断电试验 through the running interlock (S18). */
@Command(
    name = "prooftest",
    description = {
      "断电试验: trips a zone FOR REAL through the running interlock, waits until its feed",
      "reads dead, and tells how long that took.",
      "The PIN is asked at the terminal, else read from standard input. It is not the 15-day",
      "test of the heads with gas.",
      "Exit 0: passed. Exit 1: failed, refused, or no outcome seen. Exit 66: no interlock,",
      "site file or journal there. Exit 78: the site file is refused."
    })
final class ProofTestCommand implements Callable<Integer> {

  /** A test ends within the zone's drop-out time; the record is on disk soon after. */
  private static final int OUTCOME_SECONDS = 60;

  @Parameters(paramLabel = "SITE", description = "The site file that the interlock runs.")
  private Path file;

  @Option(names = "--zone", required = true, paramLabel = "N", description = "The zone's name.")
  private String zone;

  @Option(
      names = "--person",
      required = true,
      paramLabel = "P",
      description = "Who tests, as named in persons.toml.")
  private String person;

  @Option(
      names = "--root",
      paramLabel = "DIR",
      description = "Where the interlock that was started with --root DIR keeps its files.")
  private Optional<Path> root;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    PrintWriter err = spec.commandLine().getErr();
    return switch (SiteFile.read(file)) {
      case SiteFile.Outcome.Accepted accepted -> test(accepted.site());
      case SiteFile.Outcome.Refused refused -> {
        refused.complaints().forEach(err::println);
        yield Exit.CONFIG;
      }
      case SiteFile.Outcome.Unreadable unreadable -> {
        err.println(unreadable.complaint());
        yield Exit.NO_INPUT;
      }
    };
  }

  private int test(Site site) throws IOException {
    PrintWriter err = spec.commandLine().getErr();
    List<String> zones = site.zones().stream().map(Site.Zone::name).toList();
    if (!zones.contains(zone)) {
      err.println("no zone " + zone + "; there are: " + String.join(", ", zones));
      return Exit.WRONG;
    }
    Folders folders = Folders.of(root);
    try (JournalReader journal = JournalReader.open(folders.journal());
        LinkClient link =
            LinkClient.start(folders.run(), LinkClient.Kind.WATCHER, _ -> {}, Clock.SYSTEM)) {
      RunningInterlock running = new RunningInterlock(link);
      Optional<Map<String, Object>> frame = running.frame();
      if (frame.isEmpty()) {
        err.println("no connection to the interlock: " + link.trouble());
        return Exit.NO_INPUT;
      }
      if (!RunningInterlock.digest(frame.get()).equals(site.digest())) {
        err.println("the running interlock has another site file than " + file);
        return Exit.WRONG;
      }
      return test(running, journal);
    } catch (IOException unreadable) {
      err.println(unreadable.getMessage());
      return Exit.NO_INPUT;
    }
  }

  private int test(RunningInterlock running, JournalReader journal) throws IOException {
    PrintWriter err = spec.commandLine().getErr();
    spec.commandLine().getOut().println("zone " + zone + " loses power now if the PIN is right");
    Optional<char[]> pin = PinPrompt.once();
    Optional<Map<String, Object>> frame = running.frame();
    if (pin.isEmpty() || frame.isEmpty()) {
      err.println(pin.isEmpty() ? "no PIN" : "the connection to the interlock is lost");
      return Exit.WRONG;
    }
    journal.seek(RunningInterlock.durableSeq(frame.get()));
    Map<String, Object> answer =
        running.ask("proof-test", Map.of("zone", zone, "person", person), pin.get(), frame.get());
    if (!Boolean.TRUE.equals(answer.get("accepted"))) {
      err.println("refused: " + answer.get("text"));
      return Exit.WRONG;
    }
    long after = RunningInterlock.durableSeq(frame.get());
    return running
        .outcome(
            journal,
            record ->
                record.seq() > after
                    && record.code().equals(EventCode.PROOF_TESTED.id())
                    && record.text("zone").equals(Optional.of(zone))
                    && record.number("request").equals(Optional.of(answer.get("id"))),
            OUTCOME_SECONDS)
        .map(this::told)
        .orElseGet(this::unseen);
  }

  private int told(JournalRecord outcome) {
    BigDecimal millis = BigDecimal.valueOf(outcome.number("micros").orElse(0L), 3);
    boolean passed = Boolean.TRUE.equals(outcome.fields().get("passed"));
    spec.commandLine()
        .getOut()
        .printf(
            passed
                ? "%s: PASSED 断电试验合格: feed dead %s ms after the trip, record %d%n"
                : "%s: FAILED 断电试验不合格: the feed was not read dead in time (%s ms), record %d;"
                    + " withheld until it is%n",
            zone,
            millis.toPlainString(),
            outcome.seq());
    spec.commandLine().getOut().printf("what is missing before power returns: davy why %s%n", zone);
    return passed ? Exit.OK : Exit.WRONG;
  }

  private int unseen() {
    spec.commandLine()
        .getErr()
        .printf(
            "no outcome within %d s; the zone may be withheld: see davy why %s%n",
            OUTCOME_SECONDS, zone);
    return Exit.WRONG;
  }
}
