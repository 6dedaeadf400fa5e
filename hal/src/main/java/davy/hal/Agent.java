package davy.hal;

import davy.hal.signal.Tick;

/**
 * One duty, run by a thread or stepped by hand. {@link #work} never blocks; between calls the
 * runner calls {@link #await}, which in simulation only moves the clock.
 */
public interface Agent extends AutoCloseable {

  String name();

  /**
   * Does what is due now and returns the tick at which it wants to be called again at the latest.
   * An exception is a defect: the runner hands it to the one uncaught handler.
   */
  Tick work(Tick now);

  /** Blocks until {@code until}, or earlier when there is something to do (bytes, a wake-up). */
  void await(Tick now, Tick until);

  /** Ends a present or the next {@link #await} at once. The only method other threads may call. */
  void wake();

  @Override
  void close();
}
