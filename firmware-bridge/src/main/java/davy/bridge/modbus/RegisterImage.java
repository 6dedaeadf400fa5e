package davy.bridge.modbus;

import davy.bridge.modbus.DeviceMap.Block;
import davy.bridge.modbus.DeviceMap.Space;
import java.util.List;

/**
 * The raw registers and bits of one poll of one slave, before they mean anything. Immutable.
 *
 * @param parts one for each block of the device map, in its order
 */
public record RegisterImage(List<Part> parts) {

  public RegisterImage {
    parts = List.copyOf(parts);
  }

  /**
   * What one request of the poll brought.
   *
   * @param values one for each register, 0 to 65535, or for each bit, 0 or 1; nobody changes them
   */
  public record Part(Block block, int[] values) {
    public Part {
      if (values.length != block.count()) {
        throw new IllegalArgumentException(values.length + " values for " + block);
      }
    }

    private boolean holds(Space space, int address) {
      return block.space() == space
          && address >= block.address()
          && address < block.address() + block.count();
    }
  }

  /**
   * One register, 0 to 65535, or one bit, 0 or 1.
   *
   * @param address protocol address, from 0
   * @throws IllegalArgumentException where no block of the poll holds it: a defect, for a device
   *     map's fields lie inside its blocks
   */
  public int value(Space space, int address) {
    for (Part part : parts) {
      if (part.holds(space, address)) {
        return part.values()[address - part.block().address()];
      }
    }
    throw new IllegalArgumentException("not polled: " + space + " " + address);
  }
}
