package davy.controller.interlock;

import java.util.List;
import java.util.Optional;

/**
 * The bypass register between steps: every exemption that stands (S16). A restart ends them all,
 * but for the calibration of an intake head, which goes on for the fan and cuts its zones (S8).
 *
 * @param entries in the order in which they began
 * @param inhibits per point; empty where the profile knows no inhibit
 */
record Register(List<Bypass> entries, List<InhibitTime> inhibits) {

  private static final String EARLIER = "of the run before";

  Register {
    entries = List.copyOf(entries);
    inhibits = List.copyOf(inhibits);
  }

  /** How much of its time an intake calibration had left is not known: it gets all of it again. */
  static Register start(Plan plan, Saved saved) {
    return new Register(
        saved.calibrating().stream()
            .filter(point -> ofIntake(plan, point))
            .map(
                point ->
                    new Bypass(
                        Bypass.Kind.CALIBRATION,
                        point,
                        EARLIER,
                        Optional.empty(),
                        EARLIER,
                        plan.bypasses().calibrationNanos()))
            .toList(),
        plan.bypasses().inhibit().stream()
            .flatMap(limits -> plan.points().stream().map(_ -> InhibitTime.start(limits)))
            .toList());
  }

  /** Points under announced test gas: a restart must not make them vote to stop a fan. */
  List<Integer> calibrating() {
    return entries.stream()
        .filter(bypass -> duty(bypass).underTestGas())
        .map(Bypass::index)
        .toList();
  }

  private static boolean ofIntake(Plan plan, int point) {
    return plan.fans().stream().anyMatch(fan -> fan.intake().contains(point));
  }

  Duty duty(int point) {
    return entries.stream()
        .filter(bypass -> bypass.ofPoint() && bypass.index() == point)
        .map(Register::duty)
        .findFirst()
        .orElse(Duty.IN_SERVICE);
  }

  private static Duty duty(Bypass bypass) {
    return switch (bypass.kind()) {
      case CALIBRATION -> Duty.CALIBRATING;
      case CALIBRATION_INHIBIT -> Duty.CALIBRATING_INHIBITED;
      case INHIBIT -> Duty.INHIBITED;
      case FAN_UNLOCK -> Duty.IN_SERVICE;
    };
  }

  /** Whether the point does not speak for its zones, and they are not cut for that. */
  boolean keepsZones(int point) {
    return switch (duty(point)) {
      case IN_SERVICE, CALIBRATING -> false;
      case CALIBRATING_INHIBITED, INHIBITED -> true;
    };
  }

  /** Whether a named person unlocked the fan's start for a time that is not over. */
  boolean unlocked(int fan) {
    return entries.stream()
        .anyMatch(bypass -> bypass.kind() == Bypass.Kind.FAN_UNLOCK && bypass.index() == fan);
  }
}
