package davy.controller.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import davy.controller.event.EventCode;
import davy.controller.journal.Entry;
import davy.controller.journal.Journal;
import davy.controller.journal.Signer;
import davy.hal.Clock;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class JournalCommandTest {

  @TempDir Path place;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private Path folder;

  @BeforeEach
  void aJournalOfTwoZones() throws IOException {
    folder = place.resolve("journal");
    Journal journal = Journal.open(folder, 4096, Clock.SYSTEM);
    for (int number = 1; number <= 30; number++) {
      Map<String, Object> fields = Map.of("zone", number % 2 == 0 ? "Z2" : "Z1", "text", "a\nb");
      EventCode code = number % 10 == 0 ? EventCode.ZONE_WITHHELD : EventCode.SAMPLE;
      journal.offer(new Entry(code, Clock.SYSTEM.now(), fields));
    }
    journal.close();
  }

  @Test
  void verifySaysWhatItFoundAndWhatItDidNotCheck() {
    assertEquals(Exit.OK, run("journal", "verify", folder.toString()));
    assertTrue(said("records   31 in 1 files"));
    assertTrue(said("consistent; nothing is signed"));
    assertTrue(out.toString().matches("(?s).*head {6}[0-9a-f]{64}\\R.*"), out.toString());
  }

  @Test
  void verifyNamesTheFirstBadRecord() throws IOException {
    Path file = folder.resolve("0000000001.jsonl");
    byte[] bytes = Files.readAllBytes(file);
    int lines = 0;
    int at = 0;
    for (; lines < 6; at++) {
      lines += bytes[at] == '\n' ? 1 : 0;
    }
    bytes[at + 40] ^= 1;
    Files.write(file, bytes);
    assertEquals(Exit.WRONG, run("journal", "verify", folder.toString()));
    assertTrue(said("DAMAGED at 0000000001.jsonl line 7, record 7: changed or broken"));
    assertEquals(Exit.WRONG, run("journal", "show", folder.toString()));
    assertTrue(err.toString().contains("0000000001.jsonl line 7"), err.toString());
  }

  @Test
  void aTornTailIsNamedAtTheSecondLook() throws IOException {
    Path file = folder.resolve("0000000001.jsonl");
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, bytes.length - 1));
    assertEquals(Exit.WRONG, run("journal", "verify", folder.toString()));
    assertTrue(said("line 31, record 31: torn tail"));
  }

  @Test
  void aFolderThatIsNotThereIsNoInput() {
    for (String command : new String[] {"verify", "tail", "show", "export"}) {
      assertEquals(Exit.NO_INPUT, run("journal", command, place.resolve("none").toString()));
    }
    assertTrue(err.toString().contains("no such folder"), err.toString());
  }

  @Test
  void tailShowsTheLastRecordsInBothLanguagesAndNoControlCharacters() {
    assertEquals(Exit.OK, run("journal", "tail", "-n", "3", folder.toString()));
    assertEquals(3, out.toString().lines().count(), out.toString());
    assertTrue(said("TRIP    断电 power withheld"));
    assertTrue(said("text=a b"));
  }

  @Test
  void showMeetsEveryCondition() {
    assertEquals(Exit.OK, run("journal", "show", folder.toString(), "--seq", "5", "--json"));
    assertTrue(out.toString().startsWith("{\"seq\":5,"), out.toString());
    assertEquals(1, out.toString().lines().count());
    assertEquals(3, shown("--code", "zone."));
    assertEquals(15, shown("--zone", "Z1"));
    assertEquals(12, shown("--zone", "Z2", "--code", "sample"));
    assertEquals(31, shown("--from", "2000"));
    assertEquals(0, shown("--to", "2000"));
  }

  @Test
  void verifyAsksWhoSignedAndForRecordsNotedElsewhere() throws IOException {
    Journal journal = Journal.open(folder, 4096, Clock.SYSTEM);
    Signer signer = Signer.open(place, journal, Clock.SYSTEM);
    signer.work(Clock.SYSTEM.now());
    signer.close();
    String head = journal.status().durableSeq() + ":" + journal.status().head();
    journal.close();
    assertEquals(Exit.OK, run("journal", "verify", folder.toString()));
    assertTrue(said("not yet; signer not checked (--key)"));
    assertTrue(said("key       " + signer.fingerprint()));
    String key = place.resolve("device.key").toString();
    assertEquals(Exit.OK, run("journal", "verify", folder.toString(), "--key", key));
    assertTrue(said("by the given key"));
    String other = "0".repeat(64);
    assertEquals(Exit.WRONG, run("journal", "verify", folder.toString(), "--key", other));
    assertTrue(said("signed with another key than the given one"));
    assertEquals(Exit.OK, run("journal", "verify", folder.toString(), "--head", head));
    String wrong = head.split(":")[0] + ":" + other;
    assertEquals(Exit.WRONG, run("journal", "verify", folder.toString(), "--head", wrong));
    assertTrue(said("not the record whose hash was noted elsewhere"));
    assertEquals(Exit.WRONG, run("journal", "verify", folder.toString(), "--head", "99:" + other));
    assertTrue(said("record 99, whose hash was noted elsewhere, is missing"));
    assertEquals(Exit.USAGE, run("journal", "verify", folder.toString(), "--head", "last"));
    assertEquals(
        Exit.NO_INPUT, run("journal", "verify", folder.toString(), "--key", "no such file"));
  }

  @Test
  void exportGivesTheLinesThemselvesOrCsvThatASpreadsheetTakesForText() throws IOException {
    Journal journal = Journal.open(folder, 4096, Clock.SYSTEM);
    Map<String, Object> request =
        Map.of("person", "=cmd|' /C calc'!A0", "reason", "a \"b\", c", "zone", "Z1");
    journal.offer(new Entry(EventCode.REQUEST, Clock.SYSTEM.now(), request));
    journal.offer(
        new Entry(
            EventCode.SAMPLE,
            Clock.SYSTEM.now(),
            Map.of("points", Map.of("T1", 41, "T2", "STALE"))));
    journal.close();
    assertEquals(Exit.OK, run("journal", "export", folder.toString()));
    StringBuilder all = new StringBuilder();
    try (var files = Files.newDirectoryStream(folder, "*.jsonl")) {
      for (Path file : StreamSupport.stream(files.spliterator(), false).sorted().toList()) {
        all.append(Files.readString(file));
      }
    }
    assertEquals(all.toString(), out.toString());

    out.getBuffer().setLength(0);
    assertEquals(
        Exit.OK, run("journal", "export", folder.toString(), "--csv", "--code", "request"));
    String[] lines = out.toString().split("\r\n");
    assertEquals(2, lines.length);
    assertTrue(lines[0].startsWith("seq,time,clock,tick,code,"), lines[0]);
    assertTrue(lines[1].contains(",请求,request,Z1,,,'=cmd|' /C calc'!A0,,"), lines[1]);
    assertTrue(lines[1].contains("\"{\"\"reason\"\":\"\"a \\\"\"b"), lines[1]);

    Path csv = place.resolve("samples.csv");
    String[] samples = {"journal", "export", folder.toString(), "--samples", "-o", csv.toString()};
    assertEquals(Exit.OK, run(samples));
    assertTrue(Files.readString(csv).matches("(?s)seq,.*,T[12],(41|STALE)\r\n.*T[12],.*"));
    assertEquals(Exit.NO_INPUT, run(samples), "a file that is there is not written over");
  }

  private long shown(String... conditions) {
    String[] arguments = new String[conditions.length + 3];
    arguments[0] = "journal";
    arguments[1] = "show";
    arguments[2] = folder.toString();
    System.arraycopy(conditions, 0, arguments, 3, conditions.length);
    out.getBuffer().setLength(0);
    assertEquals(Exit.OK, run(arguments));
    return out.toString().lines().count();
  }

  private boolean said(String text) {
    assertTrue(out.toString().contains(text), out.toString());
    return true;
  }

  private int run(String... arguments) {
    return CommandMain.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
  }
}
