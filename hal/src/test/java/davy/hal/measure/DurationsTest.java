package davy.hal.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import davy.hal.signal.Tick;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class DurationsTest {

  private static final long MICRO = 1_000;
  private final Durations durations = new Durations();
  private Tick now = new Tick(-5);

  private void add(long micros) {
    now = now.plusMillis(50);
    durations.add(micros * MICRO, now);
  }

  @Test
  void percentilesAreThoseOfASortedListWithinTwoDigits() {
    long seed = System.nanoTime();
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    long[] all = new long[20_000];
    for (int i = 0; i < all.length; i++) {
      all[i] = 1 + (long) Math.exp(random.nextDouble() * 16);
      add(all[i]);
    }
    long sum = Arrays.stream(all).sum();
    now = now.plusMillis(5_000);
    durations.add(MICRO, now);
    Spread spread = durations.spread();
    Arrays.sort(all);
    assertEquals(all.length + 1, spread.count());
    assertEquals(sum + 1, spread.sumMicros());
    assertNear(all[all.length / 2], spread.p50Micros());
    assertNear(all[all.length * 99 / 100], spread.p99Micros());
    assertNear(all[all.length - 1], spread.maxMicros());
  }

  private static void assertNear(long exact, long told) {
    assertTrue(Math.abs(told - exact) <= 1 + exact / 50, told + " for " + exact);
  }

  @Test
  void aNewWindowForgetsTheWorstAndKeepsTheCount() {
    add(90_000_000);
    assertNear(60_000_000, durations.spread().maxMicros());
    durations.startAnew();
    now = now.plusMillis(5_000);
    add(200);
    assertEquals(2, durations.spread().count());
    assertNear(200, durations.spread().maxMicros());
    assertEquals(Spread.NONE, new Durations().spread());
  }

  @Test
  void theSpreadIsComputedAtMostEveryFiveSeconds() {
    add(100);
    Spread first = durations.spread();
    add(900);
    assertEquals(first, durations.spread());
    now = now.plusMillis(4_950);
    add(900);
    assertEquals(3, durations.spread().count());
  }
}
