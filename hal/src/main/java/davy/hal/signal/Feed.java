package davy.hal.signal;

/** Measured supply behind a zone's breaker (馈电状态). {@code UNKNOWN} never agrees with anything. */
public enum Feed {
  UNKNOWN,
  DEAD,
  LIVE
}
