package davy.controller.recording;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import davy.controller.interlock.Inputs;
import davy.controller.interlock.Inputs.FanInput;
import davy.controller.interlock.Inputs.FlowInput;
import davy.controller.interlock.Inputs.ZoneInput;
import davy.controller.interlock.Plan;
import davy.controller.interlock.PointInput;
import davy.controller.interlock.Saved;
import davy.controller.interlock.State;
import davy.controller.journal.Entry;
import davy.hal.signal.FanRun;
import davy.hal.signal.GuardState;
import davy.hal.signal.Methane;
import davy.hal.signal.Tick;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RecorderTest {

  private static final long MILLI = 1_000_000L;
  private static final long SECOND = 1_000 * MILLI;

  private static final Plan PLAN = plan();
  private static final State STATE = State.start(PLAN, Saved.nothing(PLAN));

  private final List<Entry> journal = new ArrayList<>();
  private boolean full;

  private static Plan plan() {
    Plan.Point point =
        new Plan.Point("T1", new Methane(100), new Methane(150), new Methane(100), false, SECOND);
    Plan.Zone zone =
        new Plan.Zone(
            "Z1",
            List.of(Plan.Group.of(0), Plan.Group.of(1)),
            Plan.Release.MANUAL,
            true,
            SECOND,
            SECOND,
            OptionalInt.empty());
    Plan.FanLimits limits = new RandomValues(new Random(1)).of(Plan.FanLimits.class);
    return new Plan(
        List.of(point, point),
        List.of(zone),
        List.of(
            new Plan.Fan(
                "F1",
                2,
                Optional.of(new Plan.Flow(100, SECOND)),
                List.of(0),
                List.of(0),
                List.of(),
                limits)),
        new RandomValues(new Random(2)).of(Plan.Times.class),
        new Plan.Bypasses(0, false, 0, 0, Optional.empty()),
        new Plan.Fitted(true, false));
  }

  private Recorder recorder() {
    return new Recorder(PLAN, "digest", Saved.nothing(PLAN), new Tick(SECOND), this::take);
  }

  private long take(Entry entry) {
    if (full) {
      return -1;
    }
    journal.add(entry);
    return journal.size();
  }

  private static Inputs random(Random random, Inputs before) {
    RandomValues values = new RandomValues(random);
    return new Inputs(
        before.points().stream()
            .map(old -> random.nextInt(3) > 0 ? old : values.of(PointInput.class))
            .toList(),
        List.of(random.nextInt(3) > 0 ? before.zones().getFirst() : values.of(ZoneInput.class)),
        List.of(
            new FanInput(
                List.of(values.of(FanRun.class), FanRun.RUNNING), values.of(FlowInput.class))),
        random.nextInt(3) > 0 ? before.guard() : values.of(GuardState.class),
        random.nextInt(3) > 0 ? before.key() : values.of(Inputs.Key.class),
        random.nextInt(5) > 0 ? List.of() : values.of(Inputs.class).requests(),
        random.nextInt(5) > 0 ? before.recorded() : values.of(Inputs.class).recorded(),
        random.nextInt(5) > 0 ? before.stationAlive() : random.nextBoolean(),
        random.nextInt(5) > 0 ? before.scanLate() : random.nextBoolean());
  }

  @Test
  void everyStepOfAnyInputsIsReadBackAsItWas() throws Exception {
    long seed = System.nanoTime();
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    Inputs before = StepJson.blank(PLAN);
    Inputs readBefore = before;
    for (int round = 0; round < 20_000; round++) {
      Inputs now = random.nextInt(4) == 0 ? before : random(random, before);
      long elapsed = random.nextLong(SECOND);
      Object json = ValueJsonTest.throughText(StepJson.write(before, now, elapsed));
      StepJson.Step step = StepJson.read(readBefore, json);
      assertEquals(new StepJson.Step(elapsed, now), step, json.toString());
      before = now;
      readBefore = step.inputs();
    }
  }

  @Test
  void aStepInWhichOnlyTimeWentByIsANumber() {
    Inputs blank = StepJson.blank(PLAN);
    assertEquals(50 * MILLI, StepJson.write(blank, blank, 50 * MILLI));
  }

  @Test
  void aStepOfAnotherFormIsRefusedAndNotGuessed() {
    Inputs blank = StepJson.blank(PLAN);
    for (Object wrong :
        List.of(
            "soon",
            Map.of("p0", 41L),
            Map.of("t", 1L, "p2", 41L),
            Map.of("t", 1L, "p-1", 41L),
            Map.of("t", 1L, "q0", 41L),
            Map.of("t", 1L, "p0", "MELTED"),
            Map.of("t", 1L, "p0", 1L << 40),
            Map.of("t", 1L, "z0", "OFF"),
            Map.of("t", 1L, "key", true),
            Map.of("t", 1L, "requests", List.of("Bake")),
            Map.of("t", 1L, "colour", "red"))) {
      assertThrows(ValueJson.Unlike.class, () -> StepJson.read(blank, wrong), wrong.toString());
    }
  }

  @Test
  void stepsGatherForFiveSecondsAndGoAtOnceWithOneThatChangedAnything() {
    Recorder recorder = recorder();
    Inputs blank = StepJson.blank(PLAN);
    for (int step = 0; step < 99; step++) {
      recorder.record(50 * MILLI, blank, STATE, false);
    }
    assertEquals(0, journal.size());
    recorder.record(50 * MILLI, blank, STATE, true);
    assertEquals(List.of("inputs.begin", "inputs"), codes());
    assertEquals(100, ((List<?>) journal.getLast().fields().get("steps")).size());
    assertEquals(new Tick(6 * SECOND), journal.getLast().tick());
    for (int step = 0; step < 101; step++) {
      recorder.record(50 * MILLI, blank, STATE, false);
    }
    assertEquals(3, journal.size());
  }

  private List<String> codes() {
    return journal.stream().map(entry -> entry.code().id()).toList();
  }

  @Test
  void whatAFullJournalRefusesIsOfferedAgainAndNothingIsMissing() {
    Recorder recorder = recorder();
    Inputs blank = StepJson.blank(PLAN);
    full = true;
    for (int step = 0; step < 1_000; step++) {
      recorder.record(50 * MILLI, blank, STATE, step % 10 == 0);
    }
    full = false;
    recorder.record(SECOND, blank, STATE, false);
    assertEquals(List.of("inputs.begin", "inputs"), codes());
    assertEquals(1_001, ((List<?>) journal.getLast().fields().get("steps")).size());
  }

  @Test
  void stepsThatWaitTooLongAreGivenUpAndTheWholeStateBeginsAnew() {
    Recorder recorder = recorder();
    Inputs blank = StepJson.blank(PLAN);
    full = true;
    for (int step = 0; step < Recorder.BOUND + 1_000; step++) {
      recorder.record(50 * MILLI, blank, STATE, true);
    }
    full = false;
    recorder.record(SECOND, blank, STATE, false);
    assertEquals(List.of("inputs.begin", "inputs"), codes());
    Entry begin = journal.getFirst();
    assertTrue(begin.fields().containsKey("state"));
    assertFalse(begin.fields().containsKey("saved"));
    assertTrue(begin.tick().nanosSince(new Tick(0)) > Recorder.BOUND * 50 * MILLI);
    int steps = ((List<?>) journal.getLast().fields().get("steps")).size();
    assertTrue(steps <= 1_001, steps + " steps");
    assertEquals(
        journal.getLast().tick(),
        begin.tick().plusNanos(SECOND + (steps - 1) * 50 * MILLI),
        "the steps lead from the state to the record");
  }

  @Test
  void theWholeStateIsRecordedEveryHour() {
    Recorder recorder = recorder();
    Inputs blank = StepJson.blank(PLAN);
    for (int step = 0; step < 3 * 3_600 + 10; step++) {
      recorder.record(SECOND, blank, STATE, false);
    }
    assertEquals(4, codes().stream().filter("inputs.begin"::equals).count());
  }

  /** The scan thread has 4 KB a scan in all. */
  @Test
  void recordingAScanWithoutNewsCostsLittle() {
    Plan.Point point = PLAN.points().getFirst();
    Plan sixteen =
        new Plan(
            Collections.nCopies(16, point),
            PLAN.zones(),
            PLAN.fans(),
            PLAN.times(),
            PLAN.bypasses(),
            PLAN.fitted());
    State state = State.start(sixteen, Saved.nothing(sixteen));
    Recorder recorder =
        new Recorder(sixteen, "digest", Saved.nothing(sixteen), new Tick(0), this::take);
    Inputs blank = StepJson.blank(sixteen);
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    long bytes = 0;
    for (int scans : List.of(20_000, 20_000)) {
      long before = threads.getCurrentThreadAllocatedBytes();
      for (int scan = 0; scan < scans; scan++) {
        recorder.record(50 * MILLI, blank, state, false);
      }
      bytes = (threads.getCurrentThreadAllocatedBytes() - before) / scans;
    }
    System.out.println("bytes a scan: " + bytes);
    assertTrue(bytes <= 512, bytes + " bytes");
  }

  @Test
  void theEndHandsOverWhatHasGathered() {
    Recorder recorder = recorder();
    recorder.record(SECOND, StepJson.blank(PLAN), STATE, false);
    recorder.close();
    assertEquals(List.of("inputs.begin", "inputs"), codes());
  }
}
