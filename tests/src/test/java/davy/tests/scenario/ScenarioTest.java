package davy.tests.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import davy.controller.interlock.Decision;
import davy.controller.interlock.Event;
import davy.controller.interlock.Inputs;
import davy.controller.interlock.Inputs.Key;
import davy.controller.interlock.Inputs.OutputState;
import davy.controller.interlock.Inputs.ZoneInput;
import davy.controller.interlock.Interlock;
import davy.controller.interlock.Plan;
import davy.controller.interlock.PointInput;
import davy.controller.interlock.Request;
import davy.controller.interlock.Saved;
import davy.controller.interlock.State;
import davy.hal.signal.Feed;
import davy.hal.signal.GuardState;
import davy.hal.signal.Permit;
import davy.hal.signal.SensorFault;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class ScenarioTest {

  private static final long SCAN_NANOS = 100_000_000L;

  @TestFactory
  Stream<DynamicTest> everyScenarioHolds() throws Exception {
    List<Path> files;
    try (Stream<Path> all = Files.list(Path.of("src/test/resources/scenario"))) {
      files = all.sorted().toList();
    }
    assertFalse(files.isEmpty(), "no scenario files found");
    return files.stream()
        .map(file -> dynamicTest(file.getFileName().toString(), () -> new Run(file).play()));
  }

  /** One scenario on the real interlock. */
  private static final class Run {
    private final Path file;
    private final Scenario scenario;
    private final Plan plan;
    private final Map<String, String> held = new HashMap<>();
    private final List<Long> recorded = new ArrayList<>();
    private State state;
    private Decision decision;
    private long requests;

    Run(Path file) throws Exception {
      this.file = file;
      this.scenario = Scenario.read(file);
      this.plan = scenario.plan();
      this.state =
          State.start(
              plan,
              new Saved(
                  scenario.saved().stream()
                      .map(latches -> new Saved.Zone(latches, false, false))
                      .toList(),
                  List.of(),
                  List.of(),
                  true,
                  false));
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

    /** Runs the hold after power-on, then opens every zone as its release rule asks. */
    private void start() {
      long hold = plan.times().startHoldNanos() + 20_000_000_000L;
      for (long past = 0; past < hold; past += SCAN_NANOS) {
        scan(List.of(), false);
      }
      for (int zone = 0; zone < plan.zones().size(); zone++) {
        if (decision.zones().get(zone).permit() == Permit.WITHHELD) {
          scan(
              List.of(new Request.Reset(++requests, zone, "start", Optional.empty(), false)),
              false);
          scan(List.of(), true);
          scan(List.of(), false);
        }
        assertEquals(Permit.GRANTED, decision.zones().get(zone).permit(), "zone runs at the start");
      }
    }

    private void play(Scenario.Row row) {
      List<Request> asked = new ArrayList<>();
      boolean press = false;
      for (int column = 0; column < scenario.inputs().size(); column++) {
        String name = scenario.inputs().get(column);
        String value = row.inputs().get(column);
        if (name.equals("ask") && !value.equals(".")) {
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

    private void expect(Scenario.Row row) {
      for (int column = 0; column < scenario.outputs().size(); column++) {
        String name = scenario.outputs().get(column);
        if (name.equals("causes") || name.equals("power")) {
          continue;
        }
        if (name.equals("answer")) {
          assertEquals(row.outputs().get(column), answers(), place(row));
          continue;
        }
        Decision.ZoneView zone = decision.zones().get(zone(name));
        assertEquals(
            String.join(" ", row.outputs().subList(column, column + 3)),
            zone.lock().getClass().getSimpleName() + " " + zone.lock().seen() + " " + zone.permit(),
            place(row) + " zone " + name);
      }
    }

    private String place(Scenario.Row row) {
      return file.getFileName() + ":" + row.line();
    }

    private String answers() {
      List<String> answers = new ArrayList<>();
      for (Event event : decision.events()) {
        if (event instanceof Event.Answered answered) {
          answers.add(answered.answer().name());
        }
      }
      return answers.isEmpty() ? "." : String.join("+", answers);
    }

    private Request request(String text) {
      String[] parts = text.split("[:=]");
      return switch (parts[0]) {
        case "trip" -> new Request.PanelTrip(++requests, zone(parts[1]), "tester");
        case "reset" ->
            new Request.Reset(
                ++requests,
                zone(parts[1]),
                "tester",
                parts.length > 2 ? Optional.of(Scenario.methane(parts[2])) : Optional.empty(),
                false);
        default -> throw new IllegalArgumentException(text);
      };
    }

    private int zone(String name) {
      return plan.zones().stream().map(Plan.Zone::name).toList().indexOf(name);
    }

    private void scan(List<Request> asked, boolean press) {
      List<PointInput> points =
          plan.points().stream().map(point -> point(held.get(point.name()))).toList();
      List<ZoneInput> zones = new ArrayList<>();
      for (int zone = 0; zone < plan.zones().size(); zone++) {
        zones.add(zone(zone));
      }
      Key key =
          switch (held.getOrDefault("key", ".")) {
            case "." -> press ? Key.PRESSED : Key.RELEASED;
            case "held" -> Key.PRESSED;
            default -> Key.UNKNOWN;
          };
      boolean station = !held.getOrDefault("station", "up").equals("down");
      decision =
          Interlock.step(
              plan,
              state,
              new Inputs(
                  points, zones, List.of(), GuardState.LOST, key, asked, recorded, station, false),
              SCAN_NANOS);
      state = decision.next();
      if (!held.getOrDefault("disk", "ok").equals("full")) {
        for (Event event : decision.events()) {
          if (event instanceof Event.Consented consented) {
            recorded.add(consented.request());
          }
        }
      }
    }

    private ZoneInput zone(int zone) {
      boolean granted = decision != null && decision.zones().get(zone).permit() == Permit.GRANTED;
      String name = plan.zones().get(zone).name();
      String out = held.getOrDefault("out:" + name, granted ? "ON" : "OFF");
      String feed = held.getOrDefault("feed:" + name, granted ? "LIVE" : "DEAD");
      return new ZoneInput(OutputState.valueOf(out), Feed.valueOf(feed));
    }

    private static PointInput point(String value) {
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
}
