package davy.controller.interlock;

import davy.controller.interlock.Decision.PointView;
import davy.controller.interlock.Decision.ZoneView;
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
  private final ZoneStep.Moment moment;
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
        new ZoneStep.Moment(
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
    List<ZoneState> zones = new ArrayList<>(plan.zones().size());
    List<ZoneView> views = new ArrayList<>(plan.zones().size());
    for (int index = 0; index < plan.zones().size(); index++) {
      ZoneStep zone = zone(index);
      zones.add(zone.next());
      views.add(zone.view());
    }
    State next = new State(points, zones, key, sinceStartNanos);
    return new Decision(next, views, pointViews(), List.of(), List.of(), true, events);
  }

  private List<PointState> points() {
    List<PointState> next = new ArrayList<>(plan.points().size());
    for (int point = 0; point < plan.points().size(); point++) {
      PointState before = state.points().get(point);
      PointInput input = inputs.points().get(point);
      PointState after = before.next(plan.points().get(point), plan.times(), input, elapsedNanos);
      tell(point, before, after, input);
      next.add(after);
    }
    return next;
  }

  private void tell(int point, PointState before, PointState after, PointInput input) {
    boolean was = before.trust() == PointState.Trust.TRUSTED;
    boolean is = after.trust() == PointState.Trust.TRUSTED;
    if (is && !was) {
      events.add(new Event.PointTrusted(point));
    } else if (!is && (was || after.lostBy() != before.lostBy())) {
      events.add(new Event.PointLost(point, after.lostBy(), fault(input, after)));
    }
  }

  private static Optional<SensorFault> fault(PointInput input, PointState after) {
    return switch (input) {
      case PointInput.Faulty faulty -> Optional.of(faulty.fault());
      case PointInput.Good _ when after.lostBy() == Cause.SENSOR_FAULT ->
          Optional.of(SensorFault.NEGATIVE_DRIFT);
      case PointInput.Good _, PointInput.OverRange _, PointInput.Stale _ -> Optional.empty();
    };
  }

  private ZoneStep zone(int zone) {
    return new ZoneStep(plan, zone, state.zones().get(zone), inputs, points, moment, events);
  }

  private List<PointView> pointViews() {
    List<PointView> views = new ArrayList<>(points.size());
    for (int point = 0; point < points.size(); point++) {
      Causes causes = points.get(point).causes();
      boolean trusted = points.get(point).trust() == PointState.Trust.TRUSTED;
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
