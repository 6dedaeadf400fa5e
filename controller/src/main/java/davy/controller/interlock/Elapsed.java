package davy.controller.interlock;

/** Elapsed times that saturate, so that a state is the same once a limit is reached. */
final class Elapsed {

  /** A watch that does not run. */
  static final long STOPPED = -1;

  private Elapsed() {}

  static long add(long sum, long more, long limit) {
    return more >= limit - sum ? limit : sum + more;
  }

  /**
   * A watch against an inclusive limit: runs from the step in which its condition first holds, and
   * saturates one nanosecond beyond the limit.
   */
  static long watch(long sum, boolean holds, long more, long limit) {
    if (!holds) {
      return STOPPED;
    }
    return sum == STOPPED ? 0 : add(sum, more, limit + 1);
  }
}
