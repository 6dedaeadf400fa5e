package davy.controller.interlock;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

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
            .flatMap(
                limits ->
                    IntStream.range(0, plan.points().size())
                        .mapToObj(point -> InhibitTime.start(limits, used(point, saved))))
            .toList());
  }

  private static long used(int point, Saved saved) {
    return saved.inhibited().stream()
        .filter(earlier -> earlier.point() == point)
        .mapToLong(Saved.Inhibited::usedNanos)
        .max()
        .orElse(0);
  }

  /** What each point has used up of its shift: a restart must not give it a new one (S16). */
  List<Saved.Inhibited> inhibited() {
    return inhibits.isEmpty() ? List.of() : used();
  }

  private List<Saved.Inhibited> used() {
    return IntStream.range(0, inhibits.size())
        .mapToObj(
            point -> new Saved.Inhibited(point, inhibits.get(point).usedNanos() + left(point)))
        .filter(earlier -> earlier.usedNanos() > 0)
        .toList();
  }

  /** What an inhibit that stands may still use. */
  private long left(int point) {
    return entries.stream()
        .filter(bypass -> bypass.ofPoint() && bypass.index() == point)
        .filter(bypass -> bypass.kind().keepsZones())
        .mapToLong(Bypass::remainingNanos)
        .sum();
  }

  /** Points under announced test gas: a restart must not make them vote to stop a fan. */
  List<Integer> calibrating() {
    return entries.isEmpty() ? List.of() : underTestGas();
  }

  private List<Integer> underTestGas() {
    return entries.stream()
        .filter(bypass -> duty(bypass).underTestGas())
        .map(Bypass::index)
        .toList();
  }

  private static boolean ofIntake(Plan plan, int point) {
    return plan.fans().stream().anyMatch(fan -> fan.intake().contains(point));
  }

  Duty duty(int point) {
    for (int index = 0; index < entries.size(); index++) {
      Bypass bypass = entries.get(index);
      if (bypass.ofPoint() && bypass.index() == point) {
        return duty(bypass);
      }
    }
    return Duty.IN_SERVICE;
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
