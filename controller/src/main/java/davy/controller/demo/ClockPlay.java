package davy.controller.demo;

import davy.controller.demo.Judge.Due;
import davy.controller.demo.MineCommand.Word;
import davy.controller.demo.Narrator.Words;
import davy.hal.Clock;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Plays steps of the wall clock, by minutes and by ten years, both ways, at rest and while a trip
 * is on its way. Each must show in the journal's labels, none in the monotonic ticks, and power
 * goes off in time all the same.
 *
 * @param complaints added to
 */
record ClockPlay(
    MineLink mine,
    Happenings<Status> frames,
    Daemons daemons,
    Path journal,
    Locks locks,
    Narrator narrator,
    List<String> complaints,
    Consumer<Judgement> verdicts) {

  /** Offsets from the true time, one after another: each is a step from the one before. */
  private static final List<String> OFFSETS = List.of("+7m", "-7m", "+10y", "-10y");

  private static final String TRUE_TIME = "+0";
  private static final int TIMES = 3;

  private static final String LOST = "SENSOR_STALE";
  private static final String FACE_ALARM = "T1-limit";
  private static final String FACE = "T1";
  private static final String RETURN_AIR = "T2";
  private static final long REST_MILLIS = 2_000;
  private static final long CROSSING_MILLIS = 60_000;

  /** A record is made within seconds, for the gas is never quite still. */
  private static final long SHOWN_MILLIS = 30_000;

  private static final long LOOK_MILLIS = 250;

  /** Between the tick of a status frame and ours, at most. */
  private static final long APART_NANOS = 20_000_000_000L;

  void run() throws InterruptedException {
    long live = mine.facts().end();
    for (String offset : OFFSETS) {
      int before = ClockJumps.of(journal).jumps().size();
      step(offset);
      shown(offset, before);
      mine.facts().await(mine.facts().end(), REST_MILLIS, _ -> false);
    }
    if (mine.facts().since(live).stream().anyMatch(fact -> feed(fact, false))) {
      complaints.add("power was cut while nothing but the clock had moved");
    }
    for (String offset : OFFSETS) {
      inFlight(offset);
    }
    outburst();
  }

  private static boolean feed(Fact fact, boolean live) {
    return fact.is(Fact.Kind.FEED, "zone", Play.ZONE) && fact.flag("live") == live;
  }

  private void step(String offset) {
    daemons.stepClock(offset);
    narrator.tell(
        "clock", new Words("The clock now is at " + offset + ".", "系统时钟跳至 " + offset + "。"));
  }

  /** The control: the wall clock of the interlock was stepped, its monotonic clock was not. */
  private void shown(String offset, int before) throws InterruptedException {
    long end = System.nanoTime() + SHOWN_MILLIS * 1_000_000L;
    while (ClockJumps.of(journal).jumps().size() == before && System.nanoTime() - end < 0) {
      mine.facts().await(mine.facts().end(), LOOK_MILLIS, _ -> false);
    }
    if (ClockJumps.of(journal).jumps().size() == before) {
      complaints.add("no record of the journal shows the step to " + offset);
    }
    long apart = frames.latest().map(Status::tick).orElse(0L) - Clock.SYSTEM.now().nanos();
    if (Math.abs(apart) > APART_NANOS) {
      complaints.add("the monotonic clock was stepped as well");
    }
  }

  /** Again where another head was lost first, as on a machine that stood still. */
  private void inFlight(String offset) throws InterruptedException {
    for (int time = 1; time <= TIMES; time++) {
      Optional<Verdict> verdict = flight(offset);
      if (time == TIMES || verdict.filter(ClockPlay::ofAnotherHead).isEmpty()) {
        verdict.ifPresent(verdicts);
        return;
      }
      narrator.tell("again", new Words("Another head was lost first: again.", "其他传感器先失联，重做。"));
      int before = ClockJumps.of(journal).jumps().size();
      step(TRUE_TIME);
      shown(TRUE_TIME, before);
    }
  }

  /** Lost in the same way, and cut in time; whatever else is wrong is judged at once. */
  private static boolean ofAnotherHead(Verdict verdict) {
    return verdict.cause().equals(LOST)
        && !verdict.point().equals(RETURN_AIR)
        && verdict.feedDead().filter(millis -> millis <= Judge.LEGAL_MILLIS).isPresent();
  }

  /** A head falls silent as the clock is stepped: until its age limit the trip is on its way. */
  private Optional<Verdict> flight(String offset) throws InterruptedException {
    Due due =
        new Due(
            Play.ZONE,
            LOST,
            mine.facts().end(),
            frames.end(),
            Fact.Kind.SILENT,
            List.of(RETURN_AIR));
    mine.send(new MineCommand(Word.UNPLUG, RETURN_AIR));
    step(offset);
    Optional<Verdict> verdict = judged(due);
    long from = mine.facts().end();
    long fromFrame = frames.end();
    mine.send(new MineCommand(Word.PLUG, RETURN_AIR));
    locks.live(Play.ZONE, from, fromFrame);
    return verdict;
  }

  /** The clock jumps twenty years ahead between the alarm of the face and its cut-off. */
  private void outburst() throws InterruptedException {
    Due due =
        new Due(
            Play.ZONE,
            "METHANE_HIGH",
            mine.facts().end(),
            frames.end(),
            Fact.Kind.CROSSED,
            List.of(FACE, RETURN_AIR));
    mine.send(MineCommand.of(Word.OUTBURST));
    frames.await(
        frames.end(), CROSSING_MILLIS, frame -> frame.alarmLife(FACE_ALARM).startsWith("Unack"));
    step(OFFSETS.get(2));
    judged(due).ifPresent(verdicts);
  }

  private Optional<Verdict> judged(Due due) throws InterruptedException {
    if (mine.facts().await(due.from(), CROSSING_MILLIS, due::begins).isEmpty()) {
      complaints.add("the mine did not do as told");
      return Optional.empty();
    }
    return Optional.of(new Judge(mine.facts(), frames, Judge.PATIENCE_MILLIS).trip(due));
  }

  /** After the run: every kind of step is in the journal, and its order followed none of them. */
  static List<String> complaints(Path journal) {
    ClockJumps clocks = ClockJumps.of(journal);
    if (!clocks.trouble().isEmpty()) {
      return List.of("the journal's order: " + clocks.trouble());
    }
    boolean all =
        clocks.years(true) >= 3
            && clocks.years(false) >= 2
            && clocks.minutes(true) >= 1
            && clocks.minutes(false) >= 2;
    return all ? List.of() : List.of("the journal shows not every step: " + clocks.jumps());
  }
}
