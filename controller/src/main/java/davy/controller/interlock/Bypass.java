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
    FAN_UNLOCK
  }
}
