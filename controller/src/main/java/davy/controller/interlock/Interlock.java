package davy.controller.interlock;

import davy.controller.interlock.Decision.PointView;
import davy.controller.interlock.Event.Answer;
import davy.hal.signal.SensorFault;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The one decision: who may have power. See the package page for what it must never do. */
public final class Interlock {

  private final Plan plan;
  private final State state;
  private final Inputs inputs;
  private final long elapsedNanos;
  private final long sinceStartNanos;
  private final KeyState key;
  private final List<PointState> points;
  private final Moment moment;
  private final List<ZoneStep> zones = new ArrayList<>();
  private final List<Event> events = new ArrayList<>();

  private Interlock(Plan plan, State state, Inputs inputs, long elapsedNanos) {
    this.plan = plan;
    this.state = state;
    this.inputs = inputs;
    this.elapsedNanos = elapsedNanos;
    this.sinceStartNanos =
        Elapsed.add(state.sinceStartNanos(), elapsedNanos, plan.times().startHoldNanos());
    this.key = state.key().next(inputs.key(), plan.times(), elapsedNanos);
    this.points = points();
    this.moment =
        new Moment(
            elapsedNanos,
            sinceStartNanos >= plan.times().startHoldNanos(),
            KeyState.press(state.key(), key),
            KeyState.heldAlone(state.key(), key, plan.times()) && !inputs.stationAlive());
  }

  /**
   * Decides once.
   *
   * @param elapsedNanos monotonic time since the last step, not negative
   */
  public static Decision step(Plan plan, State state, Inputs inputs, long elapsedNanos) {
    return new Interlock(plan, state, inputs, elapsedNanos).decide();
  }

  private Decision decide() {
    if (key instanceof KeyState.Stuck && !(state.key() instanceof KeyState.Stuck)) {
      events.add(new Event.KeyStuck());
    }
    for (int zone = 0; zone < plan.zones().size(); zone++) {
      zones.add(new ZoneStep(plan, zone, state.zones().get(zone), inputs, points, moment, events));
    }
    ConsentStep consent =
        new ConsentStep(plan, state.consent(), inputs, moment, new Judge(), events);
    boolean done = false;
    for (Request.Loosening request : consent.effective()) {
      done |= takeEffect(request);
    }
    zones.forEach(ZoneStep::finish);
    Consent slot = consent.next(done);
    State next =
        new State(points, zones.stream().map(ZoneStep::next).toList(), key, slot, sinceStartNanos);
    return new Decision(
        next,
        zones.stream().map(zone -> zone.view(slot)).toList(),
        pointViews(),
        List.of(),
        List.of(),
        true,
        events);
  }

  /** Judges what loosens, each kind by whom it concerns. */
  private final class Judge implements ConsentStep.Judge {
    @Override
    public Optional<Answer> refusal(Request.Loosening request) {
      if (!plan.fitted().consentKey()) {
        return Optional.of(Answer.REFUSED_NO_KEY);
      }
      return switch (request) {
        case Request.Reset reset -> zones.get(reset.zone()).refusal(reset);
        case Request.Calibrate _, Request.Inhibit _, Request.UnlockFan _ ->
            Optional.of(Answer.REFUSED_NOT_ALLOWED);
        case Request.AcceptConfiguration _ -> Optional.of(Answer.REFUSED_NOT_ALLOWED);
      };
    }

    @Override
    public void answer(Request.Loosening request, Answer answer) {
      int zone = request instanceof Request.OfZone ofZone ? ofZone.zone() : -1;
      Causes causes = zone < 0 ? Causes.NONE : zones.get(zone).active();
      events.add(new Event.Answered(request.id(), zone, answer, causes));
    }
  }

  /** The key was turned and the record is on disk: true once the request has had its effect. */
  private boolean takeEffect(Request.Loosening request) {
    return switch (request) {
      case Request.Reset reset -> zones.get(reset.zone()).reset(reset);
      case Request.Calibrate _, Request.Inhibit _, Request.UnlockFan _ -> true;
      case Request.AcceptConfiguration _ -> true;
    };
  }

  private List<PointState> points() {
    List<PointState> next = new ArrayList<>(plan.points().size());
    for (int point = 0; point < plan.points().size(); point++) {
      PointState before = state.points().get(point);
      PointInput input = inputs.points().get(point);
      PointState after =
          before.next(plan.points().get(point), plan.times(), input, Duty.IN_SERVICE, elapsedNanos);
      tell(point, before, after, input);
      next.add(after);
    }
    return next;
  }

  private void tell(int point, PointState before, PointState after, PointInput input) {
    boolean was = before.trust().given();
    boolean is = after.trust().given();
    Cause by = after.trust().lostBy();
    if (is && !was) {
      events.add(new Event.PointTrusted(point));
    } else if (!is && (was || by != before.trust().lostBy())) {
      events.add(new Event.PointLost(point, by, fault(input, by)));
    }
  }

  private static Optional<SensorFault> fault(PointInput input, Cause by) {
    return switch (input) {
      case PointInput.Faulty faulty -> Optional.of(faulty.fault());
      case PointInput.Good _ when by == Cause.SENSOR_FAULT ->
          Optional.of(SensorFault.NEGATIVE_DRIFT);
      case PointInput.Good _, PointInput.OverRange _, PointInput.Stale _ -> Optional.empty();
    };
  }

  private List<PointView> pointViews() {
    List<PointView> views = new ArrayList<>(points.size());
    for (int point = 0; point < points.size(); point++) {
      Causes causes = points.get(point).causes();
      boolean trusted = points.get(point).trust().given();
      boolean alarm =
          switch (inputs.points().get(point)) {
            case PointInput.Good good -> good.value().atLeast(plan.points().get(point).alarmAt());
            case PointInput.OverRange _ -> true;
            case PointInput.Faulty _, PointInput.Stale _ -> false;
          };
      views.add(new PointView(alarm, trusted, causes));
    }
    return views;
  }
}
