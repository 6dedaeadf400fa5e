package davy.controller.alarm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import davy.controller.alarm.AlarmInputs.Sample;
import davy.controller.alarm.AlarmInputs.ZoneInput;
import davy.controller.alarm.AlarmPlan.Alarm;
import davy.controller.alarm.AlarmPlan.Bounds;
import davy.controller.alarm.AlarmPlan.GradeRow;
import davy.controller.alarm.AlarmPlan.Point;
import davy.controller.alarm.AlarmPlan.Watch;
import davy.hal.signal.Feed;
import davy.hal.signal.Permit;
import davy.hal.signal.Quantity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Random plans, random minutes. Every run prints its seed; a failure names it. */
class AlarmsPropertyTest {

  private static final long SECOND = 1_000_000_000L;
  private static final Bounds BOUNDS =
      new Bounds(10 * SECOND, 20 * SECOND, 10, SECOND, 6, 600 * SECOND, 30 * SECOND);

  private static AlarmPlan plan(Random random, int points, int zones, boolean watched) {
    List<Point> heads = new ArrayList<>();
    List<Alarm> alarms = new ArrayList<>();
    List<Watch> watches = new ArrayList<>();
    for (int point = 0; point < points; point++) {
      List<Integer> of = List.of(random.nextInt(zones));
      heads.add(new Point("P" + point, Quantity.METHANE, of, OptionalInt.of(150)));
      Condition high = new Condition.OverLimit(point, 100, 100 - random.nextInt(10));
      alarms.add(alarm("high" + point, AlarmKind.OVER_LIMIT, high, of, random));
      alarms.add(
          alarm("lost" + point, AlarmKind.SENSOR, new Condition.SensorLost(point), of, random));
      Condition doubt = new Condition.Marked(point, new Marks(-1));
      alarms.add(alarm("doubt" + point, AlarmKind.PLAUSIBILITY, doubt, of, random));
      watches.addAll(watches(random, point, random.nextInt(points)));
    }
    List<String> names = new ArrayList<>();
    for (int zone = 0; zone < zones; zone++) {
      names.add("Z" + zone);
      alarms.add(
          alarm("trip" + zone, AlarmKind.TRIP, new Condition.Given(zone), List.of(zone), random));
      alarms.add(
          alarm(
              "feed" + zone,
              AlarmKind.FEED_LOST,
              new Condition.FeedLost(zone),
              List.of(zone),
              random));
    }
    List<GradeRow> grades =
        List.of(
            new GradeRow(150, 0, 1, Grade.THREE),
            new GradeRow(100, 5 * SECOND, 2, Grade.TWO),
            new GradeRow(200, 2 * SECOND, 1, Grade.ONE));
    return new AlarmPlan(
        heads, names, names, alarms, grades, watched ? watches : List.of(), BOUNDS);
  }

  private static Alarm alarm(
      String name, AlarmKind kind, Condition condition, List<Integer> zones, Random random) {
    boolean person = kind == AlarmKind.OVER_LIMIT;
    long on = person ? 0 : random.nextInt(3) * SECOND;
    long off = random.nextInt(3) * SECOND;
    long normal = person ? 3 * SECOND : 0;
    return new Alarm(
        name, kind, condition, zones, Grade.FOUR, on, off, person, normal, kind.mayHide());
  }

  private static List<Watch> watches(Random random, int point, int other) {
    return List.of(
        new Watch(new Rule.FlatLine(point, 10, List.of(other), 5), 3 * SECOND, 2 * SECOND),
        new Watch(new Rule.StepDown(point, 20, 30), 0, random.nextInt(5) * SECOND),
        new Watch(new Rule.DisconnectedRising(point, 10), 0, 0),
        new Watch(new Rule.Contradiction(point, other, 30, 60), 3 * SECOND, 0),
        new Watch(new Rule.HeadsDisagree(point, other, 20), 2 * SECOND, 0),
        new Watch(new Rule.RisingFast(point, 15), 0, 4 * SECOND));
  }

  /** The mine: each head wanders, falls silent and comes back; people ask what they like. */
  private static final class World {
    private final Random random;
    private final AlarmPlan plan;
    private final int[] values;
    private long asked;

    World(Random random, AlarmPlan plan) {
      this.random = random;
      this.plan = plan;
      this.values = new int[plan.points().size()];
    }

    AlarmInputs inputs() {
      List<Sample> samples = new ArrayList<>();
      for (int point = 0; point < values.length; point++) {
        values[point] = Math.max(-5, values[point] + random.nextInt(-14, 16));
        values[point] = random.nextInt(100) == 0 ? random.nextInt(300) : values[point];
        samples.add(sample(values[point]));
      }
      List<ZoneInput> zones = new ArrayList<>();
      List<Boolean> signals = new ArrayList<>();
      for (int zone = 0; zone < plan.zones().size(); zone++) {
        zones.add(
            new ZoneInput(
                Permit.values()[random.nextInt(2)],
                Feed.values()[random.nextInt(3)],
                random.nextInt(5) == 0));
        signals.add(random.nextInt(4) == 0);
      }
      List<AlarmRequest> requests = new ArrayList<>();
      for (int count = random.nextInt(4); count > 0; count--) {
        requests.add(request(random.nextInt(-1, plan.alarms().size() + 1)));
      }
      return new AlarmInputs(samples, zones, signals, requests);
    }

    private Sample sample(int value) {
      return switch (random.nextInt(20)) {
        case 0 -> new Sample.Lost();
        case 1 -> value > 200 ? new Sample.OverRange() : new Sample.Good(value, false, false);
        case 2 -> random.nextInt(4) == 0 ? new Sample.Calibrating() : new Sample.Lost();
        default -> new Sample.Good(value, random.nextInt(3) > 0, true);
      };
    }

    private AlarmRequest request(int alarm) {
      String text = List.of("", "reason", "reason", "much too long a text").get(random.nextInt(4));
      long nanos = random.nextLong(-SECOND, 30 * SECOND);
      return switch (random.nextInt(13)) {
        case 9 -> new AlarmRequest.GasTest(++asked, "Li", random.nextInt(-1, 4), SECOND);
        case 0 -> new AlarmRequest.Mute(++asked, "Li");
        case 1 -> new AlarmRequest.Shelve(++asked, "Li", alarm, text, nanos);
        case 2 -> new AlarmRequest.Unshelve(++asked, "Li", alarm);
        case 3 -> new AlarmRequest.OutOfService(++asked, "Li", alarm, text);
        case 4 -> new AlarmRequest.BackInService(++asked, "Li", alarm);
        case 5 -> new AlarmRequest.Correct(++asked, "Li", alarm, random.nextInt(3), text, "done");
        case 6, 7, 8 -> new AlarmRequest.Close(++asked, "Li", alarm, "reason", text);
        default -> new AlarmRequest.Acknowledge(++asked, random.nextInt(9) > 0 ? "Li" : "", alarm);
      };
    }

    long elapsed() {
      return random.nextInt(50) == 0 ? random.nextLong(40 * SECOND) : random.nextLong(SECOND);
    }
  }

  @Test
  void whateverHappensNoAlarmIsLostHiddenOrClosedAgainstTheRules() {
    long base = new Random().nextLong();
    System.out.println("alarms, seed " + base);
    int closed = 0;
    for (long seed = base; seed < base + 60; seed++) {
      Random random = new Random(seed);
      AlarmPlan plan = plan(random, 1 + random.nextInt(5), 1 + random.nextInt(3), true);
      closed += run(plan, new World(random, plan), 600, seed);
    }
    assertTrue(closed > 0, "nothing was ever closed, so nothing was shown");
  }

  /** Returns how many closes a person made. */
  private static int run(AlarmPlan plan, World world, int steps, long seed) {
    Invariants invariants = new Invariants(plan);
    AlarmState state = AlarmState.start(plan, List.of());
    List<Long> quiet = invariants.never();
    int closed = 0;
    for (int step = 0; step < steps; step++) {
      AlarmInputs inputs = world.inputs();
      long elapsed = world.elapsed();
      AlarmDecision decision = Alarms.step(plan, state, inputs, elapsed);
      quiet = invariants.quiet(quiet, inputs, elapsed);
      try {
        invariants.check(state, inputs, decision, quiet);
      } catch (AssertionError e) {
        throw new AssertionError("seed " + seed + ", step " + step, e);
      }
      for (AlarmEvent event : decision.events()) {
        closed += event instanceof AlarmEvent.Closed by && by.by().isPresent() ? 1 : 0;
      }
      state = decision.next();
      if (world.random.nextInt(100) == 0) {
        state = AlarmState.start(plan, state.saved(plan));
        quiet = invariants.never();
      }
    }
    return closed;
  }

  @Test
  void aThousandPointsInTwoHundredZonesKeepTheSameRules() {
    long seed = new Random().nextLong();
    System.out.println("alarms, large plan, seed " + seed);
    Random random = new Random(seed);
    AlarmPlan plan = plan(random, 1_000, 200, true);
    run(plan, new World(random, plan), 30, seed);
  }

  @Test
  void plausibilityChangesNothingButMarksAndItsOwnAlarms() {
    long base = new Random().nextLong();
    System.out.println("plausibility, seed " + base);
    int marked = 0;
    for (long seed = base; seed < base + 30; seed++) {
      int points = 1 + new Random(seed).nextInt(4);
      AlarmPlan with = plan(new Random(seed), points, 2, true);
      AlarmPlan without = plan(new Random(seed), points, 2, false);
      World world = new World(new Random(seed + 1), with);
      AlarmState one = AlarmState.start(with, List.of());
      AlarmState other = AlarmState.start(without, List.of());
      for (int step = 0; step < 200; step++) {
        AlarmInputs inputs = world.inputs();
        long elapsed = world.elapsed();
        AlarmDecision first = Alarms.step(with, one, inputs, elapsed);
        AlarmDecision second = Alarms.step(without, other, inputs, elapsed);
        assertEquals(apart(without, second), apart(with, first), "seed " + seed);
        assertEquals(second.next().tallies(), first.next().tallies(), "seed " + seed);
        marked += first.points().stream().anyMatch(point -> !point.marks().none()) ? 1 : 0;
        one = first.next();
        other = second.next();
      }
    }
    assertTrue(marked > 0, "nothing was ever marked, so nothing was shown");
  }

  /** Every alarm but those of plausibility itself. */
  private static List<AlarmStatus> apart(AlarmPlan plan, AlarmDecision decision) {
    List<AlarmStatus> others = new ArrayList<>();
    for (int index = 0; index < plan.alarms().size(); index++) {
      if (!(plan.alarms().get(index).condition() instanceof Condition.Marked)) {
        others.add(decision.alarms().get(index));
      }
    }
    return others;
  }

  @Test
  void statisticsAreWhatTheGoodSamplesOfEachWindowSay() {
    long seed = new Random().nextLong();
    System.out.println("statistics, seed " + seed);
    Random random = new Random(seed);
    AlarmPlan plan = plan(random, 3, 1, false);
    World world = new World(random, plan);
    AlarmState state = AlarmState.start(plan, List.of());
    Map<Integer, List<Integer>> samples = new HashMap<>();
    long since = 0;
    int windows = 0;
    for (int step = 0; step < 2_000; step++) {
      AlarmInputs inputs = world.inputs();
      long elapsed = world.elapsed();
      AlarmDecision decision = Alarms.step(plan, state, inputs, elapsed);
      state = decision.next();
      since += elapsed;
      boolean full = since >= BOUNDS.windowNanos();
      for (AlarmEvent event : decision.events()) {
        if (event instanceof AlarmEvent.Statistics told) {
          assertTrue(full, "seed " + seed);
          same(samples.getOrDefault(told.point(), List.of()), told);
          windows++;
        }
      }
      if (full) {
        since %= BOUNDS.windowNanos();
        samples.clear();
      }
      for (int point = 0; point < inputs.points().size(); point++) {
        if (inputs.points().get(point) instanceof Sample.Good good
            && good.trusted()
            && good.fresh()) {
          samples.computeIfAbsent(point, _ -> new ArrayList<>()).add(good.amount());
        }
      }
    }
    assertTrue(windows > 30, "seed " + seed);
  }

  private static void same(List<Integer> samples, AlarmEvent.Statistics told) {
    assertEquals(samples.size(), told.samples());
    assertEquals(0, told.spanNanos() % BOUNDS.windowNanos());
    assertTrue(told.notGoodNanos() >= 0 && told.notGoodNanos() <= told.spanNanos());
    assertEquals(samples.isEmpty(), told.extremes().isEmpty());
    told.extremes()
        .ifPresent(
            is -> {
              var all = samples.stream().mapToInt(Integer::intValue).summaryStatistics();
              assertEquals(all.getMax(), is.max());
              assertEquals(all.getMin(), is.min());
              assertEquals(Math.floor(all.getAverage() + 0.5), is.mean());
              assertTrue(is.maxAtNanos() >= 0 && is.maxAtNanos() < BOUNDS.windowNanos());
              assertTrue(is.minAtNanos() >= 0 && is.minAtNanos() < BOUNDS.windowNanos());
            });
  }
}
