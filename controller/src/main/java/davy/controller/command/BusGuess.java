package davy.controller.command;

import davy.bridge.modbus.BusProbe;
import davy.bridge.modbus.BusProbe.Answer;
import davy.bridge.modbus.DeviceMap.Block;
import davy.bridge.modbus.DeviceMap.Space;
import davy.bridge.modbus.DeviceMap.Timing;

/**
 * Which built-in map a device may be read with, by what it answers. A guess: a maker's table
 * decides.
 */
enum BusGuess {
  GAS("gas-6in1", "methane"),
  GAS_CO("gas-6in1-co", "carbon-monoxide"),
  METHANE("generic-methane", "methane"),
  INPUTS("digital-inputs", "input-1"),
  RELAYS("relay-waveshare", "");

  private static final Block MODULE = new Block(Space.HOLDING, 0, 10);
  private static final Block REGISTER = new Block(Space.HOLDING, 0, 1);
  private static final Block COILS = new Block(Space.COIL, 0, 8);
  private static final Block CONTACTS = new Block(Space.DISCRETE, 0, 8);

  private static final int GAS_REGISTER = 8;
  private static final int METHANE_CODE = 11;
  private static final int MONOXIDE_CODE = 5;

  private final String map;
  private final String channel;

  BusGuess(String map, String channel) {
    this.map = map;
    this.channel = channel;
  }

  String map() {
    return map;
  }

  /** The channel that a point, or a feed, would be read from; empty for a board. */
  String channel() {
    return channel;
  }

  /** Asks the device what tells one from another. */
  static BusGuess of(BusProbe probe, int address, Timing timing) {
    if (probe.read(address, MODULE, timing) instanceof Answer.Values values) {
      int gas = values.values()[GAS_REGISTER] >> 8;
      if (gas == METHANE_CODE || gas == MONOXIDE_CODE) {
        return gas == METHANE_CODE ? GAS : GAS_CO;
      }
    }
    if (answers(probe, address, REGISTER, timing)) {
      return METHANE;
    }
    if (answers(probe, address, CONTACTS, timing)) {
      return INPUTS;
    }
    return answers(probe, address, COILS, timing) ? RELAYS : METHANE;
  }

  private static boolean answers(BusProbe probe, int address, Block block, Timing timing) {
    return probe.read(address, block, timing) instanceof Answer.Values;
  }
}
