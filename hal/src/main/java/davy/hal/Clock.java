package davy.hal;

import davy.hal.signal.Tick;

/** The monotonic clock. Read once per duty and passed down; pure code never sees this type. */
@FunctionalInterface
public interface Clock {

  Clock SYSTEM = () -> new Tick(System.nanoTime());

  Tick now();
}
