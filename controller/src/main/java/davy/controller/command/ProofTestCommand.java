package davy.controller.command;

import davy.controller.config.Site;
import davy.controller.event.EventCode;
import davy.controller.journal.JournalRecord;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code davy prooftest SITE --zone N --person P}: 断电试验 through the running interlock (S18). */
@Command(
    name = "prooftest",
    description = {
      "断电试验: trips a zone FOR REAL through the running interlock, waits until its feed",
      "reads dead, and tells how long that took.",
      "The PIN is asked at the terminal, else read from standard input. It is not the 15-day",
      "test of the heads with gas: that is gastest.",
      "Exit 0: passed. Exit 1: failed, refused, or no outcome seen. Exit 66: no interlock,",
      "site file or journal there. Exit 78: the site file is refused."
    })
final class ProofTestCommand extends TestCommand {

  /** A test ends within the zone's drop-out time; the record is on disk soon after. */
  private static final int OUTCOME_SECONDS = 60;

  @Option(names = "--zone", required = true, paramLabel = "N", description = "The zone's name.")
  private String zone;

  @Option(
      names = "--person",
      required = true,
      paramLabel = "P",
      description = "Who tests, as named in persons.toml.")
  private String person;

  @Override
  int run(Site site) throws IOException {
    List<String> zones = site.zones().stream().map(Site.Zone::name).toList();
    if (!zones.contains(zone)) {
      err().println("no zone " + zone + "; there are: " + String.join(", ", zones));
      return Exit.WRONG;
    }
    Words words =
        new Words(
            "zone " + zone + " loses power now if the PIN is right",
            "",
            "no outcome within %d s; the zone may be withheld: see davy why %s"
                .formatted(OUTCOME_SECONDS, zone));
    return test(
        site,
        new Asked(
            "proof-test", "zone", zone, person, EventCode.PROOF_TESTED, OUTCOME_SECONDS, words));
  }

  @Override
  int told(JournalRecord outcome) {
    BigDecimal millis = BigDecimal.valueOf(outcome.number("micros").orElse(0L), 3);
    boolean passed = Boolean.TRUE.equals(outcome.fields().get("passed"));
    out()
        .printf(
            passed
                ? "%s: PASSED 断电试验合格: feed dead %s ms after the trip, record %d%n"
                : "%s: FAILED 断电试验不合格: the feed was not read dead in time (%s ms), record %d;"
                    + " withheld until it is%n",
            zone,
            millis.toPlainString(),
            outcome.seq());
    out().printf("what is missing before power returns: davy why %s%n", zone);
    return passed ? Exit.OK : Exit.WRONG;
  }
}
