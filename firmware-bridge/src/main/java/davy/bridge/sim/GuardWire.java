package davy.bridge.sim;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * The guard's end of its wire: frames as the firmware makes and finds them. Bytes are a list of hex
 * digits nowhere; only {@link #toString} shows them so.
 */
final class GuardWire {

  static final int SYNC = 0xD5;
  static final int PAYLOAD_MAX = 48;
  static final int OVERHEAD = 6;
  private static final int SATURATED = 0xFFFF;

  /** One frame that was found. */
  record Heard(int type, int sequence, byte[] payload) {}

  private final byte[] bytes = new byte[PAYLOAD_MAX + OVERHEAD];
  private int used;
  private int bad;

  void add(byte one) {
    bytes[used++] = one;
  }

  boolean halfHeard() {
    return used > 0;
  }

  int bad() {
    return bad;
  }

  void countBad() {
    bad = Math.min(SATURATED, bad + 1);
  }

  void skip() {
    if (used > 0) {
      countBad();
      cut(1);
    }
  }

  private void cut(int count) {
    used -= count;
    System.arraycopy(bytes, count, bytes, 0, used);
  }

  /** The whole frames that stand at the front. */
  List<Heard> take() {
    List<Heard> found = new ArrayList<>();
    while (used > 0 && look(found)) {}
    return found;
  }

  /** False when more bytes are needed. */
  private boolean look(List<Heard> found) {
    if (at(0) != SYNC) {
      cut(1);
      return true;
    }
    if (used < 2) {
      return false;
    }
    int length = at(1);
    if (length > PAYLOAD_MAX) {
      skip();
      return true;
    }
    int total = length + OVERHEAD;
    if (used < total) {
      return false;
    }
    if (checksum(bytes, 1, total - 2) != (at(total - 2) | at(total - 1) << 8)) {
      skip();
      return true;
    }
    byte[] payload = new byte[length];
    System.arraycopy(bytes, 4, payload, 0, length);
    found.add(new Heard(at(2), at(3), payload));
    cut(total);
    return true;
  }

  private int at(int index) {
    return bytes[index] & 0xFF;
  }

  /** A frame as it goes out. */
  static byte[] frame(int type, int sequence, byte[] payload) {
    byte[] out = new byte[payload.length + OVERHEAD];
    out[0] = (byte) SYNC;
    out[1] = (byte) payload.length;
    out[2] = (byte) type;
    out[3] = (byte) sequence;
    System.arraycopy(payload, 0, out, 4, payload.length);
    int crc = checksum(out, 1, out.length - 2);
    out[out.length - 2] = (byte) crc;
    out[out.length - 1] = (byte) (crc >> 8);
    return out;
  }

  /** CRC-16 with polynomial 0x1021 from 0xFFFF, over bytes {@code from} to before {@code to}. */
  static int checksum(byte[] bytes, int from, int to) {
    int rest = 0xFFFF;
    for (int at = from; at < to; at++) {
      for (int bit = 7; bit >= 0; bit--) {
        boolean one = (rest >> 15 & 1) != (bytes[at] >> bit & 1);
        rest = rest << 1 & 0xFFFF;
        rest = one ? rest ^ 0x1021 : rest;
      }
    }
    return rest;
  }

  /** One step of the fold that makes codes and questions. */
  static int mix(int hash, int word) {
    long a = ((hash ^ word) & 0xFFFF_FFFFL) * 0x85EB_CA6BL & 0xFFFF_FFFFL;
    long b = (a ^ a >> 13) * 0xC2B2_AE35L & 0xFFFF_FFFFL;
    return (int) (b ^ b >> 16);
  }

  @Override
  public String toString() {
    return HexFormat.of().formatHex(bytes, 0, used);
  }
}
