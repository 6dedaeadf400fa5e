package davy.bridge.modbus;

/**
 * Worst-case times of one line, computed from its plan: what the poller may need, not what it
 * usually does.
 */
public final class LineBudget {

  public LineBudget(LinePlan plan) {}

  /**
   * Worst time between the arrivals of two readings of a healthy slave, with one garbled frame of
   * its own in between (S19), while {@code dead} other slaves do not answer.
   */
  public long worstGapNanos(int slave, int dead) {
    throw new IllegalStateException();
  }

  /** Worst time from a new level at {@link BusPoller#drive} to the last byte of its coil frame. */
  public long worstWriteNanos(int slave, int dead) {
    throw new IllegalStateException();
  }

  /** Worst time between two refreshes of one coil, with one dead slave and one garbled frame. */
  public long worstRefreshGapNanos(int slave) {
    throw new IllegalStateException();
  }
}
