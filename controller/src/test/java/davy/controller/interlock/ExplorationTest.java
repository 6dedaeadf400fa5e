package davy.controller.interlock;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import davy.controller.interlock.Inputs.Key;
import davy.controller.interlock.Inputs.OutputState;
import davy.controller.interlock.Inputs.ZoneInput;
import davy.hal.signal.Feed;
import davy.hal.signal.GuardState;
import davy.hal.signal.Methane;
import davy.hal.signal.Permit;
import davy.hal.signal.SensorFault;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Visits every state that the real step can reach on small plans, with limits of one to three steps
 * and one value per band, and checks in each transition what must always hold.
 */
class ExplorationTest {

  private static final Plan.Times TIMES =
      new Plan.Times(2, 2, 1, new Methane(-10), 1, 2, 1, 2, 1, 1, 1, 10);

  private static Plan plan(Plan.Release release, int points) {
    List<Plan.Point> heads = new ArrayList<>();
    List<Integer> bound = new ArrayList<>();
    for (int point = 0; point < points; point++) {
      heads.add(
          new Plan.Point(
              "T" + point, new Methane(100), new Methane(150), new Methane(100), true, 1));
      bound.add(point);
    }
    return new Plan(
        heads,
        List.of(Plans.zone("Z", bound, release, true, 1, 1)),
        List.of(),
        TIMES,
        Plans.NO_BYPASSES,
        new Plan.Fitted(true, false));
  }

  private static final ZoneInput DEAD = new ZoneInput(OutputState.OFF, Feed.DEAD);
  private static final ZoneInput RELEASED = new ZoneInput(OutputState.ON, Feed.DEAD);

  private static final List<PointInput> BANDS =
      List.of(
          new PointInput.Good(new Methane(-10), true),
          new PointInput.Good(new Methane(99), true),
          new PointInput.Good(new Methane(99), false),
          new PointInput.Good(new Methane(100), true),
          new PointInput.Good(new Methane(150), true),
          new PointInput.OverRange(),
          new PointInput.Faulty(SensorFault.BROKEN_LINE),
          new PointInput.Stale());

  private static final List<List<Request>> ASKS =
      List.of(
          List.of(),
          List.of(new Request.PanelTrip(1, 0, "p")),
          List.of(new Request.Reset(2, 0, "p", Optional.empty(), false)),
          List.of(new Request.Reset(2, 0, "p", Optional.of(new Methane(99)), false)));

  private static List<Inputs> inputs(int points, Predicate<Inputs> wanted) {
    List<Inputs> all = new ArrayList<>();
    for (List<PointInput> heads : heads(points)) {
      for (Key key : Key.values()) {
        for (List<Request> ask : ASKS) {
          for (List<Long> recorded : List.of(List.<Long>of(), List.of(0L, 2L))) {
            for (boolean station : new boolean[] {true, false}) {
              Inputs inputs =
                  new Inputs(
                      heads,
                      List.of(DEAD),
                      List.of(),
                      GuardState.LOST,
                      key,
                      ask,
                      recorded,
                      station,
                      false);
              if (wanted.test(inputs)) {
                all.add(inputs);
              }
            }
          }
        }
      }
    }
    return all;
  }

  private static List<List<PointInput>> heads(int points) {
    List<List<PointInput>> heads = new ArrayList<>();
    for (PointInput first : BANDS) {
      if (points == 1) {
        heads.add(List.of(first));
      } else {
        BANDS.forEach(second -> heads.add(List.of(first, second)));
      }
    }
    return heads;
  }

  /** Visits all states from the given start; returns how many. */
  private static Set<State> explore(Plan plan, Causes saved, List<Inputs> inputs) {
    long began = System.nanoTime();
    Set<State> seen = new HashSet<>();
    Deque<State> todo = new ArrayDeque<>();
    State start = State.start(plan, Plans.saved(plan, saved));
    seen.add(start);
    todo.add(start);
    while (!todo.isEmpty()) {
      State before = todo.removeLast();
      for (Inputs bands : inputs) {
        Inputs input = obeyed(before, bands);
        Decision decision = Interlock.step(plan, before, input, 1);
        check(plan, before, input, decision);
        if (seen.add(decision.next())) {
          todo.add(decision.next());
        }
      }
    }
    System.out.printf(
        "explored %s, %d points: %d states, %d transitions, %.1f s%n",
        plan.zones().getFirst().release(),
        plan.points().size(),
        seen.size(),
        (long) seen.size() * inputs.size(),
        (System.nanoTime() - began) / 1e9);
    return seen;
  }

  /** The output obeys, and nobody closes the breaker. */
  private static Inputs obeyed(State before, Inputs in) {
    boolean open = before.zones().getFirst().lock() instanceof Lock.Open;
    return new Inputs(
        in.points(),
        List.of(open ? RELEASED : DEAD),
        in.fans(),
        in.guard(),
        in.key(),
        in.requests(),
        in.recorded(),
        in.stationAlive(),
        in.scanLate());
  }

  private static void check(Plan plan, State before, Inputs input, Decision decision) {
    ZoneState was = before.zones().getFirst();
    ZoneState is = decision.next().zones().getFirst();
    Permit permit = decision.zones().getFirst().permit();
    boolean open = is.lock() instanceof Lock.Open;
    assertEquals(open ? Permit.GRANTED : Permit.WITHHELD, permit);
    if (bringsCause(plan, input)) {
      assertEquals(Permit.WITHHELD, permit, () -> "granted against " + input + " from " + was);
    }
    assertTrue(!open || is.active().none(), "granted with an active cause");
    assertTrue(!open || decision.next().heldNanos() >= TIMES.startHoldNanos(), "no hold");
    if (!open) {
      assertEquals(
          was.lock().seen(),
          new Causes(was.lock().seen().bits() & is.lock().seen().bits()),
          "a cause was forgotten");
    }
    if (open && !(was.lock() instanceof Lock.Open)) {
      opens(plan, before, input);
    }
    consent(before, decision, input);
  }

  /** What must withhold power by the reading alone, told here a second time and in other words. */
  private static boolean bringsCause(Plan plan, Inputs input) {
    boolean trip = input.requests().stream().anyMatch(Request.PanelTrip.class::isInstance);
    return trip
        || input.points().stream()
            .anyMatch(
                point ->
                    !(point instanceof PointInput.Good good)
                        || good.value().hundredths()
                            >= plan.points().getFirst().tripAt().hundredths());
  }

  private static void opens(Plan plan, State before, Inputs input) {
    ZoneState was = before.zones().getFirst();
    assertTrue(was.lock() instanceof Lock.Latched, "opened out of " + was.lock());
    boolean byItself =
        plan.zones().getFirst().release() == Plan.Release.AUTOMATIC
            && !was.lock().seen().has(Cause.OVER_RANGE)
            && !was.lock().seen().has(Cause.PANEL_TRIP)
            && !was.lock().seen().has(Cause.LATCHES_LOST);
    boolean recorded =
        before.consent() instanceof Consent.Recording recording
            && input.recorded().contains(recording.id());
    assertTrue(byItself || recorded, "opened without its rule: " + was);
  }

  private static void consent(State before, Decision decision, Inputs input) {
    for (Event event : decision.events()) {
      if (event instanceof Event.Consented consented) {
        boolean press = before.key() instanceof KeyState.Released && input.key() == Key.PRESSED;
        boolean alone =
            before.key() instanceof KeyState.Pressed
                && input.key() == Key.RELEASED
                && !input.stationAlive();
        assertTrue(consented.request() == 0 ? alone : press, "consent without the key");
      }
    }
  }

  /** The station up and every record on disk at once: the laxest surroundings. */
  private static boolean lax(Inputs inputs) {
    return inputs.stationAlive() && !inputs.recorded().isEmpty();
  }

  @Test
  void everyReachableStateOfOnePointWithholdsPowerAsItMust() {
    Stream.of(Plan.Release.values()).parallel().forEach(ExplorationTest::everyState);
  }

  private static void everyState(Plan.Release release) {
    Set<State> states = explore(plan(release, 1), Causes.NONE, inputs(1, ExplorationTest::lax));
    assertTrue(
        states.stream().anyMatch(state -> state.zones().getFirst().lock() instanceof Lock.Open),
        "power can't be reached at all");
  }

  @Test
  void latchesOfAnEarlierRunAreNeverForgotten() {
    Predicate<Inputs> fewer =
        inputs -> lax(inputs) && inputs.key() != Key.UNKNOWN && inputs.stationAlive();
    explore(plan(Plan.Release.AUTOMATIC, 1), Causes.of(Cause.LATCHES_LOST), inputs(1, fewer));
  }

  @Test
  void requestsWithoutTheKeyNeverGrantAManualZone() {
    Set<State> states =
        explore(
            plan(Plan.Release.MANUAL, 1),
            Causes.NONE,
            inputs(1, inputs -> lax(inputs) && inputs.key() == Key.RELEASED));
    assertFalse(
        states.stream().anyMatch(state -> state.zones().getFirst().lock() instanceof Lock.Open));
  }

  @Test
  void requestsWithoutTheKeyNeverOpenWhatNeedsAPerson() {
    Set<State> states =
        explore(
            plan(Plan.Release.AUTOMATIC, 1),
            Causes.of(Cause.PANEL_TRIP),
            inputs(1, inputs -> lax(inputs) && inputs.key() == Key.RELEASED));
    assertFalse(
        states.stream().anyMatch(state -> state.zones().getFirst().lock() instanceof Lock.Open));
  }
}
