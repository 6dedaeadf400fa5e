package davy.tests.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import davy.controller.alarm.AlarmDecision;
import davy.controller.alarm.AlarmEvent;
import davy.controller.alarm.AlarmInputs;
import davy.controller.alarm.AlarmInputs.Sample;
import davy.controller.alarm.AlarmInputs.ZoneInput;
import davy.controller.alarm.AlarmPlan;
import davy.controller.alarm.AlarmRequest;
import davy.controller.alarm.AlarmState;
import davy.controller.alarm.Alarms;
import davy.hal.signal.Feed;
import davy.hal.signal.Permit;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class AlarmScenarioTest {

  private static final long SCAN_NANOS = 100_000_000L;

  @TestFactory
  Stream<DynamicTest> everyScenarioOfTheAlarmsHolds() throws Exception {
    List<Path> files;
    try (Stream<Path> all = Files.list(Path.of("src/test/resources/alarm"))) {
      files = all.sorted().toList();
    }
    assertFalse(files.isEmpty(), "no scenario files found");
    return files.stream()
        .map(file -> dynamicTest(file.getFileName().toString(), () -> new Run(file).play()));
  }

  /** One scenario on the real alarms. */
  private static final class Run {
    private final Path file;
    private final AlarmScenario scenario;
    private final AlarmPlan plan;
    private final Map<String, String> held = new HashMap<>();
    private AlarmState state;
    private AlarmDecision decision;
    private long requests;

    Run(Path file) throws Exception {
      this.file = file;
      this.scenario = AlarmScenario.read(file);
      this.plan = scenario.plan();
      this.state = AlarmState.start(plan, List.of());
    }

    void play() {
      long now = -SCAN_NANOS;
      for (Scenario.Row row : scenario.rows()) {
        for (; now + SCAN_NANOS < row.nanos(); now += SCAN_NANOS) {
          scan(List.of());
        }
        now = row.nanos();
        play(row);
      }
    }

    private void play(Scenario.Row row) {
      List<AlarmRequest> asked = new ArrayList<>();
      for (int column = 0; column < scenario.inputs().size(); column++) {
        String name = scenario.inputs().get(column);
        String value = row.inputs().get(column);
        if (!name.equals("ask")) {
          held.put(name, value);
        } else if (value.equals("restart")) {
          state = AlarmState.start(plan, state.saved(plan));
        } else if (!value.equals(".")) {
          Arrays.stream(value.split(",")).forEach(word -> asked.add(request(word)));
        }
      }
      scan(asked);
      for (int column = 0; column < scenario.outputs().size(); column++) {
        String name = scenario.outputs().get(column);
        assertEquals(
            row.outputs().get(column),
            shown(name),
            file.getFileName() + ":" + row.line() + " " + name);
      }
    }

    private void scan(List<AlarmRequest> asked) {
      List<Sample> samples =
          plan.points().stream().map(point -> sample(point, held.get(point.name()))).toList();
      List<ZoneInput> zones = plan.zones().stream().map(this::zone).toList();
      List<Boolean> signals =
          plan.signals().stream().map(name -> held.getOrDefault(name, ".").equals("on")).toList();
      decision =
          Alarms.step(plan, state, new AlarmInputs(samples, zones, signals, asked), SCAN_NANOS);
      state = decision.next();
    }

    private static Sample sample(AlarmPlan.Point point, String value) {
      return switch (value) {
        case "lost" -> new Sample.Lost();
        case "over" -> new Sample.OverRange();
        case "test" -> new Sample.Calibrating();
        default ->
            new Sample.Good(
                AlarmScenario.amount(value.replace("?", ""), point.quantity()),
                true,
                !value.endsWith("?"));
      };
    }

    private ZoneInput zone(String name) {
      return new ZoneInput(
          Permit.valueOf(held.getOrDefault("permit:" + name, "GRANTED")),
          Feed.valueOf(held.getOrDefault("feed:" + name, "LIVE")),
          held.getOrDefault("upstream:" + name, ".").equals("WITHHELD"));
    }

    private AlarmRequest request(String text) {
      String[] parts = text.split("[:=]", -1);
      long id = ++requests;
      int alarm = parts.length > 1 ? alarm(parts[1]) : -1;
      return switch (parts[0]) {
        case "mute" -> new AlarmRequest.Mute(id, "Li");
        case "ack" -> new AlarmRequest.Acknowledge(id, "Li", alarm);
        case "shelve" ->
            new AlarmRequest.Shelve(id, "Li", alarm, "a reason", Scenario.nanos(parts[2]));
        case "unshelve" -> new AlarmRequest.Unshelve(id, "Li", alarm);
        case "out" -> new AlarmRequest.OutOfService(id, "Li", alarm, "a reason");
        case "in" -> new AlarmRequest.BackInService(id, "Li", alarm);
        case "close" ->
            new AlarmRequest.Close(
                id, "Li", alarm, "a reason", parts.length > 2 ? parts[2] : "aired");
        case "correct" ->
            new AlarmRequest.Correct(id, "Li", alarm, Long.parseLong(parts[2]), "why", "what");
        default -> throw new IllegalArgumentException(text);
      };
    }

    private int alarm(String name) {
      return plan.alarms().stream().map(AlarmPlan.Alarm::name).toList().indexOf(name);
    }

    private String shown(String column) {
      String[] parts = column.split(":");
      return switch (parts[0]) {
        case "lamp" ->
            parts.length == 1
                ? decision.lamp().name()
                : decision.zones().get(plan.zones().indexOf(parts[1])).lamp().name();
        case "sounder" -> decision.sounder() ? "on" : "off";
        case "answer" -> answers();
        case "grade" -> decision.alarms().get(alarm(parts[1])).grade().name();
        case "worst" -> decision.alarms().get(alarm(parts[1])).worst().name();
        case "peak" ->
            BigDecimal.valueOf(decision.alarms().get(alarm(parts[1])).peak(), 2).toPlainString();
        case "first" -> first(plan.zones().indexOf(parts[1]));
        case "marks" -> decision.points().get(point(parts[1])).marks().toString();
        case "limit" -> limit(point(parts[1]));
        default -> decision.alarms().get(alarm(column)).life().getClass().getSimpleName();
      };
    }

    private int point(String name) {
      return plan.points().stream().map(AlarmPlan.Point::name).toList().indexOf(name);
    }

    private String first(int zone) {
      var first = decision.zones().get(zone).firstOut();
      return first.isEmpty() ? "-" : plan.alarms().get(first.getAsInt()).name();
    }

    private String limit(int point) {
      var nanos = decision.points().get(point).limitInNanos();
      return nanos.isEmpty() ? "-" : String.valueOf(nanos.getAsLong() / 1_000_000_000L);
    }

    private String answers() {
      List<String> answers = new ArrayList<>();
      for (AlarmEvent event : decision.events()) {
        if (event instanceof AlarmEvent.Answered answered) {
          answers.add(answered.answer().name());
        }
      }
      return answers.isEmpty() ? "." : String.join("+", answers);
    }
  }
}
