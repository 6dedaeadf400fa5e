package davy.controller.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import davy.controller.doctor.Finding;
import davy.controller.json.JsonLine;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command on the machine that runs the tests, whatever that is. */
final class DoctorCommandTest {

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir Path root;

  private int run(String... arguments) {
    return CommandMain.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
  }

  @Test
  void theExitCodeSaysWhatTheObjectSays() throws JsonLine.Malformed {
    int exit = run("doctor", "--json", "--seconds", "1", "--root", root.toString());
    Map<String, Object> report = JsonLine.read(out.toString().strip());
    assertEquals(Boolean.TRUE.equals(report.get("trusted")) ? Exit.OK : Exit.WRONG, exit);
    List<?> findings = (List<?>) report.get("findings");
    for (String area : List.of("gpio", "serial", "real-time", "clock", "disk", "java")) {
      assertTrue(
          findings.stream().anyMatch(found -> area.equals(((Map<?, ?>) found).get("area"))), area);
    }
  }

  @Test
  void theSitesPortsAreLookedForAndAMissingOneIsWrong() {
    Path heading = Path.of("../deploy/sites/heading.toml");
    assertEquals(Exit.WRONG, run("doctor", heading.toString(), "--seconds", "1"));
    assertTrue(out.toString().contains("WRONG  serial"), out.toString());
    assertTrue(out.toString().contains("do not trust this machine yet"));
  }

  @Test
  void aPortThatIsNotThereMakesTheMachineUntrustedInTheObjectToo() throws JsonLine.Malformed {
    Path heading = Path.of("../deploy/sites/heading.toml");
    assertEquals(Exit.WRONG, run("doctor", heading.toString(), "--json", "--seconds", "1"));
    assertEquals(Boolean.FALSE, JsonLine.read(out.toString().strip()).get("trusted"));
  }

  @Test
  void whatIsOnlyToBeKnownLeavesTheMachineTrustedAndWhatIsWrongDoesNot() {
    Finding good = Finding.good(Finding.Area.DISK, "room", "2 GiB free");
    Finding note = Finding.note(Finding.Area.CLOCK, "RTC", "there is none", "Fit one.");
    Finding wrong = new Finding(Finding.Area.JAVA, Finding.Grade.WRONG, "version", "24", "Update.");
    assertEquals(0, DoctorCommand.wrong(List.of(good, note)));
    assertEquals(1, DoctorCommand.wrong(List.of(good, note, wrong)));
    assertEquals(true, DoctorCommand.asJson(List.of(good, note)).get("trusted"));
    Map<String, Object> report = DoctorCommand.asJson(List.of(good, note, wrong));
    assertEquals(false, report.get("trusted"));
    Map<String, String> third =
        Map.of(
            "area", "java",
            "grade", "WRONG",
            "subject", "version",
            "found", "24",
            "remedy", "Update.");
    assertEquals(third, ((List<?>) report.get("findings")).get(2));
  }

  @Test
  void aSiteThatIsRefusedOrMissingIsNotExamined() throws Exception {
    assertEquals(Exit.NO_INPUT, run("doctor", root.resolve("none.toml").toString()));
    Path bad = Files.writeString(root.resolve("bad.toml"), "[site]\n");
    assertEquals(Exit.CONFIG, run("doctor", bad.toString()));
    assertEquals(Exit.USAGE, run("doctor", "--seconds", "0"));
    assertFalse(err.toString().isEmpty());
  }
}
