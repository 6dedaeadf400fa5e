package davy.controller.command;

import davy.controller.config.Site;
import davy.controller.event.EventCode;
import davy.controller.journal.JournalRecord;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

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
final class GasTestCommand extends TestCommand {

  /** Beyond the longest wait for gas, for the record to be on disk. */
  private static final int GRACE_SECONDS = 60;

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

  @Override
  int run(Site site) throws IOException {
    if (what.due) {
      return due(site);
    }
    int minutes = site.profile().shelfMillis() / 60_000;
    return test(
        site,
        new Asked(
            "gas-test",
            "point",
            what.test.point,
            what.test.person,
            EventCode.GAS_TESTED,
            minutes * 60 + GRACE_SECONDS,
            words(minutes)));
  }

  private int due(Site site) throws IOException {
    List<GasTests.Head> heads = GasTests.of(site, folders().journal(), Instant.now());
    int every = site.profile().gasTestDays();
    heads.forEach(head -> out().println(head.point() + ": " + head.told(every)));
    return heads.stream().anyMatch(GasTests.Head::overdue) ? Exit.WRONG : Exit.OK;
  }

  private Words words(int minutes) {
    String point = what.test.point;
    return new Words(
        "gas at " + point + " will cut what that head guards, for real",
        "bring gas to %s within %d minutes: it cuts".formatted(point, minutes),
        "no outcome seen; a restart of the interlock forgets a test under way");
  }

  @Override
  int told(JournalRecord outcome) {
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
}
