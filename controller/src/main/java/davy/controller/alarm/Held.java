package davy.controller.alarm;

/** How long something has held: {@link #NOT}, or nanoseconds that saturate at a limit. */
final class Held {

  /** It does not hold. Less than every limit. */
  static final long NOT = -1;

  private Held() {}

  /** It holds in this scan: 0 in the first one. */
  static long on(long before, long elapsedNanos, long limit) {
    if (before == NOT) {
      return 0;
    }
    return elapsedNanos >= limit - before ? limit : before + elapsedNanos;
  }
}
