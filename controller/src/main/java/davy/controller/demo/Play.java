package davy.controller.demo;

import davy.controller.demo.Judge.Due;
import davy.controller.demo.MineCommand.Word;
import davy.controller.demo.Narrator.Words;
import davy.hal.Clock;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Plays a scenario to the running heading and keeps what came of it. The main thread. */
final class Play {

  /** The one zone of the demonstration's heading and the heads that cut it. */
  static final String ZONE = "Z1";

  private static final String FACE = "T1";
  private static final String RETURN_AIR = "T2";
  private static final String INTAKE_AIR = "T3";

  /** Where no head begins it. */
  private static final List<String> NO_HEAD = List.of("");

  private static final long QUIET_MILLIS = 8_000;
  private static final long CROSSING_MILLIS = 60_000;
  private static final long SILENCE_MILLIS = 5_000;
  private static final long RELEASE_MILLIS = 90_000;
  private static final long COUNTY_MILLIS = 30_000;

  private final MineLink mine;
  private final Happenings<Status> frames;
  private final County county;
  private final Hand hand;
  private final Narrator narrator;
  private final Locks locks;
  private final EvidencePlay evidence;
  private final GuardPlay guard;
  private final AlarmPlay alarms;
  private final BadWirePlay wire;
  private final ClockPlay clock;
  private final List<Judgement> verdicts = new ArrayList<>();
  private final List<String> complaints = new ArrayList<>();

  Play(
      MineLink mine,
      Happenings<Status> frames,
      County county,
      Hand hand,
      Daemons daemons,
      Path journal,
      Narrator narrator) {
    this.mine = mine;
    this.frames = frames;
    this.county = county;
    this.hand = hand;
    this.narrator = narrator;
    this.evidence = new EvidencePlay(county, frames, journal, narrator, complaints);
    this.locks = new Locks(mine.facts(), frames, complaints);
    this.clock =
        new ClockPlay(mine, frames, daemons, journal, locks, narrator, complaints, this::add);
    this.alarms = new AlarmPlay(frames, hand, narrator, complaints);
    this.wire = new BadWirePlay(mine, frames, hand, narrator, complaints, this::add);
    this.guard = new GuardPlay(daemons, mine.facts(), frames, locks, narrator, this::add);
  }

  List<Judgement> verdicts() {
    return List.copyOf(verdicts);
  }

  /** What went wrong, in words; empty after a run that passed. */
  List<String> complaints() {
    List<String> all = new ArrayList<>(complaints);
    verdicts.stream().filter(verdict -> !verdict.passed()).forEach(v -> all.add(v.complaint()));
    return all;
  }

  /**
   * @param faults of a wire, for bad-wire: these alone; empty for all
   */
  void run(Scenario scenario, List<String> faults) throws InterruptedException, County.Missing {
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
      case TAMPER -> tamper();
      case FAN_STOP -> fanStop();
      case SERIES -> series();
      case OVER_RANGE -> overRange();
      case FROZEN_SENSOR -> frozenSensor();
      case FEED_STUCK -> feedStuck();
      case CALIBRATION -> calibration();
      case REMOTE_TRIP -> remoteTrip();
      case FAKE_CLEAR -> {
        outburst();
        alarms.whileItStands();
        calm();
        alarms.afterwards();
      }
      case CLOCK_STEP -> {
        clock.run();
        calm();
      }
      case BAD_WIRE -> wire.run(faults);
      case DAEMON_KILL -> guard.kill();
      case DAEMON_HANG -> guard.hang();
      case GUARD_RESET -> guard.reset();
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
        List.of(FACE, RETURN_AIR, INTAKE_AIR), // whichever answered longest ago
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
    evidence.complete();
    calm();
  }

  private void tamper() throws InterruptedException, County.Missing {
    county.stop();
    narrator.tell("county", new Words("The county's broker is killed.", "县级平台的消息服务器被强行终止。"));
    outburst();
    evidence.edit();
    county.start();
    narrator.tell("county", new Words("The county's broker is back.", "县级平台的消息服务器恢复。"));
    evidence.named();
    calm();
  }

  private void fanStop() throws InterruptedException {
    incident("FAN_STOPPED", MineCommand.of(Word.STOPFAN), SILENCE_MILLIS, NO_HEAD, Fact.Kind.FAN);
    released(MineCommand.of(Word.STARTFAN));
  }

  private void series() throws InterruptedException {
    incident(
        "METHANE_HIGH",
        new MineCommand(Word.INTAKE, "0.80"),
        CROSSING_MILLIS,
        List.of(INTAKE_AIR),
        Fact.Kind.CROSSED);
    long from = mine.facts().end();
    boolean ran = fan(0).isEmpty();
    mine.send(new MineCommand(Word.INTAKE, "1.80"));
    narrator.tell("series", new Words("More gas before the fan.", "局部通风机前瓦斯继续上升。"));
    if (!ran) {
      complaints.add("the fan was stopped below the second stage");
    } else if (fan(from).isEmpty()) {
      complaints.add("the second stage did not stop the fan");
    }
  }

  /** The fan's end, from a position on. */
  private Optional<Fact> fan(long from) throws InterruptedException {
    return mine.facts()
        .await(
            from,
            from == 0 ? 1 : CROSSING_MILLIS,
            fact -> fact.kind() == Fact.Kind.FAN && !fact.flag("running"));
  }

  private void overRange() throws InterruptedException {
    incident(
        "METHANE_HIGH",
        MineCommand.of(Word.FLOOD),
        CROSSING_MILLIS,
        List.of(FACE, RETURN_AIR),
        Fact.Kind.CROSSED);
    if (frames
        .await(0, CROSSING_MILLIS, frame -> frame.pointState(FACE).equals("overRange"))
        .isEmpty()) {
      complaints.add("T1 never was over its range");
    }
    mine.send(MineCommand.of(Word.CALM));
    locks.stayLocked();
    releasedByPerson(ZONE, Map.of("zone", ZONE));
  }

  private void frozenSensor() throws InterruptedException {
    mine.send(new MineCommand(Word.STICK, FACE));
    narrator.tell("stuck", new Words("T1 says the same from now on.", "T1 数值不再变化。"));
    incident(
        "METHANE_HIGH",
        MineCommand.of(Word.OUTBURST),
        CROSSING_MILLIS,
        List.of(RETURN_AIR),
        Fact.Kind.CROSSED);
    mine.send(new MineCommand(Word.LOOSE, FACE));
    calm();
  }

  private void feedStuck() throws InterruptedException {
    mine.send(new MineCommand(Word.WELD, ZONE));
    narrator.tell("weld", new Words("The breaker's contacts are welded.", "断路器触头粘连。"));
    long from = mine.facts().end();
    mine.send(MineCommand.of(Word.OUTBURST));
    if (mine.facts()
        .await(
            from,
            CROSSING_MILLIS,
            fact -> fact.is(Fact.Kind.FEED, "zone", ZONE) && !fact.flag("live"))
        .isEmpty()) {
      complaints.add("the welded " + ZONE + " kept its power: the zone upstream was not cut");
    }
    mine.send(MineCommand.of(Word.CALM));
    locks.stayWithheld(RETURN_AIR);
    mine.send(new MineCommand(Word.REPAIR, ZONE));
    narrator.tell("repair", new Words("A new breaker is fitted.", "更换断路器。"));
    ask("reset", Map.of("zone", ZONE, "repaired", "yes"));
    ask("reset", Map.of("zone", Mine.SECTION));
    if (mine.facts()
        .await(
            from,
            RELEASE_MILLIS,
            fact -> fact.is(Fact.Kind.FEED, "zone", ZONE) && fact.flag("live"))
        .isEmpty()) {
      complaints.add("power did not come back in " + ZONE);
    }
  }

  private void calibration() throws InterruptedException {
    Due due =
        new Due(
            ZONE,
            "CALIBRATION",
            mine.facts().end(),
            frames.end(),
            Fact.Kind.KEY,
            List.of("", RETURN_AIR));
    ask("calibrate", Map.of("point", RETURN_AIR, "reason", "the 15 days are over", "minutes", "5"));
    judge(due, "the calibration was announced and the key was not turned");
    mine.send(new MineCommand(Word.TESTGAS, RETURN_AIR));
    if (frames
        .await(frames.end(), SILENCE_MILLIS, frame -> frame.pointValue(RETURN_AIR).equals("2.00"))
        .isEmpty()) {
      complaints.add("the test gas at " + RETURN_AIR + " is not shown");
    }
    mine.send(new MineCommand(Word.LOOSE, RETURN_AIR));
    ask("end-bypass", Map.of("point", RETURN_AIR));
    released(MineCommand.of(Word.CALM));
  }

  private void remoteTrip() throws InterruptedException {
    Status status = frames.latest().orElseThrow();
    long heard = county.heard().end();
    String forged = county.trip(ZONE, status, true);
    if (county.heard().await(heard, COUNTY_MILLIS, told -> told.refuses(forged)).isEmpty()) {
      complaints.add("a forged trip was not refused");
    }
    Due due =
        new Due(ZONE, "REMOTE_TRIP", mine.facts().end(), frames.end(), Fact.Kind.COUNTY, NO_HEAD);
    mine.facts().add(Fact.of(Fact.Kind.COUNTY, Clock.SYSTEM.now()));
    county.trip(ZONE, frames.latest().orElse(status), false);
    narrator.tell("county", new Words("The county cuts " + ZONE + ".", "县级平台远程断电。"));
    judge(due, "the county's trip was not sent");
    locks.stayLocked();
    releasedByPerson(ZONE, Map.of("zone", ZONE));
  }

  private void ask(String kind, Map<String, String> fields) throws InterruptedException {
    narrator.tell(
        "ask", new Words("A named person asks: " + kind + " " + fields, "持证人员申请：" + kind));
    hand.ask(kind, fields, RELEASE_MILLIS).ifPresent(complaints::add);
  }

  private void releasedByPerson(String zone, Map<String, String> fields)
      throws InterruptedException {
    long from = mine.facts().end();
    long fromFrame = frames.end();
    ask("reset", fields);
    locks.live(zone, from, fromFrame);
  }

  /** Brings an incident about and judges the trip that must follow. */
  private void incident(
      String cause, MineCommand command, long limitMillis, List<String> heads, Fact.Kind begins)
      throws InterruptedException {
    Due due = new Due(ZONE, cause, mine.facts().end(), frames.end(), begins, heads);
    mine.send(command);
    judge(due, limitMillis, "the mine did not do as told: " + command.line());
  }

  private void add(Judgement verdict) {
    verdicts.add(verdict);
    narrator.tell("trip", verdict.words());
  }

  private void judge(Due due, String complaint) throws InterruptedException {
    judge(due, CROSSING_MILLIS, complaint);
  }

  private void judge(Due due, long limitMillis, String complaint) throws InterruptedException {
    if (mine.facts().await(due.from(), limitMillis, due::begins).isEmpty()) {
      complaints.add(complaint);
      return;
    }
    add(new Judge(mine.facts(), frames, Judge.PATIENCE_MILLIS).trip(due));
  }

  /** Ends the incident: the lock must open by itself and the electrician can close the breaker. */
  private void released(MineCommand end) throws InterruptedException {
    long from = mine.facts().end();
    long fromFrame = frames.end();
    mine.send(end);
    locks.live(ZONE, from, fromFrame);
  }
}
