package davy.tests.proof;

import davy.controller.interlock.Decision;
import davy.controller.interlock.Inputs;
import davy.controller.interlock.Interlock;
import davy.controller.interlock.Plan;
import davy.controller.interlock.PointInput;
import davy.controller.interlock.State;
import davy.hal.signal.Methane;
import davy.hal.signal.Permit;
import davy.hal.signal.SensorFault;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Properties that compare two steps out of the same state. */
final class Probes {

  private final Dice dice;

  Probes(Dice dice) {
    this.dice = dice;
  }

  /** Same arguments, same answer. */
  void deterministic(Plan plan, State before, Inputs inputs, long elapsed, Decision decision) {
    if (!Interlock.step(plan, before, inputs, elapsed).equals(decision)) {
      throw new AssertionError("the same arguments gave two decisions");
    }
  }

  /** A head that a zone does not look at never changes that zone. */
  void local(Plan plan, State before, Inputs inputs, long elapsed, Decision decision) {
    int point = dice.below(plan.points().size());
    Inputs changed = with(inputs, point, worse(plan, point));
    Decision other = Interlock.step(plan, before, changed, elapsed);
    Set<Integer> near = near(plan, point);
    for (int zone = 0; zone < plan.zones().size(); zone++) {
      Decision.ZoneView one = decision.zones().get(zone);
      Decision.ZoneView two = other.zones().get(zone);
      boolean same =
          one.permit() == two.permit()
              && one.lock().equals(two.lock())
              && one.active().equals(two.active());
      if (!same && !near.contains(zone)) {
        throw new AssertionError("point " + point + " changed zone " + zone);
      }
    }
  }

  /** A worse reading never gives a permit that a better one withholds. */
  void monotonic(Plan plan, State before, Inputs inputs, long elapsed, Decision decision) {
    int point = dice.below(plan.points().size());
    if (compared(plan, point) || plan.fans().stream().anyMatch(f -> f.intake().contains(point))) {
      return; // Of two heads that differ one falls silent: they differ no more. T3 then votes no
      // (S8).
    }
    Decision other = Interlock.step(plan, before, with(inputs, point, worse(plan, point)), elapsed);
    for (int zone = 0; zone < plan.zones().size(); zone++) {
      if (decision.zones().get(zone).permit() == Permit.WITHHELD
          && other.zones().get(zone).permit() == Permit.GRANTED) {
        throw new AssertionError("a worse point " + point + " opened zone " + zone);
      }
    }
  }

  private static boolean compared(Plan plan, int point) {
    return plan.zones().stream()
        .flatMap(zone -> zone.groups().stream())
        .anyMatch(group -> group.members().contains(point) && group.differBy().isPresent());
  }

  /** Coasting for a and then for b is coasting for both at once, where no limit is crossed. */
  void splits(Plan plan, State before, Inputs inputs, long elapsed, Decision decision) {
    Inputs still = still(inputs);
    Decision settling = Interlock.step(plan, decision.next(), still, 1);
    Decision settled = Interlock.step(plan, settling.next(), still, 1);
    State from = settled.next();
    long first = dice.between(1, 4);
    long second = dice.between(1, 4);
    Decision one = Interlock.step(plan, from, still, first);
    Decision two = Interlock.step(plan, one.next(), still, second);
    Decision both = Interlock.step(plan, from, still, first + second);
    boolean nothingHappens =
        settled.events().isEmpty()
            && one.events().isEmpty()
            && two.events().isEmpty()
            && both.events().isEmpty();
    if (nothingHappens && !two.next().equals(both.next())) {
      throw new AssertionError("time does not add up");
    }
  }

  /** The same field, nothing new, nobody acting. */
  private static Inputs still(Inputs inputs) {
    List<PointInput> points =
        inputs.points().stream()
            .map(
                point ->
                    point instanceof PointInput.Good good
                        ? new PointInput.Good(good.value(), false)
                        : point)
            .toList();
    return new Inputs(
        points,
        inputs.zones(),
        inputs.fans(),
        inputs.guard(),
        Inputs.Key.RELEASED,
        List.of(),
        List.of(),
        inputs.stationAlive(),
        inputs.scanLate());
  }

  private PointInput worse(Plan plan, int point) {
    int trip = plan.points().get(point).tripAt().hundredths();
    return switch (dice.below(4)) {
      case 0 -> new PointInput.Stale();
      case 1 -> new PointInput.Faulty(SensorFault.DEVICE_FAULT);
      case 2 -> new PointInput.OverRange();
      default -> new PointInput.Good(new Methane(trip + dice.below(200)), true);
    };
  }

  private static Inputs with(Inputs inputs, int point, PointInput input) {
    List<PointInput> points = new ArrayList<>(inputs.points());
    points.set(point, input);
    return new Inputs(
        points,
        inputs.zones(),
        inputs.fans(),
        inputs.guard(),
        inputs.key(),
        inputs.requests(),
        inputs.recorded(),
        inputs.stationAlive(),
        inputs.scanLate());
  }

  /** Zones that may look at a point: their own, their fan's, and all that feed those. */
  private static Set<Integer> near(Plan plan, int point) {
    Set<Integer> near = new HashSet<>();
    for (int zone = 0; zone < plan.zones().size(); zone++) {
      if (plan.zones().get(zone).points().contains(point)) {
        near.add(zone);
      }
    }
    for (Plan.Fan fan : plan.fans()) {
      if (fan.gas().contains(point) || fan.intake().contains(point)) {
        near.addAll(fan.zones());
      }
    }
    for (int depth = 0; depth < 3; depth++) {
      for (int zone : List.copyOf(near)) {
        plan.zones().get(zone).upstream().ifPresent(near::add);
      }
    }
    return near;
  }
}
