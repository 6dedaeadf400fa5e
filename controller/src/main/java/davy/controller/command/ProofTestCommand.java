package davy.controller.command;

import davy.controller.config.Folders;
import davy.controller.config.Site;
import davy.controller.config.SiteFile;
import davy.controller.event.EventCode;
import davy.controller.journal.JournalReader;
import davy.controller.journal.JournalRecord;
import davy.controller.json.JsonLine;
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
import java.util.concurrent.locks.LockSupport;
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
      Running running = new Running(link);
      Optional<Map<String, Object>> frame = running.frame();
      if (frame.isEmpty()) {
        err.println("no connection to the interlock: " + link.trouble());
        return Exit.NO_INPUT;
      }
      if (!Running.digest(frame.get()).equals(site.digest())) {
        err.println("the running interlock has another site file than " + file);
        return Exit.WRONG;
      }
      return test(running, journal);
    } catch (IOException unreadable) {
      err.println(unreadable.getMessage());
      return Exit.NO_INPUT;
    }
  }

  private int test(Running running, JournalReader journal) throws IOException {
    PrintWriter err = spec.commandLine().getErr();
    spec.commandLine().getOut().println("zone " + zone + " loses power now if the PIN is right");
    Optional<char[]> pin = PinPrompt.once();
    Optional<Map<String, Object>> frame = running.frame();
    if (pin.isEmpty() || frame.isEmpty()) {
      err.println(pin.isEmpty() ? "no PIN" : "the connection to the interlock is lost");
      return Exit.WRONG;
    }
    journal.seek(Running.durableSeq(frame.get()));
    Map<String, Object> answer = running.ask(zone, person, new String(pin.get()), frame.get());
    if (!Boolean.TRUE.equals(answer.get("accepted"))) {
      err.println("refused: " + answer.get("text"));
      return Exit.WRONG;
    }
    Optional<JournalRecord> outcome =
        running.outcome(journal, zone, answer.get("id"), Running.durableSeq(frame.get()));
    return outcome.map(this::told).orElseGet(this::unseen);
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
            Running.OUTCOME_SECONDS, zone);
    return Exit.WRONG;
  }

  /** The running interlock, as this command sees it. */
  private static final class Running {

    /** A test ends within the zone's drop-out time; the record is on disk soon after. */
    static final int OUTCOME_SECONDS = 60;

    private static final int FRAME_SECONDS = 5;

    private final LinkClient link;

    Running(LinkClient link) {
      this.link = link;
    }

    /** The present status frame, waited for a few seconds. */
    Optional<Map<String, Object>> frame() throws IOException {
      Waiting waiting = new Waiting(FRAME_SECONDS);
      Optional<LinkClient.Frame> frame = link.latest();
      while (frame.isEmpty() && waiting.on()) {
        frame = link.latest();
      }
      return frame.isEmpty() ? Optional.empty() : Optional.of(read(frame.get().json()));
    }

    private static Map<String, Object> read(String line) throws IOException {
      try {
        return JsonLine.read(line);
      } catch (JsonLine.Malformed malformed) {
        throw new IOException("the interlock said something else: " + malformed.getMessage());
      }
    }

    static String digest(Map<String, Object> frame) {
      return frame.get("site") instanceof Map<?, ?> site ? String.valueOf(site.get("digest")) : "";
    }

    static long durableSeq(Map<String, Object> frame) {
      return frame.get("journal") instanceof Map<?, ?> journal
              && journal.get("durableSeq") instanceof Long seq
          ? seq
          : 0;
    }

    Map<String, Object> ask(String zone, String person, String pin, Map<String, Object> frame)
        throws IOException {
      return read(
          link.ask(
              "proof-test",
              Map.of(
                  "zone",
                  zone,
                  "person",
                  person,
                  "pin",
                  pin,
                  "nonce",
                  String.valueOf(frame.get("nonce")))));
    }

    /** The record of the test that the request led to, once it is on disk. */
    Optional<JournalRecord> outcome(JournalReader journal, String zone, Object request, long after)
        throws IOException {
      Waiting waiting = new Waiting(OUTCOME_SECONDS);
      Optional<JournalRecord> found = Optional.empty();
      while (found.isEmpty() && waiting.on()) {
        Optional<JournalReader.Item> item = journal.next();
        while (item.isPresent() && found.isEmpty()) {
          found = item.flatMap(one -> outcome(one, zone, request, after));
          item = found.isPresent() ? item : journal.next();
        }
      }
      boolean onDisk = false;
      while (found.isPresent() && !onDisk && waiting.on()) {
        onDisk = frame().map(Running::durableSeq).orElse(0L) >= found.get().seq();
      }
      return onDisk ? found : Optional.empty();
    }

    private static Optional<JournalRecord> outcome(
        JournalReader.Item item, String zone, Object request, long after) {
      return item instanceof JournalReader.Item.Good(JournalRecord record)
              && record.seq() > after
              && record.code().equals(EventCode.PROOF_TESTED.id())
              && record.text("zone").equals(Optional.of(zone))
              && record.number("request").equals(Optional.of(request))
          ? Optional.of(record)
          : Optional.empty();
    }
  }

  /** Looks every 20 ms, for a limited time. */
  private static final class Waiting {
    private static final long LOOK_NANOS = 20_000_000L;

    private final long end;

    Waiting(int seconds) {
      this.end = System.nanoTime() + seconds * 1_000_000_000L;
    }

    /** Waits a little; false when the time is over. */
    boolean on() {
      LockSupport.parkNanos(LOOK_NANOS);
      return System.nanoTime() - end < 0;
    }
  }
}
