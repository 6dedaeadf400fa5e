package davy.hal.signal;

/** A local fan's run contact. {@code UNKNOWN} counts as stopped for locks and zones (S23). */
public enum FanRun {
  UNKNOWN,
  STOPPED,
  RUNNING
}
