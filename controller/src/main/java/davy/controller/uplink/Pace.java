package davy.controller.uplink;

/**
 * How many bytes of the journal may be under way to the broker at once, so that a backlog neither
 * dawdles nor holds up the live data on a thin line: more while acknowledgements come quickly, half
 * as much when one was slow. One thread.
 */
final class Pace {

  static final int LEAST_BYTES = 8 << 10;
  static final int MOST_BYTES = 512 << 10;
  static final long QUICK_NANOS = 200_000_000L;
  static final long SLOW_NANOS = 400_000_000L;
  private static final int FIRST_BYTES = 64 << 10;
  private static final int STEP_BYTES = 8 << 10;

  private int bytes = FIRST_BYTES;

  int bytes() {
    return bytes;
  }

  /** A message was acknowledged so long after it was sent. */
  void took(long nanos) {
    if (nanos > SLOW_NANOS) {
      bytes = Math.max(LEAST_BYTES, bytes / 2);
    } else if (nanos < QUICK_NANOS) {
      bytes = Math.min(MOST_BYTES, bytes + STEP_BYTES);
    }
  }
}
