package davy.controller.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Steps of the wall clock, as a journal shows them. */
final class ClockJumpsTest {

  @TempDir private Path folder;

  private static String record(int seq, long seconds, String time) {
    return record(seq, seconds, time, "sample");
  }

  private static String record(int seq, long seconds, String time, String code) {
    return "{\"seq\":%d,\"tick\":%d,\"time\":\"%s\",\"code\":\"%s\"}\n"
        .formatted(seq, seconds * 1_000_000_000L, time, code);
  }

  @Test
  void aStepIsWhatTheLabelMovedBesideTheTick() throws IOException {
    Files.writeString(
        folder.resolve("0000000001.jsonl"),
        record(1, 100, "2026-11-29T10:00:00Z")
            + record(2, 190, "2026-11-29T10:01:30Z")
            + record(3, 191, "2036-11-26T10:01:31Z")
            + record(4, 192, "2026-11-29T10:01:32Z"));
    Files.writeString(
        folder.resolve("0000000002.jsonl"),
        record(5, 193, "2026-11-29T09:54:33Z") + "{\"seq\":6,\"tick\":2");
    ClockJumps seen = ClockJumps.of(folder);
    assertEquals("", seen.trouble());
    assertEquals(
        List.of(Duration.ofDays(3_650), Duration.ofDays(-3_650), Duration.ofMinutes(-7)),
        seen.jumps());
    assertEquals(List.of(1L, 1L), List.of(seen.years(true), seen.years(false)));
    assertEquals(List.of(0L, 1L), List.of(seen.minutes(true), seen.minutes(false)));
  }

  @Test
  void theBeginOfARecordingTellsOfATickBefore() throws IOException {
    Files.writeString(
        folder.resolve("0000000001.jsonl"),
        record(1, 100, "2026-11-29T10:00:00Z")
            + record(2, 99, "2026-11-29T10:00:01Z", "inputs.begin")
            + record(3, 101, "2026-11-29T10:00:01Z"));
    assertEquals("", ClockJumps.of(folder).trouble());
  }

  @Test
  void aRecordOutOfOrderIsTrouble() throws IOException {
    Files.writeString(
        folder.resolve("0000000001.jsonl"),
        record(1, 100, "2026-11-29T10:00:00Z") + record(2, 98, "2026-11-29T10:00:01Z"));
    assertEquals("record 2 is out of order", ClockJumps.of(folder).trouble());
    Files.writeString(
        folder.resolve("0000000001.jsonl"),
        record(1, 100, "2026-11-29T10:00:00Z") + record(3, 101, "2026-11-29T10:00:01Z"));
    assertEquals("record 3 is out of order", ClockJumps.of(folder).trouble());
    Files.writeString(
        folder.resolve("0000000001.jsonl"),
        record(1, 100, "2026-11-29T10:00:00Z")
            + record(2, 99, "2026-11-29T10:00:01Z")
            + record(3, 98, "2026-11-29T10:00:02Z"));
    assertEquals("record 3 is out of order", ClockJumps.of(folder).trouble(), "bit by bit");
  }

  /** The last scan of a process beside the record of its end. */
  @Test
  void twoThreadsThatHandOverAtOnceAreNoTrouble() throws IOException {
    Files.writeString(
        folder.resolve("0000000001.jsonl"),
        record(1, 100, "2026-11-29T10:00:00Z", "process.stopped")
            + record(2, 99, "2026-11-29T10:00:01Z", "inputs"));
    assertEquals("", ClockJumps.of(folder).trouble());
  }
}
