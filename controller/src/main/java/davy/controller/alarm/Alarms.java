package davy.controller.alarm;

import davy.controller.alarm.AlarmInputs.Sample;
import davy.controller.alarm.AlarmPlan.Alarm;
import davy.hal.signal.Quantity;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** One step of every alarm. See the package page for what it must never do. */
public final class Alarms {

  private static final int NONE = -1;

  /** Kept, for each call of {@code values} makes a new one. */
  private static final Mark[] MARKS = Mark.values();

  private final AlarmPlan plan;
  private final AlarmState state;
  private final AlarmInputs inputs;
  private final long elapsedNanos;
  private final List<AlarmEvent> events = new ArrayList<>();
  private List<AlarmStatus> statuses;
  private List<PointStatus> points;
  private Conditions conditions;
  private boolean news;
  private Optional<GasTest> gasTest;

  private Alarms(AlarmPlan plan, AlarmState state, AlarmInputs inputs, long elapsedNanos) {
    this.plan = plan;
    this.state = state;
    this.inputs = inputs;
    this.elapsedNanos = elapsedNanos;
    this.statuses = state.alarms();
    this.points = state.points();
    this.gasTest = state.gasTest();
  }

  /**
   * Decides once.
   *
   * @param elapsedNanos monotonic time since the last step, not negative
   */
  public static AlarmDecision step(
      AlarmPlan plan, AlarmState state, AlarmInputs inputs, long elapsedNanos) {
    return new Alarms(plan, state, inputs, elapsedNanos).decide();
  }

  /**
   * Persons are judged by what they could see: on the lives of the last step, before this step's
   * conditions bring anything new.
   */
  private AlarmDecision decide() {
    Plausibility plausibility = plausibility();
    conditions = new Conditions(plan, inputs, state.zones(), points);
    judge();
    gasTest = gasTest.flatMap(this::watched);
    long mute = requests(Math.max(0, state.muteLeftNanos() - elapsedNanos));
    grade();
    live();
    List<ZoneStatus> zones = zones();
    mute = news ? 0 : mute;
    Lamp lamp = Lamp.OFF;
    boolean calls = false;
    for (int index = 0; index < statuses.size(); index++) {
      AlarmStatus status = statuses.get(index);
      lamp = lamp.and(Lamp.of(status.life()));
      calls |= status.life().calls();
    }
    boolean sounder = calls && mute == 0;
    if (lamp != state.lamp() || sounder != state.sounder()) {
      events.add(new AlarmEvent.Annunciated(lamp, sounder));
    }
    Tallies tallies = state.tallies().next(plan, inputs.points(), elapsedNanos, events);
    AlarmState next =
        new AlarmState(
            statuses,
            zones,
            points,
            plausibility,
            tallies,
            mute,
            lamp,
            sounder,
            state.orphans(),
            gasTest);
    return new AlarmDecision(next, events);
  }

  /** The list that was there before, if every element still is. */
  private static <T> List<T> same(List<T> before, List<T> after) {
    for (int index = 0; index < after.size(); index++) {
      if (after.get(index) != before.get(index)) {
        return after;
      }
    }
    return before;
  }

  /** The list is copied by the first that changes: in most scans none does. */
  private void set(int index, AlarmStatus status) {
    if (status != statuses.get(index)) {
      own();
      statuses.set(index, status);
    }
  }

  private void own() {
    if (statuses == state.alarms()) {
      statuses = new ArrayList<>(statuses);
    }
  }

  private Plausibility plausibility() {
    if (!state.plausibility().due(plan, elapsedNanos)) {
      return state.plausibility().waiting(elapsedNanos);
    }
    Plausibility next = state.plausibility().look(plan, inputs.points(), elapsedNanos);
    points = next.statuses(plan);
    for (int point = 0; point < points.size(); point++) {
      Marks before = state.points().get(point).marks();
      Marks after = points.get(point).marks();
      for (Mark mark : MARKS) {
        if (after.has(mark) && !before.has(mark)) {
          events.add(new AlarmEvent.Marked(point, mark));
        } else if (before.has(mark) && !after.has(mark)) {
          events.add(new AlarmEvent.Unmarked(point, mark));
        }
      }
    }
    return next;
  }

  private void judge() {
    for (int index = 0; index < statuses.size(); index++) {
      Alarm alarm = plan.alarms().get(index);
      set(
          index,
          statuses.get(index).judged(alarm, conditions.judge(alarm.condition()), elapsedNanos));
    }
  }

  private Optional<GasTest> watched(GasTest test) {
    GasTest.Step step = test.next(plan, inputs, elapsedNanos);
    step.ended().ifPresent(events::add);
    return step.next();
  }

  /** Returns how long the sounder is muted. */
  private long requests(long muted) {
    if (inputs.requests().isEmpty()) {
      return muted;
    }
    long mute = muted;
    own();
    Requests judge =
        new Requests(plan, inputs.zones(), statuses, state.sounder(), gasTest.isPresent());
    for (AlarmRequest request : inputs.requests()) {
      AlarmEvent.Answer answer = judge.judge(request);
      events.add(new AlarmEvent.Answered(request, answer));
      if (answer.accepted()) {
        mute = request instanceof AlarmRequest.Mute ? plan.bounds().muteNanos() : mute;
        act(request);
      }
    }
    return mute;
  }

  private void act(AlarmRequest request) {
    switch (request) {
      case AlarmRequest.Mute _ -> {}
      case AlarmRequest.Acknowledge ask -> {
        boolean byPerson = plan.alarms().get(ask.alarm()).closedByPerson();
        change(ask.alarm(), statuses.get(ask.alarm()).life().acknowledged(byPerson));
      }
      case AlarmRequest.Shelve ask ->
          change(ask.alarm(), new Life.Shelved(ask.forNanos(), ask.person(), ask.reason()));
      case AlarmRequest.Unshelve ask -> change(ask.alarm(), Life.NORMAL);
      case AlarmRequest.OutOfService ask ->
          change(ask.alarm(), new Life.OutOfService(ask.person(), ask.reason()));
      case AlarmRequest.BackInService ask -> change(ask.alarm(), Life.NORMAL);
      case AlarmRequest.Close ask -> change(ask.alarm(), Life.NORMAL, Optional.of(ask));
      case AlarmRequest.Correct ask -> events.add(new AlarmEvent.Corrected(ask));
      case AlarmRequest.GasTest ask -> gasTest = Optional.of(GasTest.begin(ask));
    }
  }

  private void change(int alarm, Life to) {
    change(alarm, to, Optional.empty());
  }

  /** The only place where a life changes; a countdown of shelving is none. */
  private void change(int alarm, Life to, Optional<AlarmRequest.Close> by) {
    AlarmStatus before = statuses.get(alarm);
    AlarmStatus after = before.with(to);
    if (after == before) {
      return;
    }
    set(alarm, after);
    if (!(before.life() instanceof Life.Shelved && to instanceof Life.Shelved)) {
      events.add(new AlarmEvent.Changed(alarm, after.occurrence(), before.life(), to));
    }
    if (before.life().open() && !to.open()) {
      events.add(
          new AlarmEvent.Closed(
              alarm, before.occurrence(), before.worst(), before.peak(), before.overRange(), by));
    }
    news |= to instanceof Life.Unacknowledged;
  }

  private void grade() {
    int[] over = extents();
    for (int index = 0; index < statuses.size(); index++) {
      Alarm alarm = plan.alarms().get(index);
      AlarmStatus status = statuses.get(index);
      if (alarm.condition() instanceof Condition.OverLimit limit
          && plan.points().get(limit.point()).quantity() == Quantity.METHANE) {
        Sample sample = inputs.points().get(limit.point());
        int extent = status.active() ? extent(limit.point(), over) : 0;
        set(index, status.graded(plan, alarm, sample, extent, elapsedNanos));
      } else {
        set(index, status.plainlyGraded(alarm));
      }
    }
  }

  /** The widest of the point's zones; a point without a zone stands for itself. */
  private int extent(int point, int[] over) {
    int extent = 1;
    for (int zone : plan.points().get(point).zones()) {
      extent = Math.max(extent, over[zone]);
    }
    return extent;
  }

  /** Per zone, how many of its points are over a limit; lost ones as they were last seen. */
  private int[] extents() {
    boolean[] over = new boolean[plan.points().size()];
    for (int index = 0; index < statuses.size(); index++) {
      if (plan.alarms().get(index).condition() instanceof Condition.OverLimit limit) {
        over[limit.point()] |= statuses.get(index).active();
      }
    }
    int[] extents = new int[plan.zones().size()];
    for (int point = 0; point < over.length; point++) {
      if (over[point]) {
        plan.points().get(point).zones().forEach(zone -> extents[zone]++);
      }
    }
    return extents;
  }

  private void live() {
    for (int index = 0; index < statuses.size(); index++) {
      Alarm alarm = plan.alarms().get(index);
      AlarmStatus status = statuses.get(index);
      boolean suppressed = conditions.suppressed(alarm.condition());
      if (status.life() == Life.NORMAL && !status.active() && !suppressed) {
        continue; // Stays what it is; most do, in every scan.
      }
      Life.Moment now =
          new Life.Moment(
              status.active(), status.graver(), suppressed, alarm.closedByPerson(), elapsedNanos);
      change(index, status.life().next(now));
      remember(index, alarm, statuses.get(index).occurrence() != status.occurrence());
    }
  }

  private void remember(int index, Alarm alarm, boolean begins) {
    AlarmStatus status = statuses.get(index);
    if (!status.life().open()) {
      return;
    }
    if (status.grade().compareTo(status.worst()) > 0) {
      events.add(new AlarmEvent.GradeRaised(index, status.occurrence(), status.grade()));
      news = true;
    }
    Grade worst = status.worst().worse(status.grade());
    if (alarm.condition() instanceof Condition.OverLimit over) {
      boolean high = plan.points().get(over.point()).quantity().highIsDanger();
      Sample sample = inputs.points().get(over.point());
      int peak = begins ? over.alarmAt() : status.peak();
      if (sample instanceof Sample.Good good) {
        peak = high ? Math.max(peak, good.amount()) : Math.min(peak, good.amount());
      }
      boolean beyond = status.overRange() || high && sample instanceof Sample.OverRange;
      set(index, status.remembering(worst, peak, beyond));
    } else {
      set(index, status.remembering(worst, status.peak(), status.overRange()));
    }
  }

  private List<ZoneStatus> zones() {
    Lamp[] lamps = new Lamp[plan.zones().size()];
    Grade[] grades = new Grade[lamps.length];
    int[] first = new int[lamps.length];
    Arrays.fill(lamps, Lamp.OFF);
    Arrays.fill(grades, Grade.NONE);
    Arrays.fill(first, NONE);
    for (int index = 0; index < statuses.size(); index++) {
      AlarmStatus status = statuses.get(index);
      if (!status.life().open()) {
        continue;
      }
      boolean stands = status.life().calls() || status.life() instanceof Life.Acknowledged;
      for (int zone : plan.alarms().get(index).zones()) {
        lamps[zone] = lamps[zone].and(Lamp.of(status.life()));
        grades[zone] = grades[zone].worse(status.grade());
        first[zone] = stands && first[zone] == NONE ? index : first[zone];
      }
    }
    List<ZoneStatus> next = new ArrayList<>(lamps.length);
    for (int zone = 0; zone < lamps.length; zone++) {
      ZoneStatus before = state.zones().get(zone);
      OptionalInt out = firstOut(zone, first[zone]);
      boolean live = before.live(inputs.zones().get(zone));
      ZoneStatus after = new ZoneStatus(live, out, lamps[zone], grades[zone]);
      next.add(after.equals(before) ? before : after);
    }
    return same(state.zones(), next);
  }

  private OptionalInt firstOut(int zone, int standing) {
    OptionalInt before = state.zones().get(zone).firstOut();
    if (standing == NONE) {
      return OptionalInt.empty();
    }
    if (before.isPresent()) {
      return before;
    }
    events.add(new AlarmEvent.FirstOut(zone, standing));
    return OptionalInt.of(standing);
  }
}
