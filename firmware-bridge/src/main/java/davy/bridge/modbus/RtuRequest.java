package davy.bridge.modbus;

import davy.bridge.modbus.DeviceMap.Block;

/**
 * What the master may ask. There is no request that writes several coils, and none to all slaves at
 * once: on a self-dropping board either could take the dead-man away (S11).
 */
sealed interface RtuRequest {

  /** Every request is unit, function, address, a word and the CRC. */
  int BYTES = 8;

  /** Address of the slave, 1 to 247. */
  int unit();

  int function();

  /** Length of the whole reply, if it is the one that was asked for. */
  int replyBytes();

  /** FC01 to FC04. */
  record Read(int unit, Block block) implements RtuRequest {

    public Read {
      checkUnit(unit);
    }

    @Override
    public int function() {
      return block.space().function();
    }

    @Override
    public int replyBytes() {
      return 3 + payloadBytes() + Crc.BYTES;
    }

    /** What the reply's byte count must say. */
    int payloadBytes() {
      return switch (block.space()) {
        case COIL, DISCRETE -> (block.count() + 7) / 8;
        case HOLDING, INPUT -> block.count() * 2;
      };
    }
  }

  /**
   * FC05.
   *
   * @param value {@link #ON}, {@link #OFF}, or at a pulse address the length in the board's steps
   */
  record WriteCoil(int unit, int address, int value) implements RtuRequest {

    static final int FUNCTION = 5;
    static final int ON = 0xFF00;
    static final int OFF = 0;

    public WriteCoil {
      checkUnit(unit);
    }

    @Override
    public int function() {
      return FUNCTION;
    }

    @Override
    public int replyBytes() {
      return BYTES;
    }
  }

  private static void checkUnit(int unit) {
    if (unit < 1 || unit > 247) {
      throw new IllegalArgumentException("unit " + unit + " is outside 1 to 247");
    }
  }
}
