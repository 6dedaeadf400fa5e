package davy.bridge.sim;

import davy.bridge.guard.GuardCause;

/** What the guard keeps over resets and losses of power. */
final class GuardStore {

  static final int LATEST = 8;
  private static final int SATURATED = 0xFFFF;

  final int[] latest = new int[LATEST];
  final int[] counts = new int[GuardCause.values().length];
  long digest;
  int drops;
  int boots;
  boolean tripLatched;

  GuardStore(long digest) {
    this.digest = digest;
  }

  void note(GuardCause cause) {
    System.arraycopy(latest, 0, latest, 1, LATEST - 1);
    latest[0] = cause.ordinal();
    counts[cause.ordinal()] = Math.min(SATURATED, counts[cause.ordinal()] + 1);
    drops++;
  }

  void booted() {
    boots = Math.min(SATURATED, boots + 1);
  }
}
