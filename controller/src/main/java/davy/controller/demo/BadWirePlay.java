package davy.controller.demo;

import davy.bridge.sim.WireFault;
import davy.controller.demo.Judge.Due;
import davy.controller.demo.MineCommand.Word;
import davy.controller.demo.Narrator.Words;
import java.util.ArrayList;
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

  private static final String FACE = "T1";
  private static final List<String> HEADS = List.of("T1", "T2", "T3");

  /** Gas that is read, or a head that can't be. */
  private static final List<String> SENSORS =
      List.of("METHANE_HIGH", "SENSOR_STALE", "SENSOR_FAULT");

  /** How long the wire is bad before the gas comes. */
  private static final long BAD_MILLIS = 1_500;

  private static final long CROSSING_MILLIS = 60_000;
  private static final int TIMES = 4;

  /**
   * One thing that is wrong with the wire.
   *
   * @param passing good answers come between the bad ones: power must stay on until the gas comes
   */
  private record Harm(
      String name, boolean passing, Words words, MineCommand done, MineCommand mended) {

    /** One in three answers of every slave on every line. */
    static Harm often(WireFault fault) {
      return new Harm(
          fault.id(),
          true,
          new Words("One in three answers: " + fault.id() + ".", "每三个应答中有一个异常：" + fault.id() + "。"),
          new MineCommand(Word.WIRE, "all=" + fault.id() + "/3"),
          new MineCommand(Word.WIRE, "all=good"));
    }

    /** All that the heads say. */
    static Harm always(WireFault fault) {
      String name = "always-" + fault.id();
      return new Harm(
          name,
          false,
          new Words("The heads' wire: " + name + ".", "传感器总线：" + name + "。"),
          new MineCommand(Word.WIRE, "sensors=" + fault.id()),
          new MineCommand(Word.WIRE, "all=good"));
    }

    static Harm vanished(String line) {
      return new Harm(
          "vanished-" + line,
          false,
          new Words("The adapter of " + line + " is pulled.", line + " 适配器被拔出。"),
          new MineCommand(Word.VANISH, line),
          new MineCommand(Word.APPEAR, line));
    }

    static Harm dead(String head) {
      return new Harm(
          "dead",
          false,
          new Words(head + " is dead.", head + " 无应答。"),
          new MineCommand(Word.UNPLUG, head),
          new MineCommand(Word.PLUG, head));
    }
  }

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

  void run() throws InterruptedException {
    MineCommand gas = new MineCommand(Word.TESTGAS, FACE);
    MineCommand gone = new MineCommand(Word.LOOSE, FACE);
    for (Harm harm : catalogue()) {
      play(harm, gas, gone);
    }
    play(Harm.often(WireFault.MIXED), MineCommand.of(Word.OUTBURST), MineCommand.of(Word.CALM));
  }

  /** First what leaves good answers, then what takes readings or outputs away altogether. */
  private static List<Harm> catalogue() {
    List<Harm> all = new ArrayList<>();
    WireFault.passing().forEach(fault -> all.add(Harm.often(fault)));
    all.add(Harm.dead(FACE));
    all.add(Harm.always(WireFault.LATE));
    all.add(Harm.always(WireFault.BABBLE));
    all.add(Harm.always(WireFault.TWICE));
    List.of(Mine.SENSORS, Mine.RELAYS, Mine.CONTACTS).forEach(line -> all.add(Harm.vanished(line)));
    return all;
  }

  /** Until the cut is the gas's or the wire's own. */
  private void play(Harm harm, MineCommand gas, MineCommand gone) throws InterruptedException {
    for (int time = 1; time <= TIMES; time++) {
      narrator.tell("wire", harm.words());
      long from = mine.facts().end();
      mine.send(harm.done());
      Optional<Verdict> verdict = Optional.empty();
      if (!harm.passing() || staysOn(from)) {
        verdict = strike(gas);
      }
      long back = mine.facts().end();
      mine.send(harm.mended());
      mine.send(gone);
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
