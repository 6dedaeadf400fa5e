package davy.controller.uplink;

import java.util.SplittableRandom;

/** How long to wait before the next attempt: doubling from 0.5 s to 30 s, each ± half of it. */
public final class Backoff {

  private static final long FIRST_MILLIS = 500;
  private static final long LONGEST_MILLIS = 30_000;

  private final SplittableRandom random;
  private long millis = FIRST_MILLIS;

  public Backoff(long seed) {
    this.random = new SplittableRandom(seed);
  }

  public long nextMillis() {
    long next = millis / 2 + random.nextLong(millis + 1);
    millis = Math.min(millis * 2, LONGEST_MILLIS);
    return next;
  }

  /** The last attempt was of use. */
  public void reset() {
    millis = FIRST_MILLIS;
  }
}
