package davy.tests.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;

import davy.controller.interlock.Decision;
import davy.controller.interlock.Event;
import davy.controller.interlock.Inputs;
import davy.controller.interlock.Inputs.FanInput;
import davy.controller.interlock.Inputs.Key;
import davy.controller.interlock.Inputs.OutputState;
import davy.controller.interlock.Inputs.ZoneInput;
import davy.controller.interlock.Interlock;
import davy.controller.interlock.Lock;
import davy.controller.interlock.Plan;
import davy.controller.interlock.PointInput;
import davy.controller.interlock.Request;
import davy.controller.interlock.State;
import davy.hal.signal.Feed;
import davy.hal.signal.GuardState;
import davy.hal.signal.Permit;
import davy.hal.signal.SensorFault;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** One scenario on the real interlock. */
final class ScenarioRun {

  private static final long SCAN_NANOS = 100_000_000L;

  /** How long after a release a person closes the breaker, in scans. */
  private static final int CLOSING_SCANS = 50;

  private final Path file;
  private final Scenario scenario;
  private final Plan plan;
  private final Map<String, String> held = new HashMap<>();
  private final List<Long> recorded = new ArrayList<>();
  private final int[] grantedScans;
  private State state;
  private Optional<Decision> decision = Optional.empty();
  private long requests;

  ScenarioRun(Path file) throws Exception {
    this.file = file;
    this.scenario = Scenario.read(file);
    this.plan = scenario.plan();
    this.state = State.start(plan, scenario.saved());
    this.grantedScans = new int[plan.zones().size()];
    if (scenario.running()) {
      plan.points().forEach(point -> held.put(point.name(), "0.40"));
    } else {
      hold(scenario.rows().getFirst());
    }
  }

  private void hold(Scenario.Row row) {
    for (int column = 0; column < scenario.inputs().size(); column++) {
      held.put(scenario.inputs().get(column), row.inputs().get(column));
    }
  }

  void play() {
    if (scenario.running()) {
      start();
    }
    long now = 0;
    for (Scenario.Row row : scenario.rows()) {
      for (; now + SCAN_NANOS < row.nanos(); now += SCAN_NANOS) {
        scan(List.of(), false);
      }
      now = row.nanos();
      play(row);
    }
  }

  /** The hold after power-on, then every zone opened by its release rule and closed by hand. */
  private void start() {
    scan(plan.times().startHoldNanos() / SCAN_NANOS + 200);
    for (int zone = 0; zone < plan.zones().size(); zone++) {
      if (zone(zone).permit() == Permit.WITHHELD) {
        scan(List.of(new Request.Reset(++requests, zone, "start", Optional.empty(), false)), false);
        scan(List.of(), true);
        scan(List.of(), false);
      }
      assertEquals(Permit.GRANTED, zone(zone).permit(), "zone runs at the start");
    }
    scan(2 * CLOSING_SCANS);
  }

  private void scan(long times) {
    for (long scan = 0; scan < times; scan++) {
      scan(List.of(), false);
    }
  }

  private void play(Scenario.Row row) {
    List<Request> asked = new ArrayList<>();
    boolean press = false;
    for (int column = 0; column < scenario.inputs().size(); column++) {
      String name = scenario.inputs().get(column);
      String value = row.inputs().get(column);
      if (name.equals("ask") && value.equals("restart")) {
        restart();
      } else if (name.equals("ask") && !value.equals(".")) {
        asked.add(request(value));
      } else if (name.equals("key") && value.equals("P")) {
        press = true;
      } else {
        held.put(name, value);
      }
    }
    scan(asked, press);
    expect(row);
  }

  /** The process ends and starts again: outputs drop, nothing is left but what was saved. */
  private void restart() {
    state = State.start(plan, state.saved());
    decision = Optional.empty();
    recorded.clear();
    Arrays.fill(grantedScans, 0);
  }

  private void expect(Scenario.Row row) {
    for (int column = 0; column < scenario.outputs().size(); column++) {
      String name = scenario.outputs().get(column);
      if (name.equals("causes") || name.equals("power")) {
        continue;
      }
      int columns = plan.zones().stream().anyMatch(zone -> zone.name().equals(name)) ? 3 : 1;
      assertEquals(
          String.join(" ", row.outputs().subList(column, column + columns)),
          said(name),
          file.getFileName() + ":" + row.line() + " " + name);
    }
  }

  private String said(String column) {
    String[] parts = column.split(":");
    return switch (parts[0]) {
      case "answer" -> answers();
      case "event" -> events();
      case "beat" -> decision.orElseThrow().answersGuard() ? "answered" : "silent";
      case "first" -> first(zone(index(parts[1])).lock());
      case "active" -> zone(index(parts[1])).active().toString();
      case "stop" -> ScenarioFans.stop(fan(parts[1]));
      case "lock" -> ScenarioFans.lock(fan(parts[1]));
      case "bypass" -> ScenarioBypasses.register(plan, decision.orElseThrow().bypasses());
      case "wants" -> wants(zone(index(parts[1])));
      default -> {
        Decision.ZoneView zone = zone(index(column));
        yield "%s %s %s"
            .formatted(zone.lock().getClass().getSimpleName(), zone.lock().seen(), zone.permit());
      }
    };
  }

  /** The cause that closed the lock, and the point that brought it. */
  private String first(Lock lock) {
    return switch (lock) {
      case Lock.Open _ -> "-";
      case Lock.Tripped tripped -> first(tripped.first());
      case Lock.Latched latched -> first(latched.first());
    };
  }

  private String first(Lock.FirstOut first) {
    String point = first.point() < 0 ? "" : ":" + plan.points().get(first.point()).name();
    return first.cause() + point;
  }

  private static String wants(Decision.ZoneView zone) {
    return zone.wanting().isEmpty()
        ? "-"
        : zone.wanting().stream().map(Enum::name).collect(Collectors.joining("+"));
  }

  private Decision.FanView fan(String name) {
    int index = plan.fans().stream().map(Plan.Fan::name).toList().indexOf(name);
    return decision.orElseThrow().fans().get(index);
  }

  private String answers() {
    List<String> answers = new ArrayList<>();
    for (Event event : decision.orElseThrow().events()) {
      if (event instanceof Event.Answered answered) {
        answers.add(answered.answer().name());
      }
    }
    return answers.isEmpty() ? "." : String.join("+", answers);
  }

  /** What was told beside causes, locks and answers. */
  private String events() {
    List<String> told = new ArrayList<>();
    for (Event event : decision.orElseThrow().events()) {
      switch (event) {
        case Event.ProofTested tested ->
            told.add((tested.passed() ? "ProofPassed:" : "ProofFailed:") + name(tested.zone()));
        case Event.FeedLost lost -> told.add("FeedLost:" + name(lost.zone()));
        case Event.FeedUnknown unknown -> told.add("FeedUnknown:" + name(unknown.zone()));
        case Event.ClosedItself closed -> told.add("ClosedItself:" + name(closed.zone()));
        case Event.ConfigurationAccepted _ -> told.add("ConfigurationAccepted");
        case Event.FanStopBegan began -> told.add("FanStopBegan:" + fan(began.fan()));
        case Event.FanStopEnded ended -> told.add("FanStopEnded:" + fan(ended.fan()));
        case Event.StartLocked locked -> told.add("StartLocked:" + fan(locked.fan()));
        case Event.StartUnlocked unlocked -> told.add("StartUnlocked:" + fan(unlocked.fan()));
        case Event.BypassBegan began ->
            told.add("Began:" + ScenarioBypasses.place(plan, began.bypass()));
        case Event.BypassEnded ended -> told.add(ended.why() + ":" + ended.bypass().kind());
        case Event.KeyStuck _ -> told.add("KeyStuck");
        default -> {}
      }
    }
    return told.isEmpty() ? "." : String.join("+", told);
  }

  private Request request(String text) {
    String[] parts = text.split("[:=,]");
    return switch (parts[0]) {
      case "trip" -> new Request.PanelTrip(++requests, index(parts[1]), "tester");
      case "remote" -> new Request.RemoteTrip(++requests, index(parts[1]), "county", "drill");
      case "prooftest" -> new Request.ProofTest(++requests, index(parts[1]), "tester");
      case "accept" -> new Request.AcceptConfiguration(++requests, parts[1], parts[2]);
      case "reset", "repaired" ->
          new Request.Reset(
              ++requests,
              index(parts[1]),
              "tester",
              parts.length > 2 ? Optional.of(Scenario.methane(parts[2])) : Optional.empty(),
              parts[0].equals("repaired"));
      default -> ScenarioBypasses.request(plan, ++requests, text).orElseThrow();
    };
  }

  private Decision.ZoneView zone(int zone) {
    return decision.orElseThrow().zones().get(zone);
  }

  private int index(String name) {
    return plan.zones().stream().map(Plan.Zone::name).toList().indexOf(name);
  }

  private String fan(int fan) {
    return plan.fans().get(fan).name();
  }

  private String name(int zone) {
    return plan.zones().get(zone).name();
  }

  private void scan(List<Request> asked, boolean press) {
    Decision now = Interlock.step(plan, state, inputs(asked, press), SCAN_NANOS);
    state = now.next();
    decision = Optional.of(now);
    for (int zone = 0; zone < grantedScans.length; zone++) {
      boolean granted = now.zones().get(zone).permit() == Permit.GRANTED;
      grantedScans[zone] = granted ? grantedScans[zone] + 1 : 0;
    }
    if (!held.getOrDefault("disk", "ok").equals("full")) {
      for (Event event : now.events()) {
        if (event instanceof Event.Consented consented) {
          recorded.add(consented.request());
        }
      }
    }
  }

  private Inputs inputs(List<Request> asked, boolean press) {
    List<PointInput> points =
        plan.points().stream().map(point -> point(held.get(point.name()))).toList();
    List<ZoneInput> zones = new ArrayList<>();
    for (int zone = 0; zone < plan.zones().size(); zone++) {
      zones.add(input(zone));
    }
    Key key =
        switch (held.getOrDefault("key", ".")) {
          case "." -> press ? Key.PRESSED : Key.RELEASED;
          case "held" -> Key.PRESSED;
          default -> Key.UNKNOWN;
        };
    return new Inputs(
        points,
        zones,
        plan.fans().stream().map(this::input).toList(),
        plan.fitted().guard() ? GuardState.valueOf(held("guard", "ARMED")) : GuardState.LOST,
        key,
        asked,
        recorded,
        !held("station", "up").equals("down"),
        held("scan", "ok").equals("late"));
  }

  private String held(String column, String otherwise) {
    String value = held.getOrDefault(column, ".");
    return value.equals(".") ? otherwise : value;
  }

  private ZoneInput input(int zone) {
    boolean granted = grantedScans[zone] > 0;
    boolean closed = grantedScans[zone] > CLOSING_SCANS;
    return new ZoneInput(
        OutputState.valueOf(held("out:" + name(zone), granted ? "ON" : "OFF")),
        Feed.valueOf(held("feed:" + name(zone), closed ? "LIVE" : "DEAD")));
  }

  private FanInput input(Plan.Fan fan) {
    return ScenarioFans.input(held("fan:" + fan.name(), "."), held("flow:" + fan.name(), "."));
  }

  private static PointInput point(String value) {
    if (value.endsWith("*")) {
      return new PointInput.Good(Scenario.methane(value.substring(0, value.length() - 1)), false);
    }
    return switch (value) {
      case "old" -> new PointInput.Stale();
      case "over" -> new PointInput.OverRange();
      default ->
          Character.isLetter(value.charAt(0))
              ? new PointInput.Faulty(SensorFault.valueOf(value))
              : new PointInput.Good(Scenario.methane(value), true);
    };
  }
}
