package davy.hal.signal;

/**
 * A moment of the machine's monotonic clock ({@code CLOCK_MONOTONIC}), comparable between processes
 * of one machine and one boot. The wall clock never decides anything, so it has no type here.
 *
 * @param nanos nanoseconds since an arbitrary origin
 */
public record Tick(long nanos) {

  public Tick plusNanos(long more) {
    return new Tick(nanos + more);
  }

  public Tick plusMillis(long more) {
    return new Tick(nanos + more * 1_000_000L);
  }

  /** Nanoseconds from {@code earlier} to this tick; negative when {@code earlier} is later. */
  public long nanosSince(Tick earlier) {
    return nanos - earlier.nanos;
  }

  public boolean isBefore(Tick other) {
    return nanos - other.nanos < 0;
  }

  public Tick latest(Tick other) {
    return isBefore(other) ? other : this;
  }

  public Tick earliest(Tick other) {
    return isBefore(other) ? this : other;
  }
}
