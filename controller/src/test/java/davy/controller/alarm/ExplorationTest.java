package davy.controller.alarm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import davy.controller.alarm.AlarmInputs.Sample;
import davy.controller.alarm.AlarmInputs.ZoneInput;
import davy.controller.alarm.AlarmPlan.Alarm;
import davy.controller.alarm.AlarmPlan.Bounds;
import davy.controller.alarm.AlarmPlan.GradeRow;
import davy.controller.alarm.AlarmPlan.Point;
import davy.hal.signal.Feed;
import davy.hal.signal.Permit;
import davy.hal.signal.Quantity;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Visits every state that the real step can reach on small plans, restarts included, with limits of
 * one or two steps and one value per band, and checks in each transition what must always hold.
 * Plausibility and statistics are left out here: they are explored and tried apart.
 */
class ExplorationTest {

  private static final Bounds BOUNDS = new Bounds(2, 2, 4, 1, 2, 1, 1_000);

  private static final Alarm HIGH =
      new Alarm(
          "high",
          AlarmKind.OVER_LIMIT,
          new Condition.OverLimit(0, 100, 90),
          List.of(0),
          Grade.FOUR,
          0,
          0,
          true,
          1,
          false);
  private static final Alarm TRIP =
      new Alarm(
          "trip",
          AlarmKind.TRIP,
          new Condition.Given(0),
          List.of(0),
          Grade.TWO,
          0,
          0,
          false,
          0,
          false);
  private static final Alarm LOST =
      new Alarm(
          "lost",
          AlarmKind.SENSOR,
          new Condition.SensorLost(0),
          List.of(0),
          Grade.THREE,
          1,
          1,
          false,
          0,
          true);

  private static AlarmPlan plan(Alarm... alarms) {
    return new AlarmPlan(
        List.of(new Point("T1", Quantity.METHANE, List.of(0), OptionalInt.empty())),
        List.of("Z1"),
        List.of("trip"),
        List.of(alarms),
        List.of(new GradeRow(150, 1, 1, Grade.ONE)),
        List.of(),
        BOUNDS);
  }

  private static final List<Sample> BANDS =
      List.of(
          new Sample.Good(89, true, true),
          new Sample.Good(89, true, false),
          new Sample.Good(90, true, true),
          new Sample.Good(100, true, false),
          new Sample.Good(150, true, true),
          new Sample.OverRange(),
          new Sample.Lost(),
          new Sample.Calibrating());

  private static List<ZoneInput> zones() {
    List<ZoneInput> zones = new ArrayList<>();
    for (Permit permit : Permit.values()) {
      for (Feed feed : Feed.values()) {
        zones.add(new ZoneInput(permit, feed, false));
      }
    }
    return zones;
  }

  /** What is judged by value and feed, and so must be asked in each of them. */
  private static List<List<AlarmRequest>> closes(int alarm) {
    AlarmRequest ack = new AlarmRequest.Acknowledge(1, "Li", alarm);
    AlarmRequest close = new AlarmRequest.Close(2, "Li", alarm, "why", "what");
    return List.of(
        List.of(),
        List.of(ack),
        List.of(close),
        List.of(ack, close),
        List.of(new AlarmRequest.Close(2, "Li", alarm, "why", " ")),
        List.of(new AlarmRequest.Close(2, "", alarm, "why", "what")));
  }

  private static List<List<AlarmRequest>> others(int alarm) {
    AlarmRequest ack = new AlarmRequest.Acknowledge(1, "Li", alarm);
    return List.of(
        List.of(new AlarmRequest.Mute(1, "Li")),
        List.of(new AlarmRequest.Shelve(1, "Li", alarm, "why", 2)),
        List.of(ack, new AlarmRequest.Shelve(1, "Li", alarm, "why", 3)),
        List.of(new AlarmRequest.Unshelve(1, "Li", alarm)),
        List.of(ack, new AlarmRequest.OutOfService(1, "Li", alarm, "why")),
        List.of(new AlarmRequest.BackInService(1, "Li", alarm)));
  }

  private static List<AlarmInputs> inputs(
      List<Sample> samples,
      List<ZoneInput> ends,
      List<Boolean> trips,
      List<List<AlarmRequest>> asks) {
    List<AlarmInputs> all = new ArrayList<>();
    for (Sample sample : samples) {
      for (ZoneInput end : ends) {
        for (boolean trip : trips) {
          for (List<AlarmRequest> ask : asks) {
            all.add(new AlarmInputs(List.of(sample), List.of(end), List.of(trip), ask));
          }
        }
      }
    }
    return all;
  }

  /** A state, and how long each alarm's value has been normal by the count of the test. */
  private record Place(AlarmState state, List<Long> quiet) {}

  /** Without what is explored apart, and with a count of openings that does not run for ever. */
  private static AlarmState bounded(AlarmPlan plan, AlarmState state) {
    List<AlarmStatus> alarms = state.alarms().stream().map(ExplorationTest::bounded).toList();
    return new AlarmState(
        alarms,
        state.zones(),
        state.points(),
        Plausibility.start(plan),
        Tallies.start(plan),
        state.muteLeftNanos(),
        state.lamp(),
        state.sounder(),
        state.orphans(),
        state.gasTest());
  }

  private static AlarmStatus bounded(AlarmStatus status) {
    return new AlarmStatus(
        status.life(),
        status.active(),
        status.activeForNanos(),
        status.normalForNanos(),
        Math.min(status.occurrence(), 1),
        status.grade(),
        status.worst(),
        status.peak(),
        status.overRange(),
        status.gradeForNanos());
  }

  private static Set<Place> explore(AlarmPlan plan, List<AlarmInputs> inputs) {
    long began = System.nanoTime();
    Invariants invariants = new Invariants(plan);
    Set<Place> seen = new HashSet<>();
    Deque<Place> todo = new ArrayDeque<>();
    visit(new Place(AlarmState.start(plan, List.of()), invariants.never()), seen, todo);
    while (!todo.isEmpty()) {
      Place place = todo.removeLast();
      for (AlarmInputs input : inputs) {
        AlarmDecision decision = Alarms.step(plan, place.state(), input, 1);
        List<Long> quiet = invariants.quiet(place.quiet(), input, 1);
        invariants.check(place.state(), input, decision, quiet);
        visit(new Place(bounded(plan, decision.next()), quiet), seen, todo);
      }
      visit(new Place(restarted(plan, place.state()), invariants.never()), seen, todo);
    }
    System.out.printf(
        "explored %s: %d states, %d transitions, %.1f s%n",
        plan.alarms().stream().map(Alarm::name).toList(),
        seen.size(),
        (long) seen.size() * (inputs.size() + 1),
        (System.nanoTime() - began) / 1e9);
    return seen;
  }

  private static void visit(Place place, Set<Place> seen, Deque<Place> todo) {
    if (seen.add(place)) {
      todo.add(place);
    }
  }

  /** A restart closes nothing, and hides nothing that was not out of service before. */
  private static AlarmState restarted(AlarmPlan plan, AlarmState before) {
    AlarmState after = AlarmState.start(plan, before.saved(plan));
    for (int alarm = 0; alarm < plan.alarms().size(); alarm++) {
      AlarmStatus was = before.alarms().get(alarm);
      AlarmStatus is = after.alarms().get(alarm);
      if (was.life().open() || was.life() instanceof Life.OutOfService) {
        assertEquals(was.life(), is.life());
        assertEquals(was.worst(), is.worst());
      } else {
        assertEquals(Life.NORMAL, is.life());
      }
      assertEquals(was.occurrence(), is.occurrence());
    }
    return after;
  }

  private static boolean reached(Set<Place> places, int alarm, Class<? extends Life> life) {
    return places.stream().anyMatch(p -> life.isInstance(p.state().alarms().get(alarm).life()));
  }

  @Test
  void noPathClosesAnOverLimitWithoutNormalValueAgreeingFeedAndPerson() {
    List<AlarmInputs> inputs = inputs(BANDS, zones(), List.of(false), closes(0));
    inputs.addAll(inputs(BANDS, zones().subList(0, 1), List.of(false), others(0)));
    Set<Place> places = explore(plan(HIGH), inputs);
    assertTrue(reached(places, 0, Life.Latched.class), "nothing ever waits for a close");
    assertTrue(reached(places, 0, Life.SuppressedByDesign.class));
    assertTrue(
        places.stream()
            .anyMatch(
                place ->
                    place.state().alarms().getFirst().life() instanceof Life.Normal
                        && place.state().alarms().getFirst().occurrence() > 0),
        "nothing can ever be closed");
  }

  @Test
  void aTripIsNeverHiddenAndEveryShelvingEnds() {
    List<Sample> samples =
        List.of(new Sample.Good(89, true, true), new Sample.Lost(), new Sample.Calibrating());
    List<List<AlarmRequest>> asks = new ArrayList<>(others(0));
    asks.addAll(others(1));
    asks.addAll(List.of(closes(0).get(0), closes(0).get(1), closes(1).get(1)));
    Set<Place> places =
        explore(
            plan(TRIP, LOST), inputs(samples, zones().subList(0, 1), List.of(false, true), asks));
    assertTrue(reached(places, 1, Life.Shelved.class));
    assertTrue(reached(places, 1, Life.OutOfService.class));
    assertTrue(reached(places, 0, Life.ReturnedUnacknowledged.class));
  }

  @Test
  void alarmsOfOneZoneTogetherKeepWhatEachOfThemKeeps() {
    List<Sample> samples =
        List.of(
            new Sample.Good(89, true, true), new Sample.Good(150, true, true), new Sample.Lost());
    List<ZoneInput> ends =
        List.of(
            new ZoneInput(Permit.GRANTED, Feed.LIVE, false),
            new ZoneInput(Permit.WITHHELD, Feed.LIVE, false));
    List<List<AlarmRequest>> asks = new ArrayList<>(closes(1).subList(0, 4));
    asks.addAll(List.of(closes(0).get(1), others(0).getFirst()));
    explore(plan(TRIP, HIGH), inputs(samples, ends, List.of(false, true), asks));
  }
}
