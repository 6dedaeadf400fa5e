package davy.tests.proof;

import static org.junit.jupiter.api.Assertions.assertTrue;

import davy.controller.interlock.Interlock;
import davy.controller.interlock.Plan;
import davy.controller.interlock.Saved;
import davy.controller.interlock.State;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

class PropertyTest {

  private static final boolean LONG = Boolean.getBoolean("davy.long");

  @Test
  void everyRuleHoldsOnManySitesMadeByChance() {
    int sites = LONG ? 2_000 : 15;
    long seed = seed();
    long granted = 0;
    for (int site = 0; site < sites; site++) {
      granted += Properties.walk(seed + site, 6, 24, 2, 1_500);
    }
    System.out.printf("walked %d sites, %d permits, from seed %d%n", sites, granted, seed);
    assertTrue(granted > 0, "no power was ever granted");
  }

  @Test
  void everyRuleHoldsOnASiteOfTwoHundredZonesAndAThousandPoints() {
    long seed = seed();
    long granted = Properties.walk(seed, 200, 1_000, 20, LONG ? 20_000 : 200);
    System.out.printf("walked 200 zones x 1000 points, %d permits, seed %d%n", granted, seed);
    assertTrue(granted > 0, "no power was ever granted");
  }

  @Test
  void theCostOfAStepGrowsNoFasterThanTheSite() {
    long small = bytes(20, 100, 2);
    long large = bytes(200, 1_000, 20);
    System.out.printf("a step allocates %d bytes on 100 points, %d on 1000%n", small, large);
    assertTrue(large <= 15 * small, "ten times the site cost more than fifteen times as much");
  }

  private static long bytes(int zones, int points, int fans) {
    Plan plan = LargePlan.of(new Dice(1), zones, points, fans);
    State state = State.start(plan, Saved.nothing(plan));
    for (int step = 0; step < 50; step++) {
      state = Interlock.step(plan, state, Calm.inputs(plan), 1).next();
    }
    var inputs = Calm.inputs(plan);
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    Interlock.step(plan, state, inputs, 1);
    return threads.getCurrentThreadAllocatedBytes() - before;
  }

  private static long seed() {
    return Long.getLong("davy.seed", System.nanoTime());
  }
}
