package davy.controller.interlock;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import davy.controller.interlock.Decision.FanView;
import davy.controller.interlock.Inputs.FanInput;
import davy.controller.interlock.Inputs.FlowInput;
import davy.controller.interlock.Inputs.Key;
import davy.controller.interlock.Inputs.OutputState;
import davy.controller.interlock.Inputs.ZoneInput;
import davy.hal.signal.FanRun;
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
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

/**
 * Nothing but gas ever stops a fan: visits every state that the real step can reach on plans of one
 * head and one fan, beside a witness that remembers the readings alone and tells in other words
 * what may stop the fan or lock its start (S7, S8, items c', e, g).
 */
class FanExplorationTest {

  private static final Plan.Times TIMES =
      new Plan.Times(1, 1, 1, new Methane(-10), 1, 2, 1, 1, 1, 1, 1, 10);
  private static final Plan.FanLimits LIMITS =
      new Plan.FanLimits(
          1,
          new Methane(300),
          new Methane(150),
          new Methane(150),
          new Methane(50),
          2,
          1,
          new Methane(50),
          1,
          new Methane(100),
          1);

  private static final List<Integer> HEAD = List.of(0);

  private static Plan plan(List<Integer> gas, List<Integer> intake) {
    return new Plan(
        List.of(new Plan.Point("T", new Methane(50), new Methane(50), new Methane(50), false, 1)),
        List.of(Plans.zone("Z", HEAD, Plan.Release.AUTOMATIC, false, 1)),
        List.of(new Plan.Fan("F", 1, Optional.empty(), HEAD, gas, intake, LIMITS)),
        TIMES,
        new Plan.Bypasses(1, false, 1, 1, Optional.empty()),
        new Plan.Fitted(true, false));
  }

  private static Inputs inputs(
      PointInput head, FanRun run, OutputState output, Key key, List<Request> asked) {
    return new Inputs(
        HEAD.stream().map(_ -> head).toList(),
        List.of(new ZoneInput(output, Feed.DEAD)),
        List.of(new FanInput(List.of(run), new FlowInput.Stale())),
        GuardState.ARMED,
        key,
        asked,
        List.of(1L),
        true,
        false);
  }

  /** The same readings with everything else that might reach a fan by mistake. */
  private static Inputs disturbed(Inputs inputs) {
    List<Request> asked = new ArrayList<>(inputs.requests());
    asked.add(new Request.PanelTrip(7, 0, "p"));
    asked.add(new Request.RemoteTrip(8, 0, "county", "r"));
    asked.add(new Request.ProofTest(9, 0, "p"));
    return new Inputs(
        inputs.points(),
        inputs.zones(),
        inputs.fans(),
        GuardState.LOST,
        inputs.key(),
        asked,
        inputs.recorded(),
        false,
        true);
  }

  /**
   * What the readings alone have shown.
   *
   * @param row good readings at the stop level in a row, at most two
   * @param sinceGas steps since a good reading of 0.50 %CH4 or more, at most two
   * @param asks gas asked for the stop and was not seen low, silent or under test gas since
   * @param dead the zone was withheld after the last step
   * @param unlocked an unlock stood after the last step
   */
  private record Witness(int row, int sinceGas, boolean asks, boolean dead, boolean unlocked) {
    static final Witness START = new Witness(0, 2, false, true, false);

    Witness next(PointInput head, boolean testGas) {
      int reads = head instanceof PointInput.Good good ? good.value().hundredths() : -1;
      boolean fresh = head instanceof PointInput.Good good && good.fresh();
      boolean over = head instanceof PointInput.OverRange;
      if (testGas || reads < 0 && !over) {
        return new Witness(0, 2, false, dead, unlocked);
      }
      int inRow = reads < LIMITS.stopAt().hundredths() ? 0 : Math.min(2, row + (fresh ? 1 : 0));
      int since = reads >= LIMITS.overRangeAfter().hundredths() ? 0 : Math.min(2, sinceGas + 1);
      boolean asking = inRow == 2 || over && since <= 1;
      boolean low = reads >= 0 && reads < LIMITS.stopRestoreBelow().hundredths();
      return new Witness(inRow, since, asking || asks && !low, dead, unlocked);
    }

    Witness after(Decision decision) {
      boolean withheld = decision.zones().getFirst().permit() == Permit.WITHHELD;
      boolean unlock = decision.bypasses().stream().anyMatch(bypass -> !bypass.ofPoint());
      return new Witness(row, sinceGas, asks, withheld, unlock);
    }
  }

  private record Place(State state, FanView fan, Witness witness) {}

  private static Set<Place> explore(
      Plan plan, boolean locked, List<Inputs> inputs, BiConsumer<Place, Step> check) {
    long began = System.nanoTime();
    Set<Place> seen = new HashSet<>(Set.of(start(plan, locked)));
    Deque<Place> todo = new ArrayDeque<>(seen);
    while (!todo.isEmpty()) {
      Place place = todo.removeLast();
      for (Inputs input : inputs) {
        Step step = step(plan, place, input);
        check.accept(place, step);
        Place next =
            new Place(step.decision().next(), step.fan(), step.witness().after(step.decision()));
        if (seen.add(next)) {
          todo.add(next);
        }
      }
    }
    System.out.printf(
        "explored a fan, gas %s, intake %s: %d places, %d transitions, %.1f s%n",
        plan.fans().getFirst().gas(),
        plan.fans().getFirst().intake(),
        seen.size(),
        (long) seen.size() * inputs.size(),
        (System.nanoTime() - began) / 1e9);
    return seen;
  }

  private static Place start(Plan plan, boolean locked) {
    Saved nothing = Saved.nothing(plan);
    Saved saved =
        new Saved(nothing.zones(), List.of(new Saved.Fan(locked)), List.of(), true, false);
    FanView fan = new FanView(false, false, locked, Causes.NONE);
    return new Place(State.start(plan, saved), fan, Witness.START);
  }

  private static Step step(Plan plan, Place place, Inputs input) {
    Decision decision = Interlock.step(plan, place.state(), input, 1);
    FanView fan = decision.fans().getFirst();
    if (input.requests().isEmpty()) {
      Decision other = Interlock.step(plan, place.state(), disturbed(input), 1);
      assertEquals(fan, other.fans().getFirst(), "something but gas reached the fan");
    }
    boolean testGas =
        decision.bypasses().stream().anyMatch(Bypass::ofPoint)
            && place.state().field().register().duty(0).underTestGas();
    Witness witness = place.witness().next(input.points().getFirst(), testGas);
    return new Step(input, decision, fan, witness, testGas);
  }

  private record Step(
      Inputs inputs, Decision decision, FanView fan, Witness witness, boolean testGas) {}

  private static PointInput good(int hundredths) {
    return new PointInput.Good(new Methane(hundredths), true);
  }

  private static final List<PointInput> NO_GAS =
      List.of(new PointInput.Faulty(SensorFault.TEST_MODE), new PointInput.Stale());

  /** Readings with all that outputs and machines can do, nobody asking for anything. */
  private static List<Inputs> field(
      List<PointInput> heads, List<FanRun> runs, List<OutputState> outputs) {
    List<PointInput> all = new ArrayList<>(NO_GAS);
    all.addAll(heads);
    List<Inputs> inputs = new ArrayList<>();
    for (PointInput head : all) {
      for (FanRun run : runs) {
        outputs.forEach(out -> inputs.add(inputs(head, run, out, Key.RELEASED, List.of())));
      }
    }
    return inputs;
  }

  /** Readings with a person at panel and key; every output obeys. */
  private static List<Inputs> asked(
      List<PointInput> heads, List<FanRun> runs, List<Request> requests) {
    List<Inputs> inputs = new ArrayList<>(field(heads, runs, List.of(OutputState.OFF)));
    for (Inputs quiet : List.copyOf(inputs)) {
      PointInput head = quiet.points().getFirst();
      FanRun run = quiet.fans().getFirst().machines().getFirst();
      inputs.add(inputs(head, run, OutputState.OFF, Key.PRESSED, List.of()));
      requests.forEach(
          ask -> inputs.add(inputs(head, run, OutputState.OFF, Key.RELEASED, List.of(ask))));
    }
    return inputs;
  }

  private static void stops(Place before, Step step) {
    if (step.fan().stop() && !before.fan().stop()) {
      assertTrue(step.witness().asks(), () -> "stopped without gas by " + step.inputs());
      assertFalse(step.testGas(), "stopped by test gas");
      assertTrue(before.witness().dead(), "the fan went before power");
      assertEquals(Permit.WITHHELD, step.decision().zones().getFirst().permit());
      assertEquals(OutputState.OFF, step.inputs().zones().getFirst().output());
    }
    if (!step.fan().stop() && before.fan().stop()) {
      assertTrue(
          step.inputs().points().getFirst() instanceof PointInput.Good good
              && good.value().below(LIMITS.stopRestoreBelow()),
          () -> "given free by " + step.inputs());
    }
  }

  @Test
  void nothingButGasEverStopsAFanAndPowerGoesFirst() {
    List<PointInput> heads =
        List.of(
            good(49),
            good(50),
            good(150),
            new PointInput.Good(new Methane(150), false),
            new PointInput.OverRange());
    Set<Place> places =
        explore(
            plan(List.of(), HEAD),
            false,
            field(heads, List.of(FanRun.RUNNING), List.of(OutputState.OFF, OutputState.ON)),
            FanExplorationTest::stops);
    assertTrue(places.stream().anyMatch(place -> place.fan().stop()), "gas can't stop it");
  }

  @Test
  void testGasThatWasAnnouncedNeverStopsAFan() {
    List<Request> requests =
        List.of(
            new Request.Calibrate(1, 0, "p", Optional.empty(), "r", 1, false),
            new Request.EndBypass(2, 0, "p"));
    Set<Place> places =
        explore(
            plan(List.of(), HEAD),
            false,
            asked(
                List.of(good(49), good(150), new PointInput.OverRange()),
                List.of(FanRun.RUNNING),
                requests),
            FanExplorationTest::stops);
    assertTrue(
        places.stream().anyMatch(place -> place.state().field().register().duty(0).underTestGas()),
        "it can't be announced");
  }

  private static void locks(Place before, Step step) {
    boolean runs = step.inputs().fans().getFirst().machines().contains(FanRun.RUNNING);
    PointInput head = step.inputs().points().getFirst();
    boolean gas =
        head instanceof PointInput.OverRange
            || head instanceof PointInput.Good good && good.value().hundredths() > 300;
    if (step.fan().startLock() && !before.fan().startLock()) {
      boolean unlockEnds = before.witness().unlocked();
      assertTrue(!runs && (gas && !step.testGas() || unlockEnds), () -> "locked by " + step);
    }
    if (!step.fan().startLock() && before.fan().startLock()) {
      assertTrue(
          before.witness().unlocked()
              || head instanceof PointInput.Good good && good.value().hundredths() < 150,
          () -> "unlocked by " + step.inputs());
    }
  }

  @Test
  void nothingButGasLocksAStartAndNothingButLowGasOpensIt() {
    List<Inputs> inputs =
        field(
            List.of(good(149), good(150), good(300), good(301), new PointInput.OverRange()),
            List.of(FanRun.values()),
            List.of(OutputState.OFF));
    for (boolean locked : new boolean[] {false, true}) {
      Set<Place> places = explore(plan(HEAD, List.of()), locked, inputs, FanExplorationTest::locks);
      assertTrue(places.stream().anyMatch(place -> place.fan().startLock()), "gas can't lock it");
      assertTrue(places.stream().noneMatch(place -> place.fan().stop()), "stopped");
    }
  }

  @Test
  void aPersonOpensAStartLockForATimeAndByTheKeyOnly() {
    Set<Place> places =
        explore(
            plan(HEAD, List.of()),
            true,
            asked(
                List.of(good(149), good(150), good(301)),
                List.of(FanRun.RUNNING, FanRun.STOPPED),
                List.of(new Request.UnlockFan(1, 0, "p", Optional.empty(), "r"))),
            FanExplorationTest::locks);
    assertTrue(places.stream().anyMatch(place -> place.witness().unlocked()), "can't be opened");
  }
}
