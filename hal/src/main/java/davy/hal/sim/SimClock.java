package davy.hal.sim;

import davy.hal.Clock;
import davy.hal.signal.Tick;

/** A monotonic clock that stands until it is stepped by hand. */
public final class SimClock implements Clock {

  private Tick now;

  public SimClock(Tick start) {
    now = start;
  }

  @Override
  public Tick now() {
    return now;
  }

  /**
   * Steps forward.
   *
   * @param nanos 0 or more
   */
  public void advance(long nanos) {
    if (nanos < 0) {
      throw new IllegalArgumentException("a monotonic clock never steps back: " + nanos);
    }
    now = now.plusNanos(nanos);
  }
}
