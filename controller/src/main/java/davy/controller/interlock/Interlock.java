package davy.controller.interlock;

import davy.controller.interlock.Event.Answer;
import davy.controller.interlock.Inputs.OutputState;
import davy.hal.signal.GuardState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The one decision: who may have power. See the package page for what it must never do. */
public final class Interlock {

  private final Plan plan;
  private final State state;
  private final Inputs inputs;
  private final long heldNanos;
  private final KeyState key;
  private final FieldStep field;
  private final Moment moment;
  private boolean configurationAccepted;
  private final List<ZoneStep> zones;
  private final List<Event> events = new ArrayList<>();

  private Interlock(Plan plan, State state, Inputs inputs, long elapsedNanos) {
    this.plan = plan;
    this.state = state;
    this.inputs = inputs;
    this.zones = new ArrayList<>(plan.zones().size());
    boolean guardArmed = !plan.fitted().guard() || inputs.guard() == GuardState.ARMED;
    this.heldNanos =
        Elapsed.watch(state.heldNanos(), guardArmed, elapsedNanos, plan.times().startHoldNanos());
    this.key = state.key().next(inputs.key(), plan.times(), elapsedNanos);
    this.field = new FieldStep(plan, state.field(), inputs, elapsedNanos, events);
    this.moment =
        new Moment(
            elapsedNanos,
            guardArmed,
            heldNanos >= plan.times().startHoldNanos(),
            KeyState.press(state.key(), key),
            KeyState.heldAlone(state.key(), key, plan.times()) && !inputs.stationAlive());
    this.configurationAccepted = state.configurationAccepted();
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
    Shared shared =
        new Shared(plan, state, inputs, field.points(), field.fanCauses(), moment, events);
    for (int zone = 0; zone < plan.zones().size(); zone++) {
      zones.add(new ZoneStep(shared, zone));
    }
    boolean[] downstream = new boolean[zones.size()];
    for (int index = 0; index < zones.size(); index++) {
      ZoneStep zone = zones.get(index);
      if (zone.upstream().isPresent() && zone.escalates()) {
        downstream[zone.upstream().getAsInt()] = true;
      }
    }
    for (int zone = 0; zone < zones.size(); zone++) {
      zones.get(zone).settle(downstream[zone]);
    }
    ConsentStep consent =
        new ConsentStep(plan, state.consent(), inputs, moment, new Judge(), events);
    boolean done = false;
    for (int request = 0; request < consent.effective().size(); request++) {
      done |= takeEffect(consent.effective().get(request));
    }
    zones.forEach(ZoneStep::finish);
    field.settle(this::dead);
    return decision(consent.next(done));
  }

  private Decision decision(Consent slot) {
    ZoneState[] nextZones = new ZoneState[zones.size()];
    Decision.ZoneView[] views = new Decision.ZoneView[zones.size()];
    boolean obeyed = true;
    for (int index = 0; index < views.length; index++) {
      ZoneStep zone = zones.get(index);
      nextZones[index] = zone.next();
      views[index] = zone.view(slot);
      obeyed &= !zone.disobeys();
    }
    FieldState nextField = field.next();
    State next =
        new State(
            nextField,
            List.of(nextZones),
            key,
            slot,
            heldNanos,
            configurationAccepted,
            state.manualOnly());
    return new Decision(
        next,
        List.of(views),
        field.pointViews(),
        field.fanViews(),
        nextField.register().entries(),
        slot.keyWait(plan.times().consentNanos()),
        obeyed,
        events);
  }

  /** Withheld by the last step and by this one, and its output is read back off. */
  private boolean dead(int zone) {
    return !(state.zones().get(zone).lock() instanceof Lock.Open)
        && !(zones.get(zone).next().lock() instanceof Lock.Open)
        && inputs.zones().get(zone).output() == OutputState.OFF;
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
        case Request.Calibrate ask -> field.refusal(ask);
        case Request.Inhibit ask -> field.refusal(ask);
        case Request.UnlockFan ask -> field.refusal(ask);
        case Request.AcceptConfiguration accept -> acceptance(accept);
      };
    }

    @Override
    public void answer(Request.Loosening request, Answer answer) {
      int zone = request instanceof Request.OfZone ofZone ? ofZone.zone() : -1;
      Causes causes = zone < 0 ? Causes.NONE : zones.get(zone).active();
      events.add(new Event.Answered(request.id(), zone, answer, causes));
    }
  }

  private Optional<Answer> acceptance(Request.AcceptConfiguration accept) {
    if (state.configurationAccepted()) {
      return Optional.of(Answer.REFUSED_NOTHING);
    }
    boolean two = !accept.person().isBlank() && !accept.second().isBlank();
    return two && !accept.person().equals(accept.second())
        ? Optional.empty()
        : Optional.of(Answer.REFUSED_PERSONS);
  }

  /** The key was turned and the record is on disk: true once the request has had its effect. */
  private boolean takeEffect(Request.Loosening request) {
    switch (request) {
      case Request.Reset reset -> {
        return zones.get(reset.zone()).reset(reset);
      }
      case Request.Calibrate ask -> field.register().begin(ask);
      case Request.Inhibit ask -> field.register().begin(ask);
      case Request.UnlockFan ask -> field.register().begin(ask);
      case Request.AcceptConfiguration accept -> {
        configurationAccepted = true;
        events.add(new Event.ConfigurationAccepted(accept.id(), accept.person(), accept.second()));
      }
    }
    return true;
  }
}
