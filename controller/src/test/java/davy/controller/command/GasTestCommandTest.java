package davy.controller.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import davy.controller.config.Site;
import davy.controller.config.SiteFile;
import davy.controller.event.EventCode;
import davy.controller.journal.Entry;
import davy.controller.journal.Journal;
import davy.hal.Clock;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the reminder makes of a journal, and what ends before an interlock is asked. */
final class GasTestCommandTest {

  private static final String SITE = "../deploy/sites/heading.toml";

  @TempDir private Path root;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... more) {
    List<String> words = new java.util.ArrayList<>(List.of("gastest", SITE));
    words.addAll(List.of(more));
    words.addAll(List.of("--root", root.toString()));
    return CommandMain.run(
        new PrintWriter(out, true), new PrintWriter(err, true), words.toArray(String[]::new));
  }

  private void journal(String... passed) throws IOException {
    Journal journal = Journal.open(root.resolve("journal"), 4096, Clock.SYSTEM);
    tested(journal, "T2", false);
    for (String point : passed) {
      tested(journal, point, true);
    }
    journal.close();
  }

  private static void tested(Journal journal, String point, boolean passed) {
    journal.offer(
        new Entry(
            EventCode.GAS_TESTED,
            Clock.SYSTEM.now(),
            Map.of("point", point, "passed", passed, "person", "li")));
  }

  private GasTests.Head head(String point, long daysLater) throws IOException {
    Site site = ((SiteFile.Outcome.Accepted) SiteFile.read(Path.of(SITE))).site();
    Instant then = Instant.now().plus(Duration.ofDays(daysLater)).plusSeconds(60);
    return GasTests.of(site, root.resolve("journal"), then).stream()
        .filter(head -> head.point().equals(point))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aTestIsOverdueFromTheFifteenthDayOnAndWithoutOneAtOnce() throws IOException {
    journal("T1");
    assertEquals(14, head("T1", 14).days());
    assertEquals(false, head("T1", 14).overdue());
    assertEquals(true, head("T1", 15).overdue());
    GasTests.Head failed = head("T2", 0);
    assertEquals(Optional.empty(), failed.passed(), "a test that failed is none");
    assertEquals(true, failed.overdue());
  }

  @Test
  void theListNamesEachHeadAndItsExitCodeSaysWhetherOneIsOverdue() throws IOException {
    journal("T1");
    assertEquals(Exit.WRONG, run("--due"));
    assertTrue(out.toString().contains("T1: last passed 20"), out.toString());
    assertTrue(
        out.toString().contains("T2: no test passed in this journal: OVERDUE 逾期"), out.toString());
  }

  @Test
  void whereEveryHeadPassedNothingIsOverdue() throws IOException {
    journal("T1", "T2");
    assertEquals(Exit.OK, run("--due"), out.toString());
  }

  @Test
  void theDoctorRemindsOfItWithoutCallingTheMachineWrong() throws IOException {
    journal("T1");
    Site site = ((SiteFile.Outcome.Accepted) SiteFile.read(Path.of(SITE))).site();
    assertEquals(
        List.of("ok gas test of T1", "note gas test of T2"),
        GasTests.findings(site, root.resolve("journal")).stream()
            .map(finding -> finding.grade().word() + " " + finding.subject())
            .toList());
    assertEquals(
        "no journal to look in", GasTests.findings(site, root.resolve("none")).getFirst().words());
  }

  @Test
  void withoutAJournalOrAnInterlockNothingIsAsked() throws IOException {
    assertEquals(Exit.NO_INPUT, run("--point", "T1", "--person", "li"));
    assertTrue(err.toString().contains("no such folder"), err.toString());
    Files.createDirectory(root.resolve("journal"));
    assertEquals(Exit.NO_INPUT, run("--point", "T1", "--person", "li"));
    assertTrue(err.toString().contains("no connection to the interlock"), err.toString());
  }

  @Test
  void oneOrTheOtherMustBeAsked() {
    assertEquals(Exit.USAGE, run());
    assertEquals(Exit.USAGE, run("--due", "--point", "T1", "--person", "li"));
  }
}
