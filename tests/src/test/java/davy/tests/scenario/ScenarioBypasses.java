package davy.tests.scenario;

import davy.controller.interlock.Bypass;
import davy.controller.interlock.Plan;
import davy.controller.interlock.Request;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The bypass register in a scenario:
 *
 * <pre>
 * bypasses atOnce=3 [twoPersons] calibration=1800.0 unlock=600.0 [inhibit=1800.0 shift=3600.0
 *     pause=1800.0 shiftLength=28800.0]
 *
 * t    | ask                     | bypass
 * 1.0  | calibrate:T1            | .                     as long as is allowed
 * 1.1  | calibrate:T1=600.0      | .                     or shorter
 * 1.2  | keeping:T1=600.0        | .                     a calibration that asks to keep the zones
 * 1.3  | inhibit:T1=600.0        | CALIBRATION:T1=599.9  what stands, with its remaining seconds
 * 1.4  | end:T1                  | .
 * 1.5  | unlock:F1,wang.fang     | FAN_UNLOCK:F1=600.0   a second person after a comma
 * </pre>
 */
final class ScenarioBypasses {

  private static final String FIRST = "li.wei";

  private ScenarioBypasses() {}

  static Plan.Bypasses bypasses(Map<String, String> values) {
    return new Plan.Bypasses(
        Integer.parseInt(values.getOrDefault("atOnce", "3")),
        values.containsKey("twoPersons"),
        Scenario.nanos(values.getOrDefault("calibration", "1800.0")),
        Scenario.nanos(values.getOrDefault("unlock", "1800.0")),
        values.containsKey("inhibit")
            ? Optional.of(
                new Plan.InhibitLimits(
                    Scenario.nanos(values.get("inhibit")),
                    Scenario.nanos(values.getOrDefault("shift", "3600.0")),
                    Scenario.nanos(values.getOrDefault("pause", "1800.0")),
                    Scenario.nanos(values.getOrDefault("shiftLength", "28800.0"))))
            : Optional.empty());
  }

  /** The request that an ask makes; empty where it is no exemption. */
  static Optional<Request> request(Plan plan, long id, String text) {
    String[] asked = text.split(",");
    String[] parts = asked[0].split("[:=]");
    Optional<String> second = asked.length > 1 ? Optional.of(asked[1]) : Optional.empty();
    int point = plan.points().stream().map(Plan.Point::name).toList().indexOf(parts[1]);
    long nanos = parts.length > 2 ? Scenario.nanos(parts[2]) : plan.bypasses().calibrationNanos();
    return switch (parts[0]) {
      case "calibrate", "keeping" ->
          Optional.of(
              new Request.Calibrate(
                  id, point, FIRST, second, "15 days", nanos, parts[0].equals("keeping")));
      case "inhibit" ->
          Optional.of(new Request.Inhibit(id, point, FIRST, second, "head is moved", nanos));
      case "end" -> Optional.of(new Request.EndBypass(id, point, FIRST));
      case "unlock" ->
          Optional.of(
              new Request.UnlockFan(
                  id,
                  plan.fans().stream().map(Plan.Fan::name).toList().indexOf(parts[1]),
                  FIRST,
                  second,
                  "degassing plan 7"));
      default -> Optional.empty();
    };
  }

  static String register(Plan plan, List<Bypass> bypasses) {
    return bypasses.isEmpty()
        ? "."
        : bypasses.stream()
            .map(
                bypass -> {
                  long tenths = bypass.remainingNanos() / 100_000_000L;
                  return place(plan, bypass) + "=" + tenths / 10 + "." + tenths % 10;
                })
            .collect(Collectors.joining("+"));
  }

  /** The kind and the head or fan, for people. */
  static String place(Plan plan, Bypass bypass) {
    boolean fan = bypass.kind() == Bypass.Kind.FAN_UNLOCK;
    return bypass.kind()
        + ":"
        + (fan ? plan.fans().get(bypass.index()).name() : plan.points().get(bypass.index()).name());
  }
}
