package davy.controller.interlock;

import davy.hal.signal.Methane;
import davy.hal.signal.Reading;
import davy.hal.signal.SensorFault;
import davy.hal.signal.Tick;

/**
 * One point as the scan sampled it: a value or a reason, with its age already judged, so that a
 * journal of inputs can be replayed without a clock.
 */
public sealed interface PointInput {

  /**
   * @param fresh a new reading since the last step
   */
  record Good(Methane value, boolean fresh) implements PointInput {}

  record OverRange() implements PointInput {}

  record Faulty(SensorFault fault) implements PointInput {}

  /** Older than its age limit, or never read: whatever it said last does not count. */
  record Stale() implements PointInput {}

  /**
   * As {@link #of}, for the point that said {@code before} in the last sample: what says the same
   * is the same.
   */
  static PointInput after(
      PointInput before, Reading reading, boolean fresh, Tick now, long ageLimitNanos) {
    if (before instanceof Good(Methane value, boolean wasFresh)
        && reading instanceof Reading.Good good
        && good.amount() == value.hundredths()
        && reading.ageNanos(now) <= ageLimitNanos) {
      return wasFresh == fresh ? before : new Good(value, fresh);
    }
    return of(reading, fresh, now, ageLimitNanos);
  }

  /**
   * Judges a reading's age. At the limit it still counts, above it is stale.
   *
   * @param fresh whether its bytes arrived since the last sample
   */
  static PointInput of(Reading reading, boolean fresh, Tick now, long ageLimitNanos) {
    if (reading.ageNanos(now) > ageLimitNanos) {
      return new Stale();
    }
    return switch (reading) {
      case Reading.Never _ -> new Stale();
      case Reading.Good good -> new Good(new Methane(good.amount()), fresh);
      case Reading.OverRange _ -> new OverRange();
      case Reading.Faulty faulty -> new Faulty(faulty.fault());
    };
  }
}
