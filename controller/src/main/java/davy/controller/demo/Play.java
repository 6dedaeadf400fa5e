package davy.controller.demo;

import davy.controller.demo.Judge.Due;
import davy.controller.demo.MineCommand.Word;
import davy.controller.demo.Narrator.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Plays a scenario to the running heading and keeps what came of it. The main thread. */
final class Play {

  /** The one zone of the demonstration's heading and the heads that cut it. */
  static final String ZONE = "Z1";

  private static final String FACE = "T1";
  private static final String RETURN_AIR = "T2";
  private static final long QUIET_MILLIS = 8_000;
  private static final long CROSSING_MILLIS = 60_000;
  private static final long SILENCE_MILLIS = 5_000;
  private static final long RELEASE_MILLIS = 90_000;
  private static final long CLOSING_MILLIS = 15_000;
  private static final long COUNTY_MILLIS = 30_000;

  private final MineLink mine;
  private final Happenings<Status> frames;
  private final County county;
  private final Narrator narrator;
  private final List<Verdict> verdicts = new ArrayList<>();
  private final List<String> complaints = new ArrayList<>();

  Play(MineLink mine, Happenings<Status> frames, County county, Narrator narrator) {
    this.mine = mine;
    this.frames = frames;
    this.county = county;
    this.narrator = narrator;
  }

  List<Verdict> verdicts() {
    return List.copyOf(verdicts);
  }

  /** What went wrong, in words; empty after a run that passed. */
  List<String> complaints() {
    List<String> all = new ArrayList<>(complaints);
    verdicts.stream().filter(verdict -> !verdict.passed()).forEach(v -> all.add(v.complaint()));
    return all;
  }

  void run(Scenario scenario) throws InterruptedException, County.Missing {
    narrator.tell("scenario", scenario.words());
    switch (scenario) {
      case QUIET -> quiet();
      case OUTBURST -> {
        outburst();
        calm();
      }
      case SENSOR_UNPLUGGED -> unplugged();
      case FROZEN_LINE -> frozen();
      case COUNTY_DOWN -> countyDown();
    }
  }

  private void quiet() throws InterruptedException {
    Optional<Fact> cut =
        mine.facts()
            .await(
                mine.facts().end(),
                QUIET_MILLIS,
                fact -> fact.kind() == Fact.Kind.FEED && !fact.flag("live"));
    cut.ifPresent(fact -> complaints.add("power was cut in " + fact.text("zone")));
    boolean granted =
        frames.latest().flatMap(frame -> frame.zone(ZONE)).filter(Status.Zone::granted).isPresent();
    if (!granted) {
      complaints.add("the interlock withholds power without a reason");
    }
  }

  private void outburst() throws InterruptedException {
    incident(
        "METHANE_HIGH",
        MineCommand.of(Word.OUTBURST),
        CROSSING_MILLIS,
        List.of(FACE, RETURN_AIR),
        Fact.Kind.CROSSED);
  }

  private void unplugged() throws InterruptedException {
    incident(
        "SENSOR_STALE",
        new MineCommand(Word.UNPLUG, RETURN_AIR),
        SILENCE_MILLIS,
        List.of(RETURN_AIR),
        Fact.Kind.SILENT);
    narrator.tell("repair", new Words("The cable is plugged in again.", "电缆重新接好。"));
    released(new MineCommand(Word.PLUG, RETURN_AIR));
  }

  private void frozen() throws InterruptedException {
    incident(
        "SENSOR_STALE",
        new MineCommand(Word.FREEZE, Mine.SENSORS),
        SILENCE_MILLIS,
        List.of(FACE, RETURN_AIR),
        Fact.Kind.SILENT);
    narrator.tell("repair", new Words("The line is mended.", "总线修复。"));
    released(new MineCommand(Word.THAW, Mine.SENSORS));
  }

  private void calm() throws InterruptedException {
    narrator.tell(
        "calm",
        new Words("The inflow is over; the local fan carries the gas away.", "涌出结束，局部通风机排出瓦斯。"));
    released(MineCommand.of(Word.CALM));
  }

  private void countyDown() throws InterruptedException, County.Missing {
    county.stop();
    narrator.tell("county", new Words("The county's broker is killed.", "县级平台的消息服务器被强行终止。"));
    outburst();
    long before = county.heard().end();
    county.start();
    narrator.tell("county", new Words("The county's broker is back.", "县级平台的消息服务器恢复。"));
    if (county.heard().await(before, COUNTY_MILLIS, message -> message.tells(ZONE)).isPresent()) {
      narrator.tell("county", new Words("The county has received the trip.", "县级平台已收到断电信息。"));
    } else {
      complaints.add("the county did not hear of the trip after it was back");
    }
    calm();
  }

  /** Brings an incident about and judges the trip that must follow. */
  private void incident(
      String cause, MineCommand command, long limitMillis, List<String> heads, Fact.Kind begins)
      throws InterruptedException {
    Due due = new Due(ZONE, cause, mine.facts().end(), frames.end(), begins, heads);
    mine.send(command);
    if (mine.facts().await(due.from(), limitMillis, due::begins).isEmpty()) {
      complaints.add("the mine did not do as told: " + command.line());
      return;
    }
    Verdict verdict = new Judge(mine.facts(), frames, Judge.PATIENCE_MILLIS).trip(due);
    verdicts.add(verdict);
    narrator.tell("trip", verdict.words());
  }

  /** Ends the incident: the lock must open by itself and the electrician can close the breaker. */
  private void released(MineCommand end) throws InterruptedException {
    long from = mine.facts().end();
    long fromFrame = frames.end();
    mine.send(end);
    boolean open =
        frames
            .await(
                fromFrame,
                RELEASE_MILLIS,
                frame -> frame.zone(ZONE).filter(Status.Zone::granted).isPresent())
            .isPresent();
    boolean live =
        open
            && mine.facts()
                .await(
                    from,
                    CLOSING_MILLIS,
                    fact -> fact.is(Fact.Kind.FEED, "zone", ZONE) && fact.flag("live"))
                .isPresent();
    if (!open) {
      complaints.add("the lock of " + ZONE + " did not open again");
    } else if (!live) {
      complaints.add("power did not come back in " + ZONE);
    }
  }
}
