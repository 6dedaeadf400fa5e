package davy.tests.tidy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import davy.controller.interlock.Cause;
import davy.hal.signal.SensorFault;
import davy.tests.tidy.SourceTree.SourceFile;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The requirements table against the tests that it names. */
final class RequirementsTest {

  private static final String TABLE = "tests/REQUIREMENTS.md";

  /** Rules of which every sentence that is built has a row: so many rows each. */
  private static final Map<String, Integer> SENTENCES =
      Map.ofEntries(
          Map.entry("S1", 1),
          Map.entry("S2", 2),
          Map.entry("S3", 4),
          Map.entry("S4", 12),
          Map.entry("S5", 7),
          Map.entry("S6", 4),
          Map.entry("S7", 4),
          Map.entry("S8", 5),
          Map.entry("S9", 3),
          Map.entry("S10", 3),
          Map.entry("S11", 9),
          Map.entry("S12", 3),
          Map.entry("S13", 5),
          Map.entry("S14", 6),
          Map.entry("S15", 3),
          Map.entry("S16", 11),
          Map.entry("S17", 4),
          Map.entry("S18", 6),
          Map.entry("S19", 6),
          Map.entry("S20", 2),
          Map.entry("S21", 6),
          Map.entry("S22", 3),
          Map.entry("S23", 7),
          Map.entry("S24", 4),
          Map.entry("S25", 10));

  /** What else is built. */
  private static final Set<String> OWN =
      Set.of(
          "RELEASE-AUTOMATIC",
          "RELEASE-MANUAL",
          "OUTPUT-AT-ONCE",
          "OUTPUT-EACH-ROUND",
          "OUTPUT-FORGETFUL",
          "OUTPUT-FOREIGN",
          "OUTPUT-SILENT-BOARD",
          "OUTPUT-GPIO",
          "OUTPUT-KERNEL",
          "BUS-DEAD-SLAVE",
          "BUS-LATE-REPLY",
          "BUS-FAULTS",
          "BUS-BAD-WIRE",
          "BUS-CPU",
          "BUS-ONE-REQUEST",
          "BUS-READ-ONLY",
          "MEASURES-TOLD",
          "SCALE-LARGEST",
          "START-REHEARSED",
          "START-PRIORITIES",
          "START-CACHE",
          "START-MEMORY",
          "END-SCAN",
          "END-THROWABLE",
          "END-KILL",
          "END-SIGNAL",
          "END-STATION",
          "DOCTOR-FINDINGS",
          "CONFIG-78",
          "CONFIG-LAXER",
          "CONFIG-FAN",
          "CONFIG-FAN-OUTPUT",
          "CONFIG-VOTING",
          "CONFIG-SEEN",
          "PROFILE-SHOWN",
          "EVIDENCE-FAULTS",
          "EVIDENCE-FOREIGN",
          "EVIDENCE-ORDER",
          "EVIDENCE-TIMELY",
          "COUNTY-COMMIT",
          "COUNTY-REPORT",
          "JOURNAL-CHAIN",
          "JOURNAL-SIGNED",
          "JOURNAL-SIGN-APART",
          "JOURNAL-KEY",
          "EVIDENCE-COMPLETE",
          "EVIDENCE-CURSOR",
          "EVIDENCE-TAMPER",
          "JOURNAL-RETENTION",
          "JOURNAL-PACKED",
          "JOURNAL-EVENTS",
          "COUNTY-FILES",
          "JOURNAL-TORN-TAIL",
          "REPLAY-SAME",
          "REPLAY-DIFFERS",
          "SURFACE-NO-RESTORE",
          "SPARKPLUG-BIRTHS",
          "SPARKPLUG-MARKS",
          "SPARKPLUG-UNKNOWN",
          "SPARKPLUG-BDSEQ",
          "SPARKPLUG-HOST",
          "SPARKPLUG-READ-ONLY",
          "SPARKPLUG-PAST",
          "SPARKPLUG-STALL",
          "SPARKPLUG-CLUSTER",
          "SPARKPLUG-FOREIGN",
          "SURFACE-NO-NETWORK");

  /** Alarms show and tell; none of their rows is about power. */
  private static final Set<String> ALARMS =
      Set.of(
          "ALARM-LIFE",
          "ALARM-CLOSE",
          "ALARM-CORRECT",
          "ALARM-HIDDEN",
          "ALARM-CALIBRATION",
          "ALARM-MUTE",
          "ALARM-FIRST_OUT",
          "ALARM-GRADE",
          "ALARM-FEED",
          "ALARM-KEPT",
          "ALARM-MARKS",
          "ALARM-MARKS-ONLY",
          "ALARM-STATISTICS",
          "ALARM-TOLD",
          "ALARM-SAVED");

  /**
   * Rows about evidence, sockets and figures, in which no power is at stake, or that the firmware's
   * own tests in C show (S14.12).
   */
  private static final Set<String> NOT_ABOUT_POWER =
      Set.of(
          "S4.11",
          "S5.7",
          "S7.3",
          "S18.6",
          "S14.11",
          "S14.12",
          "S14.13",
          "S23.6",
          "S19.6",
          "BUS-FAULTS",
          "BUS-CPU",
          "BUS-ONE-REQUEST",
          "BUS-READ-ONLY",
          "MEASURES-TOLD",
          "START-REHEARSED",
          "START-PRIORITIES",
          "START-CACHE",
          "START-MEMORY",
          "DOCTOR-FINDINGS",
          "PROFILE-SHOWN",
          "S25.4",
          "S25.5",
          "S25.9",
          "S25.6",
          "S25.7",
          "S25.8",
          "EVIDENCE-FAULTS",
          "EVIDENCE-FOREIGN",
          "EVIDENCE-ORDER",
          "EVIDENCE-TIMELY",
          "COUNTY-COMMIT",
          "COUNTY-REPORT",
          "JOURNAL-CHAIN",
          "JOURNAL-SIGNED",
          "JOURNAL-SIGN-APART",
          "JOURNAL-KEY",
          "EVIDENCE-COMPLETE",
          "EVIDENCE-CURSOR",
          "EVIDENCE-TAMPER",
          "JOURNAL-RETENTION",
          "JOURNAL-PACKED",
          "JOURNAL-EVENTS",
          "COUNTY-FILES",
          "JOURNAL-TORN-TAIL",
          "REPLAY-SAME",
          "REPLAY-DIFFERS",
          "SPARKPLUG-BIRTHS",
          "SPARKPLUG-MARKS",
          "SPARKPLUG-UNKNOWN",
          "SPARKPLUG-BDSEQ",
          "SPARKPLUG-HOST",
          "SPARKPLUG-READ-ONLY",
          "SPARKPLUG-PAST",
          "SPARKPLUG-STALL",
          "SPARKPLUG-CLUSTER",
          "SPARKPLUG-FOREIGN",
          "SURFACE-NO-NETWORK");

  private static final int RULES = 25;

  private static Set<String> expected() {
    Set<String> ids = new TreeSet<>(OWN);
    ids.addAll(ALARMS);
    SENTENCES.forEach(
        (rule, count) ->
            IntStream.rangeClosed(1, count).forEach(number -> ids.add(rule + "." + number)));
    for (Cause cause : Cause.values()) {
      ids.add("CAUSE-" + cause.name());
    }
    for (SensorFault fault : SensorFault.values()) {
      ids.add("FAULT-" + fault.name());
    }
    return ids;
  }

  private static List<String> check(String document, TestSources sources) {
    List<String> complaints = new ArrayList<>();
    Set<String> missing = expected();
    Set<String> seen = new HashSet<>();
    for (Requirement row : Requirement.read(document, "Built")) {
      String place = TABLE + ":" + row.line() + ": " + row.id() + ": ";
      missing.remove(row.id());
      if (!seen.add(row.id())) {
        complaints.add(place + "stands here twice");
      }
      if (row.sentence().isEmpty() || row.source().isEmpty() || row.tests().isEmpty()) {
        complaints.add(place + "a row has a sentence, a source and a test");
      }
      row.tests().stream()
          .filter(test -> !sources.has(test))
          .forEach(test -> complaints.add(place + "there is no test " + test));
      if (!holds(row, sources)) {
        complaints.add(place + "no test of it shows '" + row.shows() + "'");
      }
    }
    Requirement.read(document, "Not built yet").forEach(row -> missing.remove(row.id()));
    missing.forEach(id -> complaints.add(TABLE + ":1: " + id + " has no row"));
    return complaints;
  }

  private static boolean holds(Requirement row, TestSources sources) {
    return switch (row.shows()) {
      case "withheld", "refused" ->
          row.tests().stream().anyMatch(test -> sources.shows(test, row.shows()));
      case "other" -> NOT_ABOUT_POWER.contains(row.id()) || ALARMS.contains(row.id());
      default -> false;
    };
  }

  private static String document() throws Exception {
    return Files.readString(SourceTree.root().resolve(TABLE));
  }

  @Test
  void everyRowNamesTestsThatAreThereAndShowWhatItClaims() throws Exception {
    SourceTree.assertNone(check(document(), new TestSources(SourceTree.files())));
  }

  @Test
  void everyRuleStandsInOneOfTheTwoTables() throws Exception {
    Set<String> rules = new HashSet<>();
    Requirement.read(document(), "Built").forEach(row -> rules.add(row.rule()));
    Requirement.read(document(), "Not built yet").forEach(row -> rules.add(row.rule()));
    for (int rule = 1; rule <= RULES; rule++) {
      assertTrue(rules.contains("S" + rule), "S" + rule + " stands nowhere");
    }
  }

  @Test
  void aRowThatPromisesTooMuchIsNamed() {
    TestSources sources =
        new TestSources(
            List.of(
                new SourceFile(
                    "tests/src/test/java/davy/A.java",
                    """
                    class A {
                      @Test
                      void shown() {
                        look();
                      }

                      @Test
                      void silent() {}

                      private void look() {
                        assertEquals(Permit.WITHHELD, permit());
                      }
                    }
                    """),
                new SourceFile("tests/src/test/resources/scenario/a.txt", "1 | WITHHELD x\n")));
    assertNamed(sources, "withheld", "`davy.A#shown`", "");
    assertNamed(sources, "withheld", "`scenario/a.txt`", "");
    assertNamed(sources, "withheld", "`davy.A#silent`", "no test of it shows 'withheld'");
    assertNamed(sources, "refused", "`davy.A#shown`", "no test of it shows 'refused'");
    assertNamed(sources, "other", "`davy.A#shown`", "no test of it shows 'other'");
    assertNamed(sources, "withheld", "`davy.A#shown`<br>`davy.A#gone`", "no test davy.A#gone");
    assertNamed(sources, "withheld", "`davy.A#shown`<br>`davy.A#look`", "no test davy.A#look");
    assertNamed(sources, "withheld", "`davy.A#shown`<br>`scenario/b.txt`", "scenario/b.txt");
  }

  private static void assertNamed(TestSources sources, String shows, String tests, String wanted) {
    String row = "## Built\n\n| S5.1 | words | S5 | " + shows + " | " + tests + " |\n";
    List<String> told =
        check(row, sources).stream().filter(complaint -> complaint.contains("S5.1:")).toList();
    if (wanted.isEmpty()) {
      assertEquals(List.of(), told);
    } else {
      assertEquals(1, told.size(), told.toString());
      assertTrue(told.getFirst().contains(wanted), told.toString());
    }
    assertFalse(check("", sources).isEmpty(), "an empty table is accepted");
  }
}
