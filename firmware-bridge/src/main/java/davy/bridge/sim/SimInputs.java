package davy.bridge.sim;

import davy.hal.signal.Tick;
import java.util.OptionalInt;

/** A module of digital inputs, read with function 2 from address 0. */
public final class SimInputs implements SimDevice {

  private final boolean[] closed;

  public SimInputs(int inputs) {
    closed = new boolean[inputs];
  }

  /** The contact wired to an input closes or opens. */
  public void contact(int input, boolean isClosed) {
    closed[input] = isClosed;
  }

  @Override
  public OptionalInt discrete(int address, Tick now) {
    return address < closed.length ? OptionalInt.of(closed[address] ? 1 : 0) : OptionalInt.empty();
  }
}
