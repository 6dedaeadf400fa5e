package davy.bridge.modbus;

/** The CRC-16 of Modbus RTU (polynomial 0xA001 reflected, start 0xFFFF), low byte first. */
final class Crc {

  static final int BYTES = 2;

  private static final int[] TABLE = new int[256];

  static {
    for (int i = 0; i < TABLE.length; i++) {
      int crc = i;
      for (int bit = 0; bit < 8; bit++) {
        crc = (crc & 1) == 0 ? crc >>> 1 : crc >>> 1 ^ 0xA001;
      }
      TABLE[i] = crc;
    }
  }

  private Crc() {}

  static int of(byte[] bytes, int offset, int length) {
    int crc = 0xFFFF;
    for (int i = offset; i < offset + length; i++) {
      crc = crc >>> 8 ^ TABLE[(crc ^ bytes[i]) & 0xFF];
    }
    return crc;
  }

  /** Writes the CRC of everything before {@code at} there. */
  static void append(byte[] frame, int at) {
    int crc = of(frame, 0, at);
    frame[at] = (byte) crc;
    frame[at + 1] = (byte) (crc >>> 8);
  }

  /** Whether these bytes end in the CRC of those before. */
  static boolean fits(byte[] bytes, int offset, int length) {
    int crc = of(bytes, offset, length - BYTES);
    int end = offset + length;
    return (bytes[end - 2] & 0xFF) == (crc & 0xFF) && (bytes[end - 1] & 0xFF) == crc >>> 8;
  }
}
