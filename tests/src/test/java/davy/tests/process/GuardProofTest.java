package davy.tests.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import davy.tests.process.EmulatedBoard.Move;
import davy.tests.process.GuardTap.Wire;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * A dead, hung, slow, looping or lying interlock, as real processes with the guard's own firmware:
 * one row a harm, with the time from it to the master relays without current. The firmware's own
 * time since the last good answer is asserted; of the machine's clock only the legal limit is.
 */
@Tag("real-time")
final class GuardProofTest {

  private static final long DROP_MILLIS = 500;
  private static final long LEGAL_MILLIS = 2_000;
  private static final long STILL_MILLIS = 1_500;
  private static final long PATIENCE_MILLIS = 6_000;
  private static final long STEP_SEEN_MILLIS = 30_000;
  private static final long LOOK_NANOS = 20_000_000L;
  private static final long SEED = 20261123;

  /** Something is done; returns the monotonic nanoseconds of its beginning. */
  private interface Harm {
    long done() throws Exception;
  }

  private interface Mend {
    void done() throws Exception;
  }

  /**
   * @param cause of the drop, as the guard tells it afterwards; empty: it must not drop
   */
  private record Row(String name, String cause, Harm harm, Mend mend) {}

  @TempDir private Path folder;

  private final List<String> table = new ArrayList<>();
  private GuardRig rig;

  @Test
  @Timeout(400)
  void whateverHappensToTheInterlockItsPowerDropsInTime() throws Exception {
    prove("host board", false);
  }

  @Test
  @Timeout(600)
  @EnabledIfSystemProperty(named = "davy.long", matches = "true")
  void soItDoesWithTheFirmwareOnAnEmulatedProcessor() throws Exception {
    prove("emulated Cortex-M3", true);
  }

  private void prove(String board, boolean emulated) throws Exception {
    Patience.attempt(
        folder,
        attempt -> {
          table.clear();
          try (GuardRig fresh = new GuardRig(attempt, SEED, emulated)) {
            rig = fresh;
            rig.awaitArmed(rig.begun());
            for (Row row : rows(attempt, emulated)) {
              judge(row);
            }
          } finally {
            System.out.printf("%s, seed %d: harm; cause; ms to drop; ms since good%n", board, SEED);
            table.forEach(System.out::println);
          }
        });
  }

  private void judge(Row row) throws Exception {
    int from = rig.moves().size();
    long at = row.harm().done();
    if (row.cause().isEmpty()) {
      Optional<Move> drop = rig.move(from, false, STILL_MILLIS);
      table.add(String.format(Locale.ROOT, "%-34s no drop", row.name()));
      assertEquals(Optional.empty(), drop, () -> row.name() + ": " + rig.told());
      row.mend().done();
      return;
    }
    Optional<Move> drop = rig.move(from, false, PATIENCE_MILLIS);
    assertTrue(drop.isPresent(), () -> row.name() + ": still energised " + rig.demo().said());
    double millis = (drop.get().nanos() - at) / 1e6;
    int after = rig.moves().size();
    row.mend().done();
    rig.awaitArmed(after);
    long own = rig.ownMillis();
    table.add(
        String.format(
            Locale.ROOT, "%-34s %-10s %7.1f %5d", row.name(), rig.latestDrop(), millis, own));
    assertEquals(row.cause(), rig.latestDrop(), row.name());
    assertTrue(own <= DROP_MILLIS, row.name() + ": " + own + " ms after the last good answer");
    assertTrue(millis <= LEGAL_MILLIS, row.name() + ": " + millis + " ms");
  }

  private List<Row> rows(Path attempt, boolean emulated) throws IOException {
    List<Row> rows = new ArrayList<>(ofTheProcess());
    rows.addAll(ofTheScan());
    rows.addAll(ofTheLine());
    rows.addAll(ofTheGuard(emulated ? "WATCHDOG" : "RESET"));
    GuardRig.fakeTime(attempt.resolve("clock"))
        .ifPresentOrElse(
            environment -> rows.addAll(clock(attempt.resolve("clock"), environment)),
            () -> table.add("the clock stepped: not tried, libfaketime is missing"));
    return rows;
  }

  private List<Row> ofTheProcess() {
    Mend restart = () -> rig.restartInterlock();
    return List.of(
        new Row("killed", "TOO_LATE", () -> rig.shell("kill -KILL $1"), restart),
        new Row("stopped", "TOO_LATE", () -> rig.shell("kill -STOP $1"), restart),
        new Row(
            "stopped for 300 ms",
            "",
            () -> rig.shell("kill -STOP $1; sleep 0.3; kill -CONT $1"),
            () -> {}),
        new Row(
            "stopped for 450 ms",
            "TOO_LATE",
            () -> rig.shell("kill -STOP $1; sleep 0.45; kill -CONT $1"),
            () -> {}),
        new Row("out of memory", "TOO_LATE", () -> rig.harm("memory"), restart));
  }

  private List<Row> ofTheScan() {
    Mend well = () -> rig.harm("scan well");
    return List.of(
        new Row("a scan of 120 ms", "", () -> rig.harm("scan sluggish"), well),
        new Row("a scan of 450 ms", "TOO_LATE", () -> rig.harm("scan slow"), well),
        new Row("a scan without end", "TOO_LATE", () -> rig.harm("scan loops"), well),
        new Row(
            "one line's thread hangs",
            "TOO_LATE",
            () -> rig.harm("line hangs"),
            () -> rig.harm("line well")),
        new Row(
            "a timer answers in its place",
            "TOO_EARLY",
            () -> rig.harm("timer answers"),
            () -> rig.harm("timer well")),
        new Row(
            "a scan throws",
            "TOO_LATE",
            () -> rig.harm("scan throws"),
            () -> rig.restartInterlock()));
  }

  private List<Row> ofTheLine() {
    Mend well = () -> rig.tap().become(Wire.WELL);
    return List.of(
        new Row("earlier answers again", "WRONG", () -> rig.tap().become(Wire.REPLAYED), well),
        new Row(
            "a flipped bit in each chunk", "TOO_LATE", () -> rig.tap().become(Wire.NOISY), well),
        new Row(
            "a flipped bit in one of eight", "", () -> rig.tap().become(Wire.SELDOM_NOISY), well),
        new Row("the line pulled out", "TOO_LATE", () -> rig.tap().become(Wire.PULLED), well));
  }

  private List<Row> ofTheGuard(String toldReset) {
    return List.of(
        new Row("the guard reset", toldReset, () -> rig.resetGuard(), () -> {}),
        new Row(
            "its clock at a quarter",
            "TOO_EARLY",
            () -> rig.guard("clock 25"),
            () -> rig.guard("clock 100")),
        new Row(
            "its supply at 2.8 V",
            "SUPPLY",
            () -> rig.guard("supply 2800"),
            () -> rig.guard("supply 3300")),
        new Row("the trip loop opened", "TRIP_INPUT", () -> rig.guard("trip 1"), this::release));
  }

  /** Closes the loop and presses the guard's button for 200 ms. */
  private void release() throws Exception {
    rig.guard("trip 0");
    rig.guard("button 1");
    rig.shell("sleep 0.2");
    rig.guard("button 0");
  }

  /** Ten years ahead, then ten back: the wall clock is seen stepping, the guard sees nothing. */
  private List<Row> clock(Path file, Map<String, String> environment) {
    return List.of(
        new Row(
            "killed, back with a false clock",
            "TOO_LATE",
            () -> rig.shell("kill -KILL $1"),
            () -> {
              Files.writeString(file, "+0");
              rig.restartInterlock(environment);
            }),
        new Row(
            "the clock stepped ten years",
            "",
            () -> {
              int before = year(rig.lastTime());
              Files.writeString(file, "+3650d");
              awaitYear("ahead", year -> year >= before + 9);
              Files.writeString(file, "-3650d");
              awaitYear("back", year -> year <= before - 9);
              return System.nanoTime();
            },
            () -> {}));
  }

  private void awaitYear(String what, IntPredicate wanted) throws Exception {
    long end = System.nanoTime() + STEP_SEEN_MILLIS * 1_000_000L;
    while (!wanted.test(year(rig.lastTime()))) {
      assertTrue(System.nanoTime() - end < 0, () -> "the clock was never seen " + what);
      LockSupport.parkNanos(LOOK_NANOS);
    }
  }

  private static int year(String time) {
    return Integer.parseInt(time.substring(0, 4));
  }
}
