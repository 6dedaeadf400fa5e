package davy.controller.command;

import davy.controller.config.Site;
import davy.controller.doctor.Finding;
import davy.controller.event.EventCode;
import davy.controller.journal.History;
import davy.controller.journal.JournalRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * When each head that cuts was last tested with gas and passed, out of the journal (S18). Days are
 * those of the wall clock's labels: a wrong clock makes them wrong, and cuts nothing.
 */
final class GasTests {

  /**
   * One head.
   *
   * @param passed label of the last test that passed; empty where the journal has none
   * @param days since then, whole ones
   * @param overdue longer ago than the profile allows, or never
   */
  record Head(String point, Optional<String> passed, long days, boolean overdue) {

    String told(int every) {
      String last =
          passed
              .map(time -> "last passed " + time + ", " + days + " days ago")
              .orElse("no test passed in this journal");
      return last + (overdue ? ": OVERDUE 逾期, wanted every " + every + " days" : "");
    }
  }

  private GasTests() {}

  /**
   * Every head whose cut can be tested with gas: one before a fan can't (S8).
   *
   * @throws IOException where the journal can't be read
   */
  static List<Head> of(Site site, Path journal, Instant now) throws IOException {
    Map<String, JournalRecord> passed = new HashMap<>();
    History.records(
        journal,
        EventCode.GAS_TESTED,
        record -> {
          if (Boolean.TRUE.equals(record.fields().get("passed"))) {
            record.text("point").ifPresent(point -> passed.put(point, record));
          }
        });
    List<Head> heads = new ArrayList<>();
    for (int point = 0; point < site.plan().points().size(); point++) {
      int index = point;
      boolean beforeFan = site.plan().fans().stream().anyMatch(fan -> fan.intake().contains(index));
      boolean cuts = site.plan().zones().stream().anyMatch(zone -> zone.points().contains(index));
      if (cuts && !beforeFan) {
        String name = site.plan().points().get(point).name();
        heads.add(head(name, Optional.ofNullable(passed.get(name)), site, now));
      }
    }
    return List.copyOf(heads);
  }

  /** The same for {@code davy doctor}: a machine may be sound with a test overdue. */
  static List<Finding> findings(Site site, Path journal) {
    int every = site.profile().gasTestDays();
    try {
      return of(site, journal, Instant.now()).stream()
          .map(
              head ->
                  head.overdue()
                      ? Finding.note(
                          Finding.Area.TESTS,
                          "gas test of " + head.point(),
                          head.told(every),
                          "davy gastest SITE --point " + head.point() + " --person P")
                      : Finding.good(
                          Finding.Area.TESTS, "gas test of " + head.point(), head.told(every)))
          .toList();
    } catch (IOException unreadable) {
      return List.of(Finding.note(Finding.Area.TESTS, "gas tests", "no journal to look in", ""));
    }
  }

  private static Head head(String name, Optional<JournalRecord> passed, Site site, Instant now) {
    Optional<Long> days = passed.flatMap(record -> days(record.time(), now));
    boolean overdue = days.map(since -> since >= site.profile().gasTestDays()).orElse(true);
    return new Head(name, passed.map(JournalRecord::time), days.orElse(0L), overdue);
  }

  private static Optional<Long> days(String label, Instant now) {
    try {
      return Optional.of(Duration.between(Instant.parse(label), now).toDays());
    } catch (DateTimeException unreadable) {
      return Optional.empty();
    }
  }
}
