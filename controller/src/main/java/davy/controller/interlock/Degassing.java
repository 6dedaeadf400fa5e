package davy.controller.interlock;

/**
 * 排瓦斯: the fan stood and gas came meanwhile, so the release is manual and only after all gas of the
 * heading was low for a time (S23).
 *
 * @param needed since the lock was last open; survives a restart
 * @param lowNanos how long all of it has been good and low, saturating
 */
record Degassing(boolean needed, long lowNanos) {

  static Degassing start(boolean needed) {
    return new Degassing(needed, Elapsed.STOPPED);
  }

  /**
   * @param gas the fan was seen stopped since the lock was open, and gas is at the level or unknown
   * @param low all gas is good and below the level
   * @param limit how long it must be low
   */
  Degassing next(boolean gas, boolean low, long elapsedNanos, long limit) {
    boolean now = needed || gas;
    return new Degassing(now, Elapsed.watch(lowNanos, now && low, elapsedNanos, limit));
  }

  boolean over(long limit) {
    return !needed || lowNanos >= limit;
  }
}
