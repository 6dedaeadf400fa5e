package davy.controller.interlock;

import davy.controller.interlock.Event.Answer;
import davy.controller.interlock.Event.BypassEnd;
import davy.hal.signal.GuardState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The bypass register's part of one step: what ends, what may begin (S16). What begins in this step
 * counts from the next one on.
 */
final class RegisterStep {

  private final Plan plan;
  private final Plan.Bypasses limits;
  private final Inputs inputs;
  private final List<Event> events;
  private final List<Bypass> entries = new ArrayList<>();
  private final List<InhibitTime> inhibits;

  RegisterStep(Plan plan, Register before, Inputs inputs, long elapsedNanos, List<Event> events) {
    this.plan = plan;
    this.limits = plan.bypasses();
    this.inputs = inputs;
    this.events = events;
    this.inhibits = inhibits(before, elapsedNanos);
    for (int entry = 0; entry < before.entries().size(); entry++) {
      Bypass bypass = before.entries().get(entry);
      older(bypass.older(elapsedNanos));
    }
    if (!inputs.requests().isEmpty()) {
      endAsked();
    }
    if (guardLost()) {
      endKeeping(BypassEnd.GUARD_LOST, _ -> true);
    }
  }

  private void endAsked() {
    for (Request request : inputs.requests()) {
      if (request instanceof Request.EndBypass end) {
        end(end);
      }
    }
  }

  private List<InhibitTime> inhibits(Register before, long elapsedNanos) {
    if (limits.inhibit().isEmpty()) {
      return before.inhibits();
    }
    Plan.InhibitLimits inhibit = limits.inhibit().get();
    List<InhibitTime> next = new ArrayList<>(before.inhibits());
    for (int point = 0; point < next.size(); point++) {
      boolean stands = before.keepsZones(point);
      next.set(point, next.get(point).next(inhibit, stands, elapsedNanos));
    }
    return next;
  }

  private void older(Bypass bypass) {
    if (bypass.remainingNanos() == 0) {
      events.add(new Event.BypassEnded(bypass, BypassEnd.TIME_OVER));
    } else {
      entries.add(bypass);
    }
  }

  private void end(Request.EndBypass end) {
    Optional<Bypass> standing =
        entries.stream()
            .filter(bypass -> bypass.ofPoint() && bypass.index() == end.point())
            .findFirst();
    standing.ifPresent(
        bypass -> {
          entries.remove(bypass);
          events.add(new Event.BypassEnded(bypass, BypassEnd.BY_PERSON));
        });
    Answer answer = standing.isPresent() ? Answer.ENDED : Answer.REFUSED_NOTHING;
    events.add(new Event.Answered(end.id(), -1, answer, Causes.NONE));
  }

  private boolean guardLost() {
    return plan.fitted().guard() && inputs.guard() != GuardState.ARMED;
  }

  /** Nothing of these kept zones any more; a calibration goes on and cuts them. */
  private void endKeeping(BypassEnd why, Predicate<Bypass> which) {
    for (Bypass bypass : List.copyOf(entries)) {
      if (bypass.kind().keepsZones() && which.test(bypass)) {
        events.add(new Event.BypassEnded(bypass, why));
        if (bypass.kind() == Bypass.Kind.INHIBIT) {
          entries.remove(bypass);
        } else {
          entries.set(entries.indexOf(bypass), bypass.cutting());
          events.add(new Event.BypassBegan(Event.Granted.BY_ITSELF, bypass.cutting()));
        }
      }
    }
  }

  /** What stands now, before this step's points are judged. */
  Register standing() {
    return new Register(entries, inhibits);
  }

  /**
   * Ends what has lost its cover in this step.
   *
   * @param points as this step judges them
   */
  void covered(List<PointState> points) {
    if (entries.isEmpty()) {
      return;
    }
    endKeeping(BypassEnd.COVER_LOST, bypass -> !isCovered(bypass.index(), points));
  }

  /**
   * In every group of the point another head is in service, read good and below its alarm level.
   */
  private boolean isCovered(int point, List<PointState> points) {
    List<Plan.Group> groups =
        plan.zones().stream()
            .flatMap(zone -> zone.groups().stream())
            .filter(group -> group.members().contains(point))
            .toList();
    return !groups.isEmpty()
        && groups.stream()
            .allMatch(
                group ->
                    group.members().stream()
                        .anyMatch(other -> other != point && covers(other, points)));
  }

  private boolean covers(int point, List<PointState> points) {
    return points.get(point).inService()
        && inputs.points().get(point) instanceof PointInput.Good good
        && good.value().below(plan.points().get(point).alarmAt());
  }

  /** Why it can't begin now; empty where it can. */
  Optional<Answer> refusal(Request.Calibrate ask, List<PointState> points) {
    Optional<Answer> refusal =
        refusal(ask.point(), ask.person(), ask.second(), ask.nanos(), limits.calibrationNanos());
    return refusal.isPresent() || !ask.inhibit()
        ? refusal
        : keeping(ask.point(), ask.nanos(), points);
  }

  /** Why it can't begin now; empty where it can. */
  Optional<Answer> refusal(Request.Inhibit ask, List<PointState> points) {
    Optional<Answer> refusal =
        refusal(ask.point(), ask.person(), ask.second(), ask.nanos(), Long.MAX_VALUE);
    return refusal.isPresent() ? refusal : keeping(ask.point(), ask.nanos(), points);
  }

  private Optional<Answer> refusal(
      int point, String person, Optional<String> second, long nanos, long longest) {
    if (!persons(person, second)) {
      return Optional.of(Answer.REFUSED_PERSONS);
    }
    if (nanos <= 0 || nanos > longest) {
      return Optional.of(Answer.REFUSED_TOO_LONG);
    }
    if (entries.stream().anyMatch(bypass -> bypass.ofPoint() && near(bypass.index(), point))) {
      return Optional.of(Answer.REFUSED_SAME_ZONE);
    }
    return full();
  }

  /**
   * @param gasLocked gas locked the start of the fan
   */
  Optional<Answer> refusal(Request.UnlockFan ask, boolean gasLocked) {
    boolean byKey = ask.id() == Event.Granted.BY_KEY;
    if (!byKey && !persons(ask.person(), ask.second())) {
      return Optional.of(Answer.REFUSED_PERSONS);
    }
    if (!gasLocked || standing().unlocked(ask.fan())) {
      return Optional.of(Answer.REFUSED_NOTHING);
    }
    return limits.unlockNanos() <= 0 ? Optional.of(Answer.REFUSED_NOT_ALLOWED) : full();
  }

  private Optional<Answer> full() {
    return entries.size() >= limits.atOnce()
        ? Optional.of(Answer.REFUSED_TOO_MANY)
        : Optional.empty();
  }

  private boolean persons(String person, Optional<String> second) {
    return !person.isBlank()
        && (!limits.twoPersons()
            || second.filter(other -> !other.isBlank() && !other.equals(person)).isPresent());
  }

  /** Whether two points are bound to one zone, or to one fan. */
  private boolean near(int point, int other) {
    return point == other
        || plan.zones().stream().anyMatch(zone -> zone.points().containsAll(List.of(point, other)))
        || plan.fans().stream().anyMatch(fan -> hears(fan, point) && hears(fan, other));
  }

  private static boolean hears(Plan.Fan fan, int point) {
    return fan.gas().contains(point) || fan.intake().contains(point);
  }

  /** Why the zones can't be kept meanwhile. */
  private Optional<Answer> keeping(int point, long nanos, List<PointState> points) {
    if (limits.inhibit().isEmpty()) {
      return Optional.of(Answer.REFUSED_NOT_ALLOWED);
    }
    if (guardLost()) {
      return Optional.of(Answer.REFUSED_CAUSE_ACTIVE);
    }
    Optional<Answer> time = inhibits.get(point).refusal(limits.inhibit().get(), nanos);
    return time.isPresent() || isCovered(point, points) ? time : Optional.of(Answer.REFUSED_COVER);
  }

  /** Consented to and recorded: begins. */
  void begin(Request.Calibrate ask) {
    Bypass.Kind kind = ask.inhibit() ? Bypass.Kind.CALIBRATION_INHIBIT : Bypass.Kind.CALIBRATION;
    begin(
        ask.id(),
        new Bypass(kind, ask.point(), ask.person(), ask.second(), ask.reason(), ask.nanos()));
  }

  void begin(Request.Inhibit ask) {
    begin(
        ask.id(),
        new Bypass(
            Bypass.Kind.INHIBIT,
            ask.point(),
            ask.person(),
            ask.second(),
            ask.reason(),
            ask.nanos()));
  }

  void begin(Request.UnlockFan ask) {
    events.add(new Event.StartUnlocked(ask.fan(), ask.id()));
    begin(
        ask.id(),
        new Bypass(
            Bypass.Kind.FAN_UNLOCK,
            ask.fan(),
            ask.person(),
            ask.second(),
            ask.reason(),
            limits.unlockNanos()));
  }

  private void begin(long request, Bypass bypass) {
    entries.add(bypass);
    events.add(new Event.BypassBegan(request, bypass));
  }
}
