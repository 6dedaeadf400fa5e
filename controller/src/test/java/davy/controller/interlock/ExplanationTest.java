package davy.controller.interlock;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import davy.controller.interlock.Decision.Wanting;
import davy.controller.interlock.Inputs.Key;
import davy.controller.interlock.Inputs.OutputState;
import davy.controller.interlock.Inputs.ZoneInput;
import davy.hal.signal.Feed;
import davy.hal.signal.GuardState;
import davy.hal.signal.Methane;
import davy.hal.signal.Permit;
import davy.hal.signal.SensorFault;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What is told of a zone is what was decided about it. */
class ExplanationTest {

  private OutputState output = OutputState.OFF;
  private static final long SECOND = 1_000_000_000L;
  private static final Methane LOW = new Methane(40);
  private static final Methane HIGH = new Methane(150);

  /** Three heads of one place that vote two of three, and one more that cuts by itself. */
  private static final Plan PLAN = plan();

  private State state = State.start(PLAN, Saved.nothing(PLAN));
  private List<PointInput> points = List.of(good(LOW), good(LOW), good(LOW), good(LOW));
  private Decision decision;
  private Explanation why;

  private static Plan plan() {
    List<Plan.Point> points = new ArrayList<>();
    for (String name : List.of("A", "B", "C", "D")) {
      points.add(new Plan.Point(name, new Methane(100), HIGH, new Methane(100), false, 2 * SECOND));
    }
    Plan.Group three =
        new Plan.Group(List.of(0, 1, 2), Plan.Voting.TWO_OF_THREE, false, Optional.empty());
    Plan.Zone zone =
        new Plan.Zone(
            "Z1",
            List.of(three, Plan.Group.of(3)),
            Plan.Release.AUTOMATIC,
            true,
            SECOND,
            SECOND,
            OptionalInt.empty());
    return new Plan(
        points,
        List.of(zone),
        List.of(),
        Plans.times(SECOND, 3, SECOND, new Methane(-10), SECOND, SECOND),
        Plans.NO_BYPASSES,
        new Plan.Fitted(true, false));
  }

  private static PointInput good(Methane value) {
    return new PointInput.Good(value, true);
  }

  private void step() {
    Inputs inputs =
        new Inputs(
            points,
            List.of(new ZoneInput(output, Feed.DEAD)),
            List.of(),
            GuardState.LOST,
            Key.RELEASED,
            List.of(),
            List.of(),
            true,
            false);
    decision = Interlock.step(PLAN, state, inputs, SECOND / 2);
    state = decision.next();
    why = Explanation.of(PLAN, inputs, decision, 0);
    output = why.permit() == Permit.GRANTED ? OutputState.ON : OutputState.OFF;
  }

  private void granted() {
    for (int steps = 0; steps < 20; steps++) {
      step();
    }
    assertEquals(Permit.GRANTED, why.permit());
    assertEquals(List.of(), why.wanting());
  }

  @Test
  void whatIsMissingAfterAStartIsTold() {
    step();
    assertEquals(Permit.WITHHELD, why.permit());
    assertTrue(why.wanting().contains(Wanting.START_HOLD), why.toString());
    assertTrue(why.active().has(Cause.STARTUP));
    assertFalse(why.groups().getFirst().members().getFirst().trusted());
  }

  @Test
  void oneOfThreeVotesAndDoesNotCut() {
    granted();
    points = List.of(good(HIGH), good(LOW), good(LOW), good(LOW));
    step();
    Explanation.Member first = why.groups().getFirst().members().getFirst();
    assertEquals(Permit.GRANTED, why.permit());
    assertEquals("A", first.point());
    assertTrue(first.votes());
    assertFalse(first.cuts());
    assertEquals(2, why.groups().getFirst().needed());
    assertEquals(Causes.NONE, why.groups().getFirst().causes());
  }

  @Test
  void whoCutsAndWhoWasFirstAreNamed() {
    granted();
    points = List.of(good(HIGH), good(LOW), good(LOW), new PointInput.Stale());
    step();
    assertEquals(Permit.WITHHELD, why.permit());
    assertEquals(Optional.of("D"), why.firstPoint());
    assertEquals(Causes.of(Cause.SENSOR_STALE), why.active());
    assertTrue(why.groups().getLast().members().getFirst().cuts());
    assertFalse(why.groups().getFirst().members().getFirst().cuts());
    assertTrue(why.wanting().contains(Wanting.CAUSES_GONE));
  }

  @Test
  void inAnyRunTheExplanationSaysWhatWasDecided() {
    long seed = System.nanoTime();
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    for (int steps = 0; steps < 20_000; steps++) {
      points = points.stream().map(before -> next(random, before)).toList();
      step();
      Causes groups = Causes.NONE;
      for (Explanation.Group group : why.groups()) {
        groups = groups.with(group.causes());
      }
      assertEquals(decision.zones().getFirst().permit(), why.permit());
      assertEquals(why.active(), groups.with(why.active()), "what groups bring is active");
      assertEquals(why.active().without(Causes.of(Cause.STARTUP)), groups);
      assertEquals(why.permit() == Permit.GRANTED, why.wanting().isEmpty());
    }
  }

  private static PointInput next(Random random, PointInput before) {
    return switch (random.nextInt(50)) {
      case 0 -> new PointInput.Stale();
      case 1 -> good(HIGH);
      case 2 -> new PointInput.Faulty(SensorFault.WARM_UP);
      case 3, 4, 5, 6, 7 -> good(LOW);
      default -> before;
    };
  }
}
