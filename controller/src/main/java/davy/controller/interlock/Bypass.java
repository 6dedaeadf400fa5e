package davy.controller.interlock;

import java.util.Optional;

/**
 * One line of the bypass register: who exempted what, why, and how long it still lasts.
 *
 * @param index of the point, or of the fan for an unlock
 * @param remainingNanos until it ends by itself
 */
public record Bypass(
    Kind kind,
    int index,
    String person,
    Optional<String> second,
    String reason,
    long remainingNanos) {

  public enum Kind {
    /** Under test gas, its zones cut. */
    CALIBRATION,
    /** Under test gas, its zones kept by another head of the place. */
    CALIBRATION_INHIBIT,
    INHIBIT,
    FAN_UNLOCK;

    /** Whether its zones are kept although the point does not speak for them. */
    boolean keepsZones() {
      return this == CALIBRATION_INHIBIT || this == INHIBIT;
    }
  }

  boolean ofPoint() {
    return kind != Kind.FAN_UNLOCK;
  }

  Bypass older(long elapsedNanos) {
    return with(kind, Math.max(0, remainingNanos - elapsedNanos));
  }

  /** The same act, now without keeping the zones. */
  Bypass cutting() {
    return with(Kind.CALIBRATION, remainingNanos);
  }

  private Bypass with(Kind now, long nanos) {
    return new Bypass(now, index, person, second, reason, nanos);
  }
}
