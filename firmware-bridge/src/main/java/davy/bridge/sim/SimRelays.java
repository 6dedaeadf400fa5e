package davy.bridge.sim;

import davy.hal.signal.Tick;
import java.util.Arrays;
import java.util.OptionalInt;

/**
 * A relay board of the Waveshare kind. Coils from 0: function 5 switches ({@code FF00} on, {@code
 * 0000} off), function 1 reads back. Function 5 at {@code 0200} + coil energises for value × 100 ms
 * and then drops by itself; a repeat counts from anew, a plain OFF ends it at once. Power-up is
 * off.
 */
public final class SimRelays implements SimDevice {

  private static final int PULSE = 0x0200;
  private static final long STEP_MILLIS = 100;

  /** Until when each coil is energised. */
  private final Tick[] until;

  private static final Tick OFF = new Tick(Long.MIN_VALUE / 2);
  private static final Tick FOR_EVER = new Tick(Long.MAX_VALUE / 2);

  public SimRelays(int coils) {
    until = new Tick[coils];
    powerUp();
  }

  /** The board loses its supply and gets it again: every coil is off. */
  public void powerUp() {
    Arrays.fill(until, OFF);
  }

  /** Whether the relay's coil draws current at this tick. */
  public boolean energised(int coil, Tick now) {
    return now.nanos() < until[coil].nanos();
  }

  @Override
  public OptionalInt coil(int address, Tick now) {
    return address < until.length
        ? OptionalInt.of(energised(address, now) ? 1 : 0)
        : OptionalInt.empty();
  }

  @Override
  public boolean write(int address, int value, Tick now) {
    if (address < until.length && (value == 0 || value == 0xFF00)) {
      until[address] = value == 0 ? OFF : FOR_EVER;
      return true;
    }
    if (address >= PULSE && address < PULSE + until.length) {
      until[address - PULSE] = now.plusMillis(value * STEP_MILLIS);
      return true;
    }
    return false;
  }
}
