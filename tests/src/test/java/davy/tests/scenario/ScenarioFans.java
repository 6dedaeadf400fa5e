package davy.tests.scenario;

import davy.controller.interlock.Decision.FanView;
import davy.controller.interlock.Inputs.FanInput;
import davy.controller.interlock.Inputs.FlowInput;
import davy.controller.interlock.Plan;
import davy.hal.signal.FanRun;
import davy.hal.signal.Methane;
import davy.hal.signal.SensorFault;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Fans in a scenario:
 *
 * <pre>
 * fan F1 zones=Z1 [gas=T1,T2] [intake=T3] [machines=2] [lowBelow=3.00] [changeover=10.0] [locked]
 *
 * t    | fan:F1    flow:F1 | stop:F1  lock:F1
 * 0.0  | run,stop  5.00    | .        .
 * 1.0  | unknown   old     | STOP     LOCKED
 * </pre>
 *
 * <p>{@code locked} is the start lock as an earlier run saved it. Machines run and the flow is 5.00
 * m/s unless a column says otherwise; the limits are those of AQ 6201, items c', d and e.
 */
final class ScenarioFans {

  private ScenarioFans() {}

  static final Plan.FanLimits LIMITS = limits("0.0");

  private static Plan.FanLimits limits(String changeover) {
    return new Plan.FanLimits(
        Scenario.nanos(changeover),
        new Methane(300),
        new Methane(150),
        new Methane(150),
        new Methane(50),
        3,
        Scenario.nanos("2.0"),
        new Methane(50),
        Scenario.nanos("60.0"),
        new Methane(100),
        Scenario.nanos("1800.0"));
  }

  static Plan.Fan fan(
      String name, Map<String, String> values, List<String> zones, List<String> points) {
    return new Plan.Fan(
        name,
        Integer.parseInt(values.getOrDefault("machines", "1")),
        values.containsKey("lowBelow")
            ? Optional.of(new Plan.Flow(speed(values.get("lowBelow")), Scenario.nanos("1.5")))
            : Optional.empty(),
        indices(values, "zones", zones),
        indices(values, "gas", points),
        indices(values, "intake", points),
        limits(values.getOrDefault("changeover", "0.0")));
  }

  private static List<Integer> indices(Map<String, String> values, String key, List<String> names) {
    return values.containsKey(key)
        ? Arrays.stream(values.get(key).split(",")).map(names::indexOf).toList()
        : List.of();
  }

  private static int speed(String text) {
    return Scenario.methane(text).hundredths();
  }

  /** What the columns of a fan say, {@code .} where there is none. */
  static FanInput input(String machines, String flow) {
    List<FanRun> runs =
        Arrays.stream((machines.equals(".") ? "run" : machines).split(","))
            .map(ScenarioFans::run)
            .toList();
    return new FanInput(runs, flow(flow.equals(".") ? "5.00" : flow));
  }

  private static FanRun run(String word) {
    return switch (word) {
      case "run" -> FanRun.RUNNING;
      case "stop" -> FanRun.STOPPED;
      case "unknown" -> FanRun.UNKNOWN;
      default -> throw new IllegalArgumentException(word);
    };
  }

  private static FlowInput flow(String word) {
    if (word.equals("old")) {
      return new FlowInput.Stale();
    }
    return Character.isLetter(word.charAt(0))
        ? new FlowInput.Faulty(SensorFault.valueOf(word))
        : new FlowInput.Good(speed(word), true);
  }

  static String stop(FanView fan) {
    return fan.stop() ? "STOP" : ".";
  }

  static String lock(FanView fan) {
    return fan.startLock() ? "LOCKED" : ".";
  }
}
