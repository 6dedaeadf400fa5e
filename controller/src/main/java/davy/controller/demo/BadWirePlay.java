package davy.controller.demo;

import davy.controller.demo.Judge.Due;
import davy.controller.demo.Narrator.Words;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Plays every fault of a wire, one after another, each with gas at the face: power must go off
 * within the limit each time, judged at the breaker, and come back once the wire is good. Where
 * something else cut the power first, as the guard does on a machine that stood still, the fault is
 * played again.
 */
final class BadWirePlay {

  private static final List<String> HEADS = List.of("T1", "T2", "T3");

  /** Gas that is read, or a head that can't be. */
  private static final List<String> SENSORS =
      List.of("METHANE_HIGH", "SENSOR_STALE", "SENSOR_FAULT");

  /** How long the wire is bad before the gas comes. */
  private static final long BAD_MILLIS = 1_500;

  private static final long CROSSING_MILLIS = 60_000;
  private static final int TIMES = 4;

  private final MineLink mine;
  private final Happenings<Status> frames;
  private final Mender mender;
  private final List<String> complaints;
  private final Narrator narrator;
  private final Consumer<Judgement> verdicts;

  BadWirePlay(
      MineLink mine,
      Happenings<Status> frames,
      Hand hand,
      Narrator narrator,
      List<String> complaints,
      Consumer<Judgement> verdicts) {
    this.mine = mine;
    this.frames = frames;
    this.mender = new Mender(mine.facts(), frames, hand, narrator, complaints);
    this.complaints = complaints;
    this.narrator = narrator;
    this.verdicts = verdicts;
  }

  /**
   * @param only names of {@link WireHarm}; empty for all of them
   */
  void run(List<String> only) throws InterruptedException {
    for (WireHarm harm : WireHarm.catalogue()) {
      if (only.isEmpty() || only.contains(harm.name())) {
        play(harm);
      }
    }
  }

  /** Until the cut is the gas's or the wire's own. */
  private void play(WireHarm harm) throws InterruptedException {
    for (int time = 1; time <= TIMES; time++) {
      narrator.tell("wire", harm.words());
      long from = mine.facts().end();
      mine.send(harm.done());
      Optional<Verdict> verdict = Optional.empty();
      if (!harm.passing() || staysOn(from)) {
        verdict = strike(harm.gas());
      }
      long back = mine.facts().end();
      mine.send(harm.mended());
      mine.send(harm.gone());
      narrator.tell("repair", new Words("The wire is good again.", "总线修复。"));
      mender.live(back);
      if (verdict.filter(seen -> SENSORS.contains(seen.cause()) || !cut(seen)).isPresent()) {
        verdicts.accept(new WireVerdict(harm.name(), struck(from), verdict.get()));
        return;
      }
      narrator.tell("again", new Words("Something else cut the power: again.", "其他原因断电，重做。"));
    }
    complaints.add("power never stayed on until the gas came: " + harm.name());
  }

  private static boolean cut(Verdict verdict) {
    return verdict.feedDead().isPresent();
  }

  private boolean staysOn(long from) throws InterruptedException {
    return mine.facts()
        .await(
            from,
            BAD_MILLIS,
            fact -> fact.is(Fact.Kind.FEED, "zone", Play.ZONE) && !fact.flag("live"))
        .isEmpty();
  }

  private Optional<Verdict> strike(MineCommand gas) throws InterruptedException {
    Due due =
        new Due(Play.ZONE, SENSORS, mine.facts().end(), frames.end(), Fact.Kind.CROSSED, HEADS);
    mine.send(gas);
    if (mine.facts().await(due.from(), CROSSING_MILLIS, due::begins).isEmpty()) {
      complaints.add("the gas did not come");
      return Optional.empty();
    }
    return Optional.of(new Judge(mine.facts(), frames, Judge.PATIENCE_MILLIS).trip(due));
  }

  /** How often the wire struck, as the mine counted. */
  private long struck(long from) {
    return mine.facts().since(from).stream()
        .filter(fact -> fact.kind() == Fact.Kind.WIRE)
        .mapToLong(fact -> fact.number("struck"))
        .sum();
  }
}
