package davy.controller.config;

import davy.controller.alarm.AlarmKind;
import davy.controller.alarm.AlarmPlan;
import davy.controller.alarm.AlarmPlan.Alarm;
import davy.controller.alarm.AlarmPlan.GradeRow;
import davy.controller.alarm.AlarmPlan.Watch;
import davy.controller.alarm.Condition;
import davy.controller.alarm.Grade;
import davy.controller.alarm.Mark;
import davy.controller.alarm.Marks;
import davy.controller.alarm.Rule;
import davy.controller.interlock.Plan;
import davy.hal.signal.Quantity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Makes of a site what its alarms are: the same for every site, with the figures of its profile.
 * Their names are stable for ever, for saved alarms are found by them. Its points are those of the
 * site, then one for each fan: its run contacts.
 */
public final class AlarmPlans {

  /** Longest name, reason and measure that a person may write, in characters. */
  public static final int TEXT_LENGTH = 200;

  private final Profile profile;
  private final Plan plan;
  private final List<Site.Point> sitePoints;
  private final List<Site.Fan> siteFans;
  private final List<List<Integer>> zonesOf;
  private final List<String> signals = new ArrayList<>();
  private final List<Alarm> alarms = new ArrayList<>();

  /** Signals of each zone; those of the first zone come first. */
  public enum ZoneSignal {
    WITHHELD(AlarmKind.TRIP, Grade.TWO),
    FEED_ABNORMAL(AlarmKind.FEED_ABNORMAL, Grade.ONE),
    OUTPUT_FAULT(AlarmKind.OUTPUT, Grade.ONE),
    CLOSES_ITSELF(AlarmKind.EQUIPMENT, Grade.TWO);

    private final AlarmKind kind;
    private final Grade grade;

    ZoneSignal(AlarmKind kind, Grade grade) {
      this.kind = kind;
      this.grade = grade;
    }
  }

  /** Signals of each fan, behind those of all zones. */
  public enum FanSignal {
    STOPPED,
    FLOW_LOW,
    START_LOCKED
  }

  /** Signals of the station itself, behind those of all fans. */
  public enum StationSignal {
    BYPASS(AlarmKind.BYPASS, Grade.FOUR),
    GUARD(AlarmKind.EQUIPMENT, Grade.TWO),
    SCAN(AlarmKind.EQUIPMENT, Grade.TWO),
    CONFIGURATION(AlarmKind.EQUIPMENT, Grade.THREE),
    JOURNAL(AlarmKind.EQUIPMENT, Grade.THREE);

    private final AlarmKind kind;
    private final Grade grade;

    StationSignal(AlarmKind kind, Grade grade) {
      this.kind = kind;
      this.grade = grade;
    }
  }

  private AlarmPlans(
      Profile profile, Plan plan, List<Site.Point> sitePoints, List<Site.Fan> siteFans) {
    this.profile = profile;
    this.plan = plan;
    this.sitePoints = sitePoints;
    this.siteFans = siteFans;
    this.zonesOf = zonesOf();
  }

  /** The zones of each point; none of one that no zone depends on. */
  private List<List<Integer>> zonesOf() {
    List<List<Integer>> bound = lists(plan.points().size());
    for (int zone = 0; zone < plan.zones().size(); zone++) {
      for (int point : Set.copyOf(plan.zones().get(zone).points())) {
        bound.get(point).add(zone);
      }
    }
    return sitePoints.stream()
        .map(Site.Point::interlockIndex)
        .map(index -> index < 0 ? List.<Integer>of() : bound.get(index))
        .toList();
  }

  private static List<List<Integer>> lists(int count) {
    return Stream.generate(() -> (List<Integer>) new ArrayList<Integer>()).limit(count).toList();
  }

  /**
   * @param grades the mine's own
   */
  static AlarmPlan of(
      Profile profile,
      Plan plan,
      List<Site.Point> points,
      List<Site.Fan> fans,
      List<GradeRow> grades) {
    return new AlarmPlans(profile, plan, points, fans).plan(grades);
  }

  /** Points with an upper limit besides their own: a signal each, behind those of the station. */
  public static List<Integer> above(List<Site.Point> points) {
    return IntStream.range(0, points.size())
        .filter(point -> points.get(point).alarmAbove().isPresent())
        .boxed()
        .toList();
  }

  /** Causes before their consequences: of two in one scan the first in the plan is first-out. */
  private AlarmPlan plan(List<GradeRow> grades) {
    IntStream.range(0, sitePoints.size()).forEach(this::overLimit);
    IntStream.range(0, sitePoints.size()).forEach(this::sensor);
    List<String> zones = plan.zones().stream().map(Plan.Zone::name).toList();
    zones();
    fans();
    for (StationSignal signal : StationSignal.values()) {
      given("station", signal, signal.kind, List.of(), signal.grade);
    }
    above(sitePoints).forEach(this::above);
    return new AlarmPlan(
        points(),
        zones,
        signals,
        alarms,
        grades,
        watches(),
        new AlarmPlan.Bounds(
            profile.nanos(ProfileKey.MUTE),
            profile.nanos(ProfileKey.SHELF),
            TEXT_LENGTH,
            profile.nanos(ProfileKey.LOOK),
            2 * profile.figure(ProfileKey.HALF_LOOKS),
            profile.nanos(ProfileKey.HORIZON),
            profile.nanos(ProfileKey.STATISTICS)));
  }

  private List<AlarmPlan.Point> points() {
    List<AlarmPlan.Point> points = new ArrayList<>();
    for (int index = 0; index < sitePoints.size(); index++) {
      Site.Point point = sitePoints.get(index);
      points.add(
          new AlarmPlan.Point(
              point.name(), point.quantity(), zonesOf.get(index), limit(point.interlockIndex())));
    }
    for (Plan.Fan fan : plan.fans()) {
      points.add(
          new AlarmPlan.Point(fan.name(), Quantity.CONTACT, fan.zones(), OptionalInt.empty()));
    }
    return points;
  }

  private OptionalInt limit(int index) {
    return index < 0
        ? OptionalInt.empty()
        : OptionalInt.of(plan.points().get(index).tripAt().hundredths());
  }

  private void overLimit(int index) {
    Site.Point point = sitePoints.get(index);
    if (point.alarmAt().isPresent()) {
      int at = point.alarmAt().get();
      overLimit(
          point.name() + "-limit", new Condition.OverLimit(index, at, at), zonesOf.get(index));
    }
  }

  private void above(int index) {
    String name = sitePoints.get(index).name() + "-above";
    signals.add(name);
    overLimit(name, new Condition.Given(signals.size() - 1), zonesOf.get(index));
  }

  private void overLimit(String name, Condition condition, List<Integer> zones) {
    alarms.add(
        new Alarm(
            name,
            AlarmKind.OVER_LIMIT,
            condition,
            zones,
            Grade.THREE,
            0,
            0,
            true,
            profile.nanos(ProfileKey.NORMAL),
            false));
  }

  private void sensor(int index) {
    String name = sitePoints.get(index).name();
    List<Integer> zones = zonesOf.get(index);
    long delay = profile.nanos(ProfileKey.SENSOR_DELAY);
    add(
        name + "-sensor",
        AlarmKind.SENSOR,
        new Condition.SensorLost(index),
        zones,
        Grade.FOUR,
        delay);
    Marks doubts = Marks.NONE;
    for (Mark mark : Mark.values()) {
      doubts = mark.doubt() ? doubts.with(mark) : doubts;
    }
    Condition doubted = new Condition.Marked(index, doubts);
    add(name + "-doubt", AlarmKind.PLAUSIBILITY, doubted, zones, Grade.FOUR, 0);
    if (sitePoints.get(index).quantity() == Quantity.METHANE) {
      Condition rising = new Condition.Marked(index, Marks.of(Mark.RISING_FAST));
      add(name + "-rising", AlarmKind.RATE_OF_RISE, rising, zones, Grade.THREE, 0);
    }
  }

  private void zones() {
    for (int zone = 0; zone < plan.zones().size(); zone++) {
      String name = plan.zones().get(zone).name();
      for (ZoneSignal signal : ZoneSignal.values()) {
        given(name, signal, signal.kind, List.of(zone), signal.grade);
      }
      if (plan.zones().get(zone).feedFitted()) {
        feed(name, zone);
      }
    }
  }

  private void feed(String name, int zone) {
    long delay = profile.nanos(ProfileKey.SENSOR_DELAY);
    Condition lost = new Condition.FeedLost(zone);
    add(name + "-feed-lost", AlarmKind.FEED_LOST, lost, List.of(zone), Grade.FOUR, delay);
    Condition unknown = new Condition.FeedUnknown(zone);
    add(name + "-feed-unknown", AlarmKind.FEED_UNKNOWN, unknown, List.of(zone), Grade.THREE, delay);
  }

  private void fans() {
    for (Plan.Fan fan : plan.fans()) {
      for (FanSignal signal : FanSignal.values()) {
        given(fan.name(), signal, AlarmKind.EQUIPMENT, fan.zones(), Grade.TWO);
      }
    }
  }

  private void given(String of, Enum<?> signal, AlarmKind kind, List<Integer> zones, Grade grade) {
    String name = of + "-" + signal.name().toLowerCase(Locale.ROOT).replace('_', '-');
    signals.add(name);
    add(name, kind, new Condition.Given(signals.size() - 1), zones, grade, 0);
  }

  private void add(
      String name,
      AlarmKind kind,
      Condition condition,
      List<Integer> zones,
      Grade grade,
      long delayNanos) {
    alarms.add(
        new Alarm(
            name, kind, condition, zones, grade, delayNanos, delayNanos, false, 0, kind.mayHide()));
  }

  private List<Watch> watches() {
    List<Watch> watches = new ArrayList<>();
    List<List<Integer>> heads = heads();
    Map<String, List<Integer>> places = places();
    long holds = profile.nanos(ProfileKey.HOLDS);
    for (int point = 0; point < sitePoints.size(); point++) {
      if (methane(point)) {
        int rise = profile.figure(ProfileKey.RISE);
        int drop = profile.figure(ProfileKey.DROP);
        watches.add(watch(new Rule.RisingFast(point, rise), holds));
        watches.add(watch(new Rule.StepDown(point, rise, drop), 0));
        watches.add(watch(new Rule.DisconnectedRising(point, rise), 0));
        flat(point, heads, watches);
        samePlace(point, places.get(sitePoints.get(point).place()), holds, watches);
      }
    }
    contradictions(holds, watches);
    for (int fan = 0; fan < plan.fans().size(); fan++) {
      flow(fan, holds, watches);
    }
    return watches;
  }

  private boolean methane(int point) {
    return sitePoints.get(point).quantity() == Quantity.METHANE;
  }

  /** The methane points of each zone, in the order of the site. */
  private List<List<Integer>> heads() {
    List<List<Integer>> heads = lists(plan.zones().size());
    for (int point = 0; point < sitePoints.size(); point++) {
      if (methane(point)) {
        for (int zone : zonesOf.get(point)) {
          heads.get(zone).add(point);
        }
      }
    }
    return heads;
  }

  /** The points of each place, in the order of the site. */
  private Map<String, List<Integer>> places() {
    Map<String, List<Integer>> places = new HashMap<>();
    for (int point = 0; point < sitePoints.size(); point++) {
      places.computeIfAbsent(sitePoints.get(point).place(), _ -> new ArrayList<>()).add(point);
    }
    return places;
  }

  /**
   * Beside it is every other methane head of its zones; of a lone head, time alone says nothing.
   *
   * @param heads of each zone
   */
  private void flat(int point, List<List<Integer>> heads, List<Watch> watches) {
    List<Integer> beside =
        zonesOf.get(point).stream()
            .flatMap(zone -> heads.get(zone).stream())
            .filter(other -> other != point)
            .sorted()
            .distinct()
            .toList();
    if (!beside.isEmpty()) {
      int from = profile.figure(ProfileKey.FLAT_FROM);
      int moved = profile.figure(ProfileKey.FLAT_MOVED);
      Rule rule = new Rule.FlatLine(point, from, beside, moved);
      watches.add(watch(rule, profile.nanos(ProfileKey.FLAT)));
    }
  }

  /**
   * @param there the points of its place
   */
  private void samePlace(int point, List<Integer> there, long holds, List<Watch> watches) {
    Site.Point one = sitePoints.get(point);
    for (int other : there) {
      if (other > point
          && sitePoints.get(other).quantity() == one.quantity()
          && !one.place().isBlank()) {
        int apart = profile.figure(ProfileKey.APART);
        watches.add(watch(new Rule.HeadsDisagree(point, other, apart), holds));
      }
    }
  }

  /** Face (T1) and return (T2) that share a zone. */
  private void contradictions(long holds, List<Watch> watches) {
    int by = profile.figure(ProfileKey.CONTRADICT);
    for (int face : role("T1")) {
      for (int back : role("T2")) {
        if (zonesOf.get(face).stream().anyMatch(zonesOf.get(back)::contains)) {
          watches.add(watch(new Rule.Contradiction(face, back, by, by), holds));
        }
      }
    }
  }

  private void flow(int fan, long holds, List<Watch> watches) {
    OptionalInt flow = siteFans.get(fan).flow();
    if (flow.isPresent()) {
      int below = plan.fans().get(fan).flow().orElseThrow().lowBelow();
      int contact = sitePoints.size() + fan;
      watches.add(watch(new Rule.FanWithoutFlow(contact, flow.getAsInt(), below), holds));
    }
  }

  private List<Integer> role(String role) {
    return IntStream.range(0, sitePoints.size())
        .filter(point -> sitePoints.get(point).role().filter(role::equals).isPresent())
        .boxed()
        .toList();
  }

  private Watch watch(Rule rule, long afterNanos) {
    return new Watch(rule, afterNanos, profile.nanos(ProfileKey.KEEP));
  }
}
