package davy.bridge.sim;

import java.util.Arrays;

/** The check of Modbus RTU, sent low byte first. */
final class Crc16 {

  private Crc16() {}

  static int of(byte[] bytes, int length) {
    int crc = 0xFFFF;
    for (int i = 0; i < length; i++) {
      crc ^= bytes[i] & 0xFF;
      for (int bit = 0; bit < 8; bit++) {
        crc = (crc & 1) == 1 ? crc >> 1 ^ 0xA001 : crc >> 1;
      }
    }
    return crc;
  }

  /** The message with its check behind it. */
  static byte[] closed(byte[] message) {
    byte[] frame = Arrays.copyOf(message, message.length + 2);
    int crc = of(message, message.length);
    frame[message.length] = (byte) crc;
    frame[message.length + 1] = (byte) (crc >> 8);
    return frame;
  }

  /** True where the last two bytes are the check of those before them. */
  static boolean holds(byte[] frame) {
    return frame.length >= 4
        && of(frame, frame.length - 2)
            == ((frame[frame.length - 2] & 0xFF) | (frame[frame.length - 1] & 0xFF) << 8);
  }
}
