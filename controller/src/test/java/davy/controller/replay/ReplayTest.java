package davy.controller.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import davy.controller.event.EventCode;
import davy.controller.journal.Entry;
import davy.controller.journal.JournalReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was recorded is decided again, and what was not recorded is not vouched for. */
class ReplayTest {

  @TempDir private Path folder;

  private static Replay.Report replayed(Path journal) throws IOException {
    try (JournalReader reader = JournalReader.open(journal)) {
      return Replay.of(reader, Optional.empty());
    }
  }

  @Test
  void anyRunOfTheInterlockIsDecidedAgainToTheLastEvent() throws IOException {
    RecordedRun recorded = RecordedRun.seeded();
    long decisions = recorded.run(40_000, 0, 0);
    Replay.Report report = replayed(recorded.written(folder.resolve("journal")));
    assertTrue(report.same(), report::toString);
    Replay.Run run = report.runs().getFirst();
    assertEquals(1, report.runs().size());
    assertEquals(40_000, run.steps());
    assertEquals(decisions, run.decisions());
    assertTrue(decisions > 1_000, decisions + " decisions");
    long grants =
        recorded.entries.stream().filter(entry -> entry.code() == EventCode.ZONE_GRANTED).count();
    assertTrue(grants > 10, grants + " grants");
    assertEquals(List.of(), run.otherStates());
    assertEquals(0, run.unjudged() + run.cutOff() + report.before());
  }

  @Test
  void whileAJournalTakesNothingStepsWaitAndNothingElseIsUnjudged() throws IOException {
    RecordedRun recorded = RecordedRun.seeded();
    recorded.run(20_000, 5_000, 6_000);
    Replay.Run run = replayed(recorded.written(folder.resolve("journal"))).runs().getFirst();
    assertEquals(List.of(), run.gaps());
    assertEquals(20_000, run.steps());
    assertTrue(
        run.differences().stream().allMatch(difference -> difference.recorded().isEmpty()),
        "what was decided while the journal took nothing is not in it, and nothing else differs");
  }

  @Test
  void afterALongerLossItIsVouchedForAgainFromAWholeStateOn() throws IOException {
    RecordedRun recorded = RecordedRun.seeded();
    recorded.run(100_000, 1_000, 50_000);
    Replay.Run run = replayed(recorded.written(folder.resolve("journal"))).runs().getFirst();
    assertEquals(1, run.gaps().size(), run.gaps()::toString);
    assertEquals(0, run.unjudged());
    assertTrue(run.steps() > 50_000 && run.steps() < 90_000, run.steps() + " steps");
    assertTrue(
        run.differences().stream().allMatch(difference -> difference.recorded().isEmpty()),
        () -> run.differences().toString());
  }

  @Test
  void aDamagedLineIsAGapAndTheRestIsJudgedOnceTheRecordingBeginsAgain() throws IOException {
    RecordedRun recorded = RecordedRun.seeded();
    recorded.run(100_000, 0, 0);
    Path journal = recorded.written(folder.resolve("journal"));
    Path file = journal.resolve("0000000001.jsonl");
    List<String> lines = new ArrayList<>(Files.readAllLines(file));
    int inputs = 1_000;
    while (!lines.get(inputs).contains("\"code\":\"inputs\"")) {
      inputs++;
    }
    lines.set(inputs, lines.get(inputs).replace("\"steps\":[", "\"steps\":[1,"));
    Files.write(file, lines);
    Replay.Run run = replayed(journal).runs().getFirst();
    assertEquals(1, run.gaps().size());
    assertTrue(run.gaps().getFirst().why().startsWith("damaged"), run.gaps()::toString);
    assertTrue(run.unjudged() > 10 && run.decisions() > 10, run.unjudged() + " unjudged");
    assertEquals(List.of(), run.otherStates());
  }

  @Test
  void aJournalWithoutInputsHasNothingToReplay() throws IOException {
    RecordedRun recorded = RecordedRun.seeded();
    recorded.entries.add(
        new Entry(EventCode.ZONE_WITHHELD, RecordedRun.START, Map.of("zone", "Z1")));
    Replay.Report report = replayed(recorded.written(folder.resolve("journal")));
    assertEquals(List.of(), report.runs());
    assertEquals(1, report.before());
  }
}
