package davy.bridge.guard;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * One frame of the guard's link; {@code guard-firmware/core/guard_frame.h} draws every layout.
 *
 * <pre>
 *    0      1      2      3     4        4+n    6+n
 *  +------+------+------+------+----- ... +------+
 *  | 0xD5 |  n   | type | seq  | payload  | crc  |      numbers little-endian, n at most 48,
 *  +------+------+------+------+----- ... +------+      CRC-16 0x1021 from 0xFFFF over n..payload
 * </pre>
 *
 * @param sequence 0 to 255, counts the frames of one direction
 */
record GuardFrame(int type, int sequence, byte[] payload) {

  static final int MAJOR = 1;
  static final int MINOR = 0;

  static final int SYNC = 0xD5;
  static final int PAYLOAD_MAX = 48;
  static final int OVERHEAD = 6;

  static final int HELLO = 0x01;
  static final int ANSWER = 0x02;
  static final int IDENTITY = 0x81;
  static final int QUESTION = 0x82;
  static final int STATUS = 0x83;
  static final int DROPS = 0x84;

  GuardFrame {
    if (payload.length > PAYLOAD_MAX) {
      throw new IllegalArgumentException("a payload of " + payload.length + " bytes");
    }
  }

  /** The greeting that opens a session. */
  static GuardFrame hello(int sequence) {
    return new GuardFrame(HELLO, sequence, new byte[] {MAJOR, MINOR});
  }

  /** As it goes over the wire. */
  byte[] bytes() {
    ByteBuffer wire = ByteBuffer.allocate(payload.length + OVERHEAD).order(ByteOrder.LITTLE_ENDIAN);
    wire.put((byte) SYNC).put((byte) payload.length).put((byte) type).put((byte) sequence);
    wire.put(payload);
    wire.putShort((short) crc(wire.array(), 1, payload.length + 3));
    return wire.array();
  }

  static int crc(byte[] bytes, int offset, int length) {
    int crc = 0xFFFF;
    for (int at = offset; at < offset + length; at++) {
      crc ^= (bytes[at] & 0xFF) << 8;
      for (int bit = 0; bit < Byte.SIZE; bit++) {
        crc = (crc & 0x8000) == 0 ? crc << 1 : crc << 1 ^ 0x1021;
      }
      crc &= 0xFFFF;
    }
    return crc;
  }
}
