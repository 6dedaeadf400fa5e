package davy.controller.interlock;

import davy.controller.interlock.Decision.FanView;
import davy.controller.interlock.Decision.PointView;
import davy.controller.interlock.Event.Answer;
import davy.hal.signal.SensorFault;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;

/** Heads, fans and the bypass register in one step: judged before any zone. */
final class FieldStep {

  private final Plan plan;
  private final FieldState before;
  private final Inputs inputs;
  private final List<Event> events;
  private final RegisterStep register;
  private final List<PointState> points;
  private final List<FanStep> fans = new ArrayList<>();

  FieldStep(Plan plan, FieldState before, Inputs inputs, long elapsedNanos, List<Event> events) {
    this.plan = plan;
    this.before = before;
    this.inputs = inputs;
    this.events = events;
    this.register = new RegisterStep(plan, before.register(), inputs, elapsedNanos, events);
    this.points = points(register.standing(), elapsedNanos);
    register.covered(points);
    Register standing = register.standing();
    for (int point = 0; point < points.size(); point++) {
      points.set(point, points.get(point).with(standing.duty(point)));
      tell(point);
    }
    for (int fan = 0; fan < plan.fans().size(); fan++) {
      boolean unlocked = standing.unlocked(fan);
      FanState was = before.fans().get(fan);
      fans.add(new FanStep(plan, fan, was, inputs, points, elapsedNanos, unlocked, events));
    }
  }

  private List<PointState> points(Register standing, long elapsedNanos) {
    List<PointState> next = new ArrayList<>(plan.points().size());
    for (int point = 0; point < plan.points().size(); point++) {
      next.add(
          before
              .points()
              .get(point)
              .next(
                  plan.points().get(point),
                  plan.times(),
                  inputs.points().get(point),
                  standing.duty(point),
                  elapsedNanos));
    }
    return next;
  }

  private void tell(int point) {
    Trust was = before.points().get(point).trust();
    Trust is = points.get(point).trust();
    if (is.given() && !was.given()) {
      events.add(new Event.PointTrusted(point));
    } else if (!is.given() && (was.given() || is.lostBy() != was.lostBy())) {
      events.add(new Event.PointLost(point, is.lostBy(), fault(point, is.lostBy())));
    }
  }

  private Optional<SensorFault> fault(int point, Cause by) {
    return switch (inputs.points().get(point)) {
      case PointInput.Faulty faulty -> Optional.of(faulty.fault());
      case PointInput.Good _ when by == Cause.SENSOR_FAULT ->
          Optional.of(SensorFault.NEGATIVE_DRIFT);
      case PointInput.Good _, PointInput.OverRange _, PointInput.Stale _ -> Optional.empty();
    };
  }

  /** In plan order, as this step judges them. */
  List<PointState> points() {
    return points;
  }

  /** What each fan brings to its zones. */
  List<Causes> fanCauses() {
    Causes[] causes = new Causes[fans.size()];
    for (int fan = 0; fan < causes.length; fan++) {
      causes[fan] = fans.get(fan).causes();
    }
    return List.of(causes);
  }

  /** Why an exemption can't begin now; empty where it can. */
  Optional<Answer> refusal(Request.Calibrate ask) {
    return register.refusal(ask, points);
  }

  /** Why an exemption can't begin now; empty where it can. */
  Optional<Answer> refusal(Request.Inhibit ask) {
    return register.refusal(ask, points);
  }

  /** Why an exemption can't begin now; empty where it can. */
  Optional<Answer> refusal(Request.UnlockFan ask) {
    return register.refusal(ask, fans.get(ask.fan()).next().gasLocked());
  }

  /** What begins in it counts from the next step on. */
  RegisterStep register() {
    return register;
  }

  /**
   * Commands what may only come after power.
   *
   * @param dead whether a zone was withheld before and is now, and its output is read off
   */
  void settle(IntPredicate dead) {
    for (int fan = 0; fan < fans.size(); fan++) {
      fans.get(fan).settle(plan.fans().get(fan).zones().stream().allMatch(dead::test));
    }
  }

  FieldState next() {
    FanState[] next = new FanState[fans.size()];
    for (int fan = 0; fan < next.length; fan++) {
      next[fan] = fans.get(fan).next();
    }
    boolean same = points.equals(before.points());
    return new FieldState(same ? before.points() : points, List.of(next), register.standing());
  }

  List<FanView> fanViews() {
    FanView[] views = new FanView[fans.size()];
    for (int fan = 0; fan < views.length; fan++) {
      views[fan] = fans.get(fan).view();
    }
    return List.of(views);
  }

  List<PointView> pointViews() {
    PointView[] views = new PointView[points.size()];
    for (int point = 0; point < points.size(); point++) {
      PointState state = points.get(point);
      boolean alarm =
          switch (inputs.points().get(point)) {
            case PointInput.Good good -> good.value().atLeast(plan.points().get(point).alarmAt());
            case PointInput.OverRange _ -> true;
            case PointInput.Faulty _, PointInput.Stale _ -> false;
          };
      views[point] = PointView.of(alarm, state.trust().given(), state.causes());
    }
    return List.of(views);
  }
}
