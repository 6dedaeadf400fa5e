package davy.bridge.sim;

import davy.hal.signal.Tick;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * A plain transmitter: a few holding registers that the world sets one by one. Wind speed, a
 * generic methane head, an iTrans; the registers are what the maker says, not what a map says.
 */
public final class SimTransmitter implements SimDevice {

  private final TreeMap<Integer, Integer> registers = new TreeMap<>();

  /**
   * An air-speed head: its only register counts 0.01 m/s.
   *
   * @param address of that register
   */
  public static SimTransmitter windSpeed(int address) {
    SimTransmitter head = new SimTransmitter();
    head.set(address, 0);
    return head;
  }

  /**
   * An iTrans with one methane sensor in clean air, in normal mode: registers 40101 to 40114.
   *
   * @param sensorType 3 infrared, 7 catalytic
   * @param address its own Modbus address
   * @param modeRegister protocol address of the instrument mode
   */
  public static SimTransmitter iTrans(int sensorType, int address, int modeRegister) {
    SimTransmitter head = new SimTransmitter();
    for (int register = 100; register < 114; register++) {
      head.set(register, 0);
    }
    head.set(100, sensorType << 8 | address);
    head.set(modeRegister, 1);
    return head;
  }

  /** Makes a register readable and sets it; negative values are two's complement. */
  public void set(int address, int value) {
    registers.put(address, value & 0xFFFF);
  }

  @Override
  public OptionalInt holding(int address, Tick now) {
    return registers.containsKey(address)
        ? OptionalInt.of(registers.get(address))
        : OptionalInt.empty();
  }
}
