package davy.tests.proof;

import java.util.List;
import java.util.SplittableRandom;

/** Chance from one seed, in the words of the tests. */
final class Dice {

  private final SplittableRandom random;

  Dice(long seed) {
    this.random = new SplittableRandom(seed);
  }

  /** True once in so many times. */
  boolean oneIn(int times) {
    return random.nextInt(times) == 0;
  }

  /** From 0 to below the limit. */
  int below(int limit) {
    return random.nextInt(limit);
  }

  /** Both ends included. */
  int between(int least, int most) {
    return random.nextInt(least, most + 1);
  }

  <T> T of(List<T> all) {
    return all.get(random.nextInt(all.size()));
  }
}
