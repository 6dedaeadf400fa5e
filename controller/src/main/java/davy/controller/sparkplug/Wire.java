package davy.controller.sparkplug;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Writes the wire format of protocol buffers: as much of it as Sparkplug B needs. */
final class Wire {

  private static final int VARINT = 0;
  private static final int FIXED_64 = 1;
  private static final int LENGTH_DELIMITED = 2;

  private byte[] bytes = new byte[256];
  private int length;

  byte[] bytes() {
    return Arrays.copyOf(bytes, length);
  }

  /** Whole numbers and enumerations; a negative one takes all 64 bits. */
  Wire number(int field, long value) {
    varint((long) field << 3 | VARINT);
    varint(value);
    return this;
  }

  Wire flag(int field, boolean on) {
    return number(field, on ? 1 : 0);
  }

  Wire real(int field, double value) {
    varint((long) field << 3 | FIXED_64);
    long bits = Double.doubleToLongBits(value);
    for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
      add((byte) (bits >>> shift));
    }
    return this;
  }

  Wire text(int field, String text) {
    return part(field, text.getBytes(StandardCharsets.UTF_8));
  }

  Wire part(int field, Wire part) {
    return part(field, part.bytes());
  }

  private Wire part(int field, byte[] part) {
    varint((long) field << 3 | LENGTH_DELIMITED);
    varint(part.length);
    raw(part, part.length);
    return this;
  }

  /** Writes the other's fields behind its own. */
  Wire append(Wire other) {
    raw(other.bytes, other.length);
    return this;
  }

  private void raw(byte[] from, int count) {
    room(count);
    System.arraycopy(from, 0, bytes, length, count);
    length += count;
  }

  private void varint(long value) {
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      add((byte) (rest & 0x7F | 0x80));
      rest >>>= 7;
    }
    add((byte) rest);
  }

  private void add(byte one) {
    room(1);
    bytes[length++] = one;
  }

  private void room(int more) {
    if (length + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
    }
  }
}
