package davy.controller.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import davy.controller.json.JsonLine;
import davy.controller.replay.RecordedRun;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class WhyCommandTest {

  @TempDir private Path place;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... arguments) {
    return CommandMain.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
  }

  private Path journal() throws IOException {
    RecordedRun recorded = RecordedRun.seeded();
    recorded.run(5_000, 0, 0);
    return recorded.written(place.resolve("journal"));
  }

  /** The records of a kind, as they stand in the journal. */
  private static List<Map<String, Object>> records(Path journal, String code) throws Exception {
    List<Map<String, Object>> records = new ArrayList<>();
    for (String line : Files.readAllLines(journal.resolve("0000000001.jsonl"))) {
      if (line.contains("\"code\":\"" + code + "\"")) {
        records.add(JsonLine.read(line));
      }
    }
    return records;
  }

  @Test
  void atEveryTripAndGrantOfAJournalTheZoneStoodAsItSays() throws Exception {
    Path journal = journal();
    List<Map<String, Object>> trips = records(journal, "zone.withheld");
    assertTrue(trips.size() > 2, trips.size() + " trips");
    for (Map<String, Object> trip : trips.subList(0, 3)) {
      out.getBuffer().setLength(0);
      assertEquals(Exit.OK, why(journal, trip), err.toString());
      assertTrue(out.toString().contains("Z1: power WITHHELD"), out.toString());
      assertTrue(out.toString().contains("first " + trip.get("cause")), out.toString());
      assertTrue(out.toString().contains("missing before power may return"));
    }
    out.getBuffer().setLength(0);
    assertEquals(Exit.OK, why(journal, records(journal, "zone.granted").getFirst()));
    assertTrue(out.toString().contains("Z1: power GRANTED"), out.toString());
    assertFalse(out.toString().contains("missing before power may return"));
  }

  private int why(Path journal, Map<String, Object> record) {
    return run(
        "why", "Z1", "--journal", journal.toString(), "--record", record.get("seq").toString());
  }

  @Test
  @SuppressWarnings("unchecked")
  void asJsonItHoldsEveryInput() throws Exception {
    Path journal = journal();
    assertEquals(Exit.OK, run("why", "Z1", "--journal", journal.toString(), "--json"));
    Map<String, Object> told = JsonLine.read(out.toString().strip());
    Map<String, Object> why = (Map<String, Object>) told.get("explanation");
    assertEquals("Z1", why.get("zone"));
    assertEquals(2, ((List<Object>) why.get("groups")).size());
    assertTrue(why.containsKey("wanting") && why.containsKey("key") && why.containsKey("output"));
  }

  @Test
  void whatIsNotThereIsSaid() throws IOException {
    Path journal = journal();
    assertEquals(Exit.WRONG, run("why", "Z9", "--journal", journal.toString()));
    assertTrue(err.toString().contains("no zone Z9; there are: Z1"), err.toString());
    assertEquals(
        Exit.WRONG, run("why", "Z1", "--journal", journal.toString(), "--record", "999999"));
    assertTrue(err.toString().contains("there is no record 999999"));
    assertEquals(Exit.WRONG, run("why", "Z1", "--journal", journal.toString(), "--record", "1"));
    assertTrue(err.toString().contains("no inputs were recorded before record 1"));
    assertEquals(Exit.NO_INPUT, run("why", "Z1", "--journal", place.resolve("no").toString()));
    assertEquals(Exit.USAGE, run("why", "Z1", "--record", "7"));
  }

  @Test
  void withoutARunningInterlockItSaysSo() {
    assertEquals(Exit.NO_INPUT, run("why", "Z1", "--root", place.toString()));
    assertTrue(err.toString().contains("no connection to the interlock"), err.toString());
  }
}
