package davy.controller.interlock;

import davy.controller.interlock.Decision.Wanting;
import davy.controller.interlock.Decision.ZoneView;
import davy.controller.interlock.Event.Answer;
import davy.controller.interlock.Inputs.OutputState;
import davy.controller.interlock.Inputs.ZoneInput;
import davy.controller.interlock.ZoneState.Pending;
import davy.hal.signal.Feed;
import davy.hal.signal.Methane;
import davy.hal.signal.Permit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One zone's part of one step: its causes, its lock, its waiting reset. */
final class ZoneStep {

  /**
   * What every zone of a step shares.
   *
   * @param holdOver the hold after power-on has run in full
   * @param press the consent key was pressed in this step
   * @param keyAlone it was held long enough to reset without a station, and there is none
   */
  record Moment(long elapsedNanos, boolean holdOver, boolean press, boolean keyAlone) {}

  private final Plan plan;
  private final int index;
  private final Plan.Zone zone;
  private final ZoneState before;
  private final Inputs inputs;
  private final List<PointState> points;
  private final Moment moment;
  private final List<Event> events;
  private final ZoneInput input;
  private final Causes fromPoints;
  private final boolean started;
  private final Causes active;
  private final long quietNanos;

  /** The lock as the causes leave it, before any release. */
  private final Lock settled;

  private final Lock lock;
  private final Pending pending;

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
    this.fromPoints = fromPoints();
    this.started = before.started() || startUpPassed();
    this.active = active();
    this.quietNanos =
        active.none() && before.active().none()
            ? Elapsed.add(before.quietNanos(), moment.elapsedNanos(), zone.stableNanos())
            : 0;
    this.settled = before.lock().next(active, first(), false);
    tellCauses();
    Pending asked = asked(consented(before.pending()));
    boolean released = released(asked);
    this.lock = before.lock().next(active, first(), released);
    this.pending = released ? ZoneState.NO_PENDING : asked;
    tellLock(asked);
  }

  ZoneState next() {
    return new ZoneState(lock, active, started, quietNanos, pending);
  }

  private Causes fromPoints() {
    Causes causes = Causes.NONE;
    for (int point : zone.points()) {
      causes = causes.with(points.get(point).causes());
    }
    return causes;
  }

  /** The hold has run, every bound point is trusted, the output is read off and the feed dead. */
  private boolean startUpPassed() {
    return moment.holdOver() && pointsTrusted() && outputOff() && feedDead();
  }

  private boolean pointsTrusted() {
    return zone.points().stream()
        .allMatch(point -> points.get(point).trust() == PointState.Trust.TRUSTED);
  }

  private boolean outputOff() {
    return input.output() == OutputState.OFF;
  }

  private boolean feedDead() {
    return !zone.feedFitted() || input.feed() == Feed.DEAD;
  }

  private Causes active() {
    Causes causes = started ? fromPoints : fromPoints.with(Cause.STARTUP);
    for (Request request : inputs.requests()) {
      if (request instanceof Request.PanelTrip trip && trip.zone() == index) {
        causes = causes.with(Cause.PANEL_TRIP);
      }
    }
    return causes;
  }

  /** A waiting reset gets older, meets a cause, is consented to, or is made by the key alone. */
  private Pending consented(Pending waiting) {
    return switch (waiting) {
      case Pending.None none when moment.keyAlone() && refusal(Optional.empty()).isEmpty() -> {
        events.add(new Event.Consented(Event.Granted.BY_KEY, index, "key, unnamed"));
        yield new Pending.Recording(Event.Granted.BY_KEY, 0);
      }
      case Pending.None none -> none;
      case Pending.Waiting asked -> consented(asked);
      case Pending.Recording recording -> {
        long waited = waited(recording.waitedNanos());
        yield ended(recording.request(), waited)
            ? ZoneState.NO_PENDING
            : new Pending.Recording(recording.request(), waited);
      }
    };
  }

  private Pending consented(Pending.Waiting asked) {
    long waited = waited(asked.waitedNanos());
    if (ended(asked.request(), waited)) {
      return ZoneState.NO_PENDING;
    }
    if (moment.press()) {
      events.add(new Event.Consented(asked.request(), index, asked.person()));
      return new Pending.Recording(asked.request(), 0);
    }
    return new Pending.Waiting(asked.request(), asked.person(), waited);
  }

  private long waited(long before) {
    return Elapsed.add(before, moment.elapsedNanos(), plan.times().consentNanos());
  }

  private boolean ended(long request, long waited) {
    if (!active.none()) {
      events.add(new Event.Answered(request, index, Answer.REFUSED_CAUSE_ACTIVE, active));
      return true;
    }
    if (waited >= plan.times().consentNanos()) {
      events.add(new Event.Answered(request, index, Answer.EXPIRED, Causes.NONE));
      return true;
    }
    return false;
  }

  /** Answers this step's requests for this zone. */
  private Pending asked(Pending waiting) {
    Pending after = waiting;
    for (Request request : inputs.requests()) {
      if (request instanceof Request.OfZone ofZone && ofZone.zone() == index) {
        after = asked(after, ofZone);
      }
    }
    return after;
  }

  private Pending asked(Pending waiting, Request.OfZone request) {
    return switch (request) {
      case Request.PanelTrip trip -> {
        events.add(new Event.Answered(trip.id(), index, Answer.TRIPPED, active));
        yield waiting;
      }
      case Request.Reset reset -> {
        Optional<Answer> refusal =
            waiting instanceof Pending.None
                ? refusal(reset.portable())
                : Optional.of(Answer.REFUSED_BUSY);
        Answer answer = refusal.orElse(Answer.WAITING_FOR_KEY);
        events.add(new Event.Answered(reset.id(), index, answer, active));
        yield refusal.isEmpty() ? new Pending.Waiting(reset.id(), reset.person(), 0) : waiting;
      }
      case Request.RemoteTrip _, Request.ProofTest _ -> {
        events.add(
            new Event.Answered(request.id(), index, Answer.REFUSED_NOT_ALLOWED, Causes.NONE));
        yield waiting;
      }
    };
  }

  /** Why a reset can't be taken now; empty where it can. */
  private Optional<Answer> refusal(Optional<Methane> portable) {
    if (!active.none()) {
      return Optional.of(Answer.REFUSED_CAUSE_ACTIVE);
    }
    if (!(settled instanceof Lock.Latched latched)) {
      return Optional.of(Answer.REFUSED_OPEN);
    }
    if (!plan.fitted().consentKey()) {
      return Optional.of(Answer.REFUSED_NO_KEY);
    }
    if (ZoneState.opensByItself(zone, latched.causes())) {
      return Optional.of(Answer.REFUSED_OPENS_BY_ITSELF);
    }
    if (latched.causes().has(Cause.OVER_RANGE) && quietNanos < zone.stableNanos()) {
      return Optional.of(Answer.REFUSED_NOT_STABLE);
    }
    Optional<Methane> limit = ZoneState.portableBelow(plan, zone, latched.causes());
    boolean shown = limit.isEmpty() || portable.filter(read -> read.below(limit.get())).isPresent();
    return shown ? Optional.empty() : Optional.of(Answer.REFUSED_PORTABLE);
  }

  /**
   * The release rule: quiet long enough where it opens by itself, else an earlier consent on disk.
   */
  private boolean released(Pending asked) {
    if (!active.none() || !(before.lock() instanceof Lock.Latched latched)) {
      return false;
    }
    if (ZoneState.opensByItself(zone, latched.causes())) {
      return quietNanos >= zone.stableNanos();
    }
    return before.pending() instanceof Pending.Recording recording
        && asked instanceof Pending.Recording
        && inputs.recorded().contains(recording.request());
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
    for (int point : zone.points()) {
      if (points.get(point).causes().has(cause)) {
        return point;
      }
    }
    return -1;
  }

  private void tellCauses() {
    for (Cause came : active.without(before.active()).list()) {
      events.add(new Event.CauseCame(index, came, bringer(came)));
    }
    for (Cause went : before.active().without(active).list()) {
      events.add(new Event.CauseWent(index, went));
    }
  }

  private void tellLock(Pending asked) {
    boolean was = before.lock() instanceof Lock.Open;
    if (was && lock instanceof Lock.Tripped tripped) {
      events.add(new Event.Withheld(index, tripped.first()));
    } else if (!was && lock instanceof Lock.Open) {
      events.add(
          new Event.Granted(
              index,
              asked instanceof Pending.Recording recording
                  ? recording.request()
                  : Event.Granted.BY_ITSELF));
    }
  }

  ZoneView view() {
    boolean open = lock instanceof Lock.Open;
    return new ZoneView(
        open ? Permit.GRANTED : Permit.WITHHELD,
        lock,
        active,
        pending instanceof Pending.Waiting,
        open ? List.of() : wanting());
  }

  private List<Wanting> wanting() {
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
      return wanting;
    }
    wanting.add(
        switch (pending) {
          case Pending.None _ -> Wanting.RESET;
          case Pending.Waiting _ -> Wanting.CONSENT_KEY;
          case Pending.Recording _ -> Wanting.RECORD;
        });
    return wanting;
  }

  private static void addIf(boolean missing, Wanting what, List<Wanting> wanting) {
    if (missing) {
      wanting.add(what);
    }
  }
}
