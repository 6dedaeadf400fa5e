package davy.tests.proof;

import davy.controller.interlock.Plan;

/** A walk with every property, from one seed. */
public final class Properties {

  private Properties() {}

  /** Returns how many permits it saw; says its seed where it fails. */
  public static long walk(long seed, int zones, int points, int fans, int steps) {
    Dice dice = new Dice(seed);
    Plan plan = LargePlan.of(dice, zones, points, fans);
    Probes probes = new Probes(dice);
    Walk.Probe some =
        (p, before, inputs, elapsed, decision) -> {
          switch (dice.below(8)) {
            case 0 -> probes.deterministic(p, before, inputs, elapsed, decision);
            case 1 -> probes.local(p, before, inputs, elapsed, decision);
            case 2 -> probes.monotonic(p, before, inputs, elapsed, decision);
            case 3 -> probes.splits(p, before, inputs, elapsed, decision);
            default -> {
              // The rules alone.
            }
          }
        };
    try {
      return new Walk(plan, dice).run(steps, some);
    } catch (RuntimeException | AssertionError e) {
      throw new AssertionError("seed " + seed + ": " + e, e);
    }
  }
}
