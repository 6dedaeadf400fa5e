package davy.controller.interlock;

import davy.controller.interlock.Decision.Wanting;
import davy.controller.interlock.Decision.ZoneView;
import davy.controller.interlock.Event.Answer;
import davy.controller.interlock.Inputs.OutputState;
import davy.controller.interlock.Inputs.ZoneInput;
import davy.hal.signal.Feed;
import davy.hal.signal.Methane;
import davy.hal.signal.Permit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One zone's part of one step: its causes, its lock, its release. Made with the causes known; then
 * a reset may be judged and take effect; {@link #finish} closes the step.
 */
final class ZoneStep {

  private final Plan plan;
  private final int index;
  private final Plan.Zone zone;
  private final ZoneState before;
  private final Inputs inputs;
  private final List<PointState> points;
  private final Moment moment;
  private final List<Event> events;
  private final ZoneInput input;
  private final List<GroupStep> groups;
  private final Causes fromPoints;
  private final boolean started;
  private final Causes active;
  private final long quietNanos;

  /** The lock as the causes leave it, before any release. */
  private final Lock settled;

  private OptionalLong resetBy = OptionalLong.empty();
  private Lock lock;

  ZoneStep(
      Plan plan,
      int index,
      ZoneState before,
      Inputs inputs,
      List<PointState> points,
      Moment moment,
      List<Event> events) {
    this.plan = plan;
    this.index = index;
    this.zone = plan.zones().get(index);
    this.before = before;
    this.inputs = inputs;
    this.points = points;
    this.moment = moment;
    this.events = events;
    this.input = inputs.zones().get(index);
    this.groups =
        zone.groups().stream()
            .map(group -> new GroupStep(group, points, inputs.points(), wasOpen()))
            .toList();
    this.fromPoints = fromPoints();
    this.started = before.started() || startUpPassed();
    this.active = active(asked());
    this.quietNanos =
        active.none() && before.active().none()
            ? Elapsed.add(before.quietNanos(), moment.elapsedNanos(), zone.stableNanos())
            : 0;
    this.settled = before.lock().next(active, first(), false);
    this.lock = settled;
    tellCauses();
  }

  ZoneState next() {
    return new ZoneState(lock, active, started, quietNanos);
  }

  Causes active() {
    return active;
  }

  private Causes fromPoints() {
    Causes causes = Causes.NONE;
    for (GroupStep group : groups) {
      causes = causes.with(group.causes());
    }
    return causes;
  }

  private boolean wasOpen() {
    return before.lock() instanceof Lock.Open;
  }

  /** The hold has run, every bound point is trusted, the output is read off and the feed dead. */
  private boolean startUpPassed() {
    return moment.holdOver() && pointsTrusted() && outputOff() && feedDead();
  }

  private boolean pointsTrusted() {
    return zone.points().stream().allMatch(point -> points.get(point).trust().given());
  }

  private boolean outputOff() {
    return input.output() == OutputState.OFF;
  }

  private boolean feedDead() {
    return !zone.feedFitted() || input.feed() == Feed.DEAD;
  }

  private Causes active(Causes asked) {
    Causes causes = fromPoints.with(asked);
    return started ? causes : causes.with(Cause.STARTUP);
  }

  /** Causes that this step's requests bring: they are accepted in every state. */
  private Causes asked() {
    Causes causes = Causes.NONE;
    for (Request request : inputs.requests()) {
      if (request instanceof Request.OfZone ofZone && ofZone.zone() == index) {
        causes = causes.with(asked(ofZone));
      }
    }
    return causes;
  }

  private Causes asked(Request.OfZone request) {
    return switch (request) {
      case Request.PanelTrip _ -> answered(request, Answer.TRIPPED, Causes.of(Cause.PANEL_TRIP));
      case Request.RemoteTrip _, Request.ProofTest _ ->
          answered(request, Answer.REFUSED_NOT_ALLOWED, Causes.NONE);
      case Request.Reset _ -> Causes.NONE;
    };
  }

  private Causes answered(Request request, Answer answer, Causes causes) {
    events.add(new Event.Answered(request.id(), index, answer, causes));
    return causes;
  }

  /** Why a reset can't be taken now; empty where it can. */
  Optional<Answer> refusal(Request.Reset reset) {
    if (!active.none()) {
      return Optional.of(Answer.REFUSED_CAUSE_ACTIVE);
    }
    if (!(settled instanceof Lock.Latched latched)) {
      return Optional.of(Answer.REFUSED_OPEN);
    }
    if (ZoneState.opensByItself(zone, latched.causes())) {
      return Optional.of(Answer.REFUSED_OPENS_BY_ITSELF);
    }
    if (latched.causes().has(Cause.OVER_RANGE) && quietNanos < zone.stableNanos()) {
      return Optional.of(Answer.REFUSED_NOT_STABLE);
    }
    Optional<Methane> limit = ZoneState.portableBelow(plan, zone, latched.causes());
    boolean shown =
        limit.isEmpty() || reset.portable().filter(read -> read.below(limit.get())).isPresent();
    return shown ? Optional.empty() : Optional.of(Answer.REFUSED_PORTABLE);
  }

  /** A reset that was consented to and is on disk: true when it has opened the lock. */
  boolean reset(Request.Reset reset) {
    resetBy = OptionalLong.of(reset.id());
    return released();
  }

  /** Closes the step: the lock opens where its release rule is met. */
  void finish() {
    lock = before.lock().next(active, first(), released());
    boolean was = wasOpen();
    if (was && lock instanceof Lock.Tripped tripped) {
      events.add(new Event.Withheld(index, tripped.first()));
    } else if (!was && lock instanceof Lock.Open) {
      events.add(new Event.Granted(index, resetBy.orElse(Event.Granted.BY_ITSELF)));
    }
  }

  /** The release rule: quiet long enough where it opens by itself, else a reset in effect. */
  private boolean released() {
    if (!active.none() || !(before.lock() instanceof Lock.Latched latched)) {
      return false;
    }
    return ZoneState.opensByItself(zone, latched.causes())
        ? quietNanos >= zone.stableNanos()
        : resetBy.isPresent();
  }

  private Lock.FirstOut first() {
    if (active.none()) {
      return new Lock.FirstOut(Cause.STARTUP, -1);
    }
    Cause cause = active.list().getFirst();
    return new Lock.FirstOut(cause, bringer(cause));
  }

  /** The first bound point that brings a cause, −1 where none does. */
  private int bringer(Cause cause) {
    return groups.stream().flatMap(group -> group.bringer(cause).stream()).findFirst().orElse(-1);
  }

  private void tellCauses() {
    for (Cause came : active.without(before.active()).list()) {
      events.add(new Event.CauseCame(index, came, bringer(came)));
    }
    for (Cause went : before.active().without(active).list()) {
      events.add(new Event.CauseWent(index, went));
    }
  }

  /**
   * @param slot as this step leaves it
   */
  ZoneView view(Consent slot) {
    boolean open = lock instanceof Lock.Open;
    return new ZoneView(
        open ? Permit.GRANTED : Permit.WITHHELD,
        lock,
        active,
        slot.waitsForKey(index),
        open ? List.of() : wanting(slot));
  }

  private List<Wanting> wanting(Consent slot) {
    List<Wanting> wanting = new ArrayList<>();
    if (!fromPoints.none()) {
      wanting.add(Wanting.CAUSES_GONE);
    }
    if (!started) {
      addIf(!moment.holdOver(), Wanting.START_HOLD, wanting);
      addIf(!outputOff(), Wanting.OUTPUT_OFF, wanting);
      addIf(!feedDead(), Wanting.FEED_DEAD, wanting);
    }
    if (ZoneState.opensByItself(zone, lock.seen())) {
      wanting.add(Wanting.STABLE_TIME);
    } else if (slot.waitsForKey(index)) {
      wanting.add(Wanting.CONSENT_KEY);
    } else {
      wanting.add(slot.isRecorded(index) ? Wanting.RECORD : Wanting.RESET);
    }
    return wanting;
  }

  private static void addIf(boolean missing, Wanting what, List<Wanting> wanting) {
    if (missing) {
      wanting.add(what);
    }
  }
}
