package davy.controller.journal;

import davy.hal.Clock;
import davy.hal.signal.Tick;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/** A wall clock watched for jumps. One thread. */
final class SystemWallClock implements WallClock {

  private static final long STEP_MILLIS = 1_000;

  private final Clock clock;
  private final LongSupplier millis;
  private final BooleanSupplier synchronised;
  private long offsetMillis;

  SystemWallClock(Clock clock, LongSupplier millis, BooleanSupplier synchronised) {
    this.clock = clock;
    this.millis = millis;
    this.synchronised = synchronised;
    this.offsetMillis = millis.getAsLong() - clock.now().nanos() / 1_000_000;
  }

  @Override
  public Reading read() {
    Tick at = clock.now();
    long wall = millis.getAsLong();
    long offset = wall - at.nanos() / 1_000_000;
    boolean stepped = Math.abs(offset - offsetMillis) > STEP_MILLIS;
    offsetMillis = offset;
    return new Reading(wall, at, stepped ? Quality.STEPPED : set());
  }

  private Quality set() {
    return synchronised.getAsBoolean() ? Quality.SYNCHRONISED : Quality.UNSYNCHRONISED;
  }
}
