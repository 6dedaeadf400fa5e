package davy.controller.interlock;

/**
 * Whether what a sensor reads counts (S19).
 *
 * @param lostBy why it does not; meaningless while trusted
 * @param goodInRow fresh good readings in a row, saturating at the number needed
 * @param goodForNanos since the first of them, saturating at the time needed
 */
record Trust(Level level, Cause lostBy, int goodInRow, long goodForNanos) {

  enum Level {
    /** Not one row of good readings since start. */
    NEW,
    TRUSTED,
    /** Was trusted, then failed: comes back only as S19 says. */
    LOST,
    /** May have been under test gas: comes back as S19 says, and only by clean readings (S8). */
    TESTED
  }

  /** Nothing was ever read. */
  static final Trust START = new Trust(Level.NEW, Cause.SENSOR_STALE, 0, 0);

  boolean given() {
    return level == Level.TRUSTED;
  }

  /**
   * A good reading.
   *
   * @param clean strictly below the restore level
   */
  Trust good(boolean fresh, boolean clean, long elapsedNanos, Plan.Times times) {
    if (level == Level.TESTED && !clean) {
      return interrupted();
    }
    int inRow = Math.min(goodInRow + (fresh ? 1 : 0), times.backToGoodReadings());
    long goodFor =
        goodInRow == 0 ? 0 : Elapsed.add(goodForNanos, elapsedNanos, times.backToGoodNanos());
    boolean enough = inRow >= times.backToGoodReadings();
    boolean longEnough = goodFor >= times.backToGoodNanos();
    Level next =
        switch (level) {
          case TRUSTED -> Level.TRUSTED;
          case NEW -> enough ? Level.TRUSTED : Level.NEW;
          case LOST, TESTED -> enough && longEnough ? Level.TRUSTED : level;
        };
    boolean same = next == level && inRow == goodInRow && goodFor == goodForNanos;
    return same ? this : new Trust(next, lostBy, inRow, goodFor);
  }

  /** The row of good readings begins anew, nothing else. */
  Trust interrupted() {
    return new Trust(level, lostBy, 0, 0);
  }

  Trust lost(Cause by) {
    return new Trust(level == Level.TRUSTED ? Level.LOST : level, by, 0, 0);
  }

  Trust tested(Cause by) {
    return new Trust(Level.TESTED, by, 0, 0);
  }

  Causes causes() {
    return given() ? Causes.NONE : Causes.of(lostBy);
  }
}
