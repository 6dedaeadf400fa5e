package davy.controller.demo;

import davy.hal.signal.Tick;

/**
 * The guard's two master relays, whose contacts stand in series in the supply of every breaker's
 * coil. They follow their own coils a little later.
 */
final class MasterRelays {

  /** From the coils' current to the contacts, both ways. */
  private static final long FOLLOW_NANOS = 10_000_000L;

  private boolean coils;
  private Tick since;

  MasterRelays(Tick start) {
    this.since = start.plusNanos(-FOLLOW_NANOS);
  }

  /** What the guard gives the coils; a level. */
  void coils(boolean energised, Tick now) {
    if (energised != coils) {
      coils = energised;
      since = now;
    }
  }

  boolean closed(Tick now) {
    return coils == (now.nanosSince(since) >= FOLLOW_NANOS);
  }
}
