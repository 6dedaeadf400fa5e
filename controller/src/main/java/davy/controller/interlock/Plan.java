package davy.controller.interlock;

import davy.hal.signal.Methane;
import java.util.List;

/**
 * What the interlock knows of a site: made once from the site file, never changed while running.
 *
 * @param points methane points that zones depend on
 * @param consentKey whether a hard-wired consent key is fitted; without one nothing that needs a
 *     person can be released (S4)
 */
public record Plan(List<Point> points, List<Zone> zones, Times times, boolean consentKey) {

  public Plan {
    points = List.copyOf(points);
    zones = List.copyOf(zones);
  }

  /**
   * Times of the profile, all in nanoseconds.
   *
   * @param startHoldNanos lock after power-on
   * @param backToGoodReadings consecutive good readings before a failed point is trusted again
   * @param backToGoodNanos and for how long it must have been good (S19)
   * @param driftAt a head at or below it for driftNanos has drifted (S19)
   * @param consentNanos how long a reset waits for the consent key (S4)
   * @param keyAloneNanos held so long, the key alone resets while the station is dead (S4)
   * @param keyStuckNanos held so long, the key is stuck and releases nothing (S4)
   */
  public record Times(
      long startHoldNanos,
      int backToGoodReadings,
      long backToGoodNanos,
      Methane driftAt,
      long driftNanos,
      long consentNanos,
      long keyAloneNanos,
      long keyStuckNanos) {

    private static final long KEY_ALONE_NANOS = 3_000_000_000L;
    private static final long KEY_STUCK_NANOS = 10_000_000_000L;

    /** With the key's times as S4 fixes them: 3 s and 10 s. */
    public Times(
        long startHoldNanos,
        int backToGoodReadings,
        long backToGoodNanos,
        Methane driftAt,
        long driftNanos,
        long consentNanos) {
      this(
          startHoldNanos,
          backToGoodReadings,
          backToGoodNanos,
          driftAt,
          driftNanos,
          consentNanos,
          KEY_ALONE_NANOS,
          KEY_STUCK_NANOS);
    }
  }

  /**
   * A methane point.
   *
   * @param alarmAt inclusive
   * @param tripAt inclusive
   * @param restoreBelow strict
   * @param catalytic after OVER_RANGE a portable reading is asked for (S17)
   * @param ageLimitNanos an older reading is stale
   */
  public record Point(
      String name,
      Methane alarmAt,
      Methane tripAt,
      Methane restoreBelow,
      boolean catalytic,
      long ageLimitNanos) {}

  /**
   * @param points indices into {@link Plan#points}, at least one
   * @param feedFitted whether a feed contact is read for this zone
   * @param stableNanos how long every cause must be gone before an automatic release
   */
  public record Zone(
      String name, List<Integer> points, Release release, boolean feedFitted, long stableNanos) {
    public Zone {
      points = List.copyOf(points);
    }
  }

  /** How a zone's lock opens once every cause is gone. */
  public enum Release {
    /** By itself after the stable time, where no cause needs a person. */
    AUTOMATIC,
    /** By a person's reset and the consent key. */
    MANUAL
  }
}
