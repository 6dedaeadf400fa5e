package davy.hal.signal;

/**
 * A number or a reason, never a number that means a reason. Each carries the tick at which its last
 * byte arrived; a reading that is not renewed gets old, and old is a cause.
 */
public sealed interface Reading {

  /** Nothing has ever arrived. */
  Reading NEVER = new Never();

  record Never() implements Reading {}

  /**
   * @param amount in the integer unit of the channel's {@link Quantity}
   * @param arrival tick of the last byte
   */
  record Good(int amount, Tick arrival) implements Reading {}

  /** The head says, or its value shows, that the gas is above its measuring range. */
  record OverRange(Tick arrival) implements Reading {}

  record Faulty(SensorFault fault, Tick arrival) implements Reading {}

  /** Nanoseconds since the bytes arrived; {@link Long#MAX_VALUE} when nothing ever did. */
  default long ageNanos(Tick now) {
    return switch (this) {
      case Never _ -> Long.MAX_VALUE;
      case Good good -> now.nanosSince(good.arrival());
      case OverRange over -> now.nanosSince(over.arrival());
      case Faulty faulty -> now.nanosSince(faulty.arrival());
    };
  }
}
