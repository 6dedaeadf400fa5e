package davy.hal.signal;

/** The watchdog microcontroller in series with every zone's relay, as its link sees it (S14). */
public enum GuardState {
  /** Not heard of within its limit, or it speaks another protocol. */
  LOST,
  /** Heard, its output open: no zone has power. */
  DROPPED,
  /** Heard, its output closed. */
  ARMED
}
