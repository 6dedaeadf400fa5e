package davy.controller.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import davy.controller.json.JsonLine;
import davy.controller.replay.RecordedRun;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReplayCommandTest {

  @TempDir private Path place;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... arguments) {
    return CommandMain.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
  }

  private Path journal() throws IOException {
    RecordedRun recorded = RecordedRun.seeded();
    recorded.run(2_000, 0, 0);
    return recorded.written(place.resolve("journal"));
  }

  @Test
  void aJournalThatIsDecidedTheSameAgainEndsWithZero() throws IOException {
    assertEquals(Exit.OK, run("replay", journal().toString()));
    assertTrue(out.toString().contains(": 2000 steps over "), out.toString());
    assertTrue(out.toString().contains("every decision was made again and is the same"));
  }

  @Test
  void missingInputsEndWithOneAndSayFromWhereOnNothingIsVouchedFor() throws IOException {
    Path file = journal().resolve("0000000001.jsonl");
    List<String> lines = Files.readAllLines(file);
    Files.write(file, lines.stream().filter(line -> lines.indexOf(line) != 40).toList());
    List<String> cut =
        lines.stream()
            .filter(line -> !line.contains("\"code\":\"inputs\"") || lines.indexOf(line) < 100)
            .toList();
    Files.write(file, cut);
    assertEquals(Exit.WRONG, run("replay", file.getParent().toString()));
    assertTrue(out.toString().contains("DIFFERS at record"), out.toString());
    assertTrue(out.toString().contains("NOT the same throughout"));
  }

  @Test
  @SuppressWarnings("unchecked")
  void asJsonItIsOneObject() throws Exception {
    assertEquals(Exit.OK, run("replay", "--json", journal().toString()));
    Map<String, Object> report = JsonLine.read(out.toString().strip());
    assertEquals(true, report.get("same"));
    Map<String, Object> only = ((List<Map<String, Object>>) report.get("runs")).getFirst();
    assertEquals(2_000L, only.get("steps"));
    assertEquals(List.of(), only.get("differences"));
  }

  @Test
  void nothingToReplayIsSaid() {
    assertEquals(Exit.NO_INPUT, run("replay", place.toString()));
    assertTrue(err.toString().contains("no recorded inputs in it"), err.toString());
    assertEquals(Exit.NO_INPUT, run("replay", place.resolve("none").toString()));
    assertEquals(Exit.NO_INPUT, run("replay", "--site", place + "/none.toml", place.toString()));
    assertTrue(Arrays.stream(err.toString().split("\n")).anyMatch(l -> l.contains("no such file")));
  }
}
