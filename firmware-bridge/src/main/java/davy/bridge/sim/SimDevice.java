package davy.bridge.sim;

import davy.hal.signal.Tick;
import java.util.OptionalInt;

/**
 * What a simulated slave shows on its registers and takes on its coils. Addresses are protocol
 * addresses, from 0; nothing is an illegal address. The tick is when the request was understood.
 */
public interface SimDevice {

  /** A holding register (function 3), 0 to 65535. */
  default OptionalInt holding(int address, Tick now) {
    return OptionalInt.empty();
  }

  /** An input register (function 4), 0 to 65535. */
  default OptionalInt input(int address, Tick now) {
    return OptionalInt.empty();
  }

  /** A discrete input (function 2), 0 or 1. */
  default OptionalInt discrete(int address, Tick now) {
    return OptionalInt.empty();
  }

  /** A coil (function 1), 0 or 1. */
  default OptionalInt coil(int address, Tick now) {
    return OptionalInt.empty();
  }

  /** Takes a single coil write (function 5) of any value; false where the address is illegal. */
  default boolean write(int address, int value, Tick now) {
    return false;
  }
}
