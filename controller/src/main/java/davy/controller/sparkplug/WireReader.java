package davy.controller.sparkplug;

import davy.controller.sparkplug.Order.Malformed;
import java.util.Arrays;

/** Reads the wire format of protocol buffers, field by field; whatever is sent, it ends. */
final class WireReader {

  private static final int VARINT = 0;
  private static final int FIXED_64 = 1;
  private static final int LENGTH_DELIMITED = 2;
  private static final int FIXED_32 = 5;
  private static final int KIND_BITS = 3;
  private static final long LARGEST_FIELD = (1 << 29) - 1;

  private final byte[] bytes;
  private final int end;
  private int at;
  private int field;
  private int kind;

  WireReader(byte[] bytes) {
    this.bytes = bytes;
    this.end = bytes.length;
  }

  /** Goes to the next field; false at the end. Each field is to be read or passed once. */
  boolean next() throws Malformed {
    if (at == end) {
      return false;
    }
    long key = varint();
    long number = key >>> KIND_BITS;
    if (number == 0 || number > LARGEST_FIELD) {
      throw new Malformed("no such field: " + number);
    }
    field = (int) number;
    kind = (int) (key & (1 << KIND_BITS) - 1);
    return true;
  }

  int field() {
    return field;
  }

  long number() throws Malformed {
    need(VARINT);
    return varint();
  }

  byte[] bytes() throws Malformed {
    need(LENGTH_DELIMITED);
    long count = varint();
    skip(count);
    return Arrays.copyOfRange(bytes, at - (int) count, at);
  }

  WireReader part() throws Malformed {
    return new WireReader(bytes());
  }

  void pass() throws Malformed {
    switch (kind) {
      case VARINT -> varint();
      case FIXED_64 -> skip(Long.BYTES);
      case LENGTH_DELIMITED -> skip(varint());
      case FIXED_32 -> skip(Integer.BYTES);
      default -> throw new Malformed("wire type " + kind);
    }
  }

  private void need(int wanted) throws Malformed {
    if (kind != wanted) {
      throw new Malformed("field " + field + " has wire type " + kind);
    }
  }

  private void skip(long count) throws Malformed {
    if (count < 0 || count > end - at) {
      throw new Malformed("a field reaches beyond the end");
    }
    at += (int) count;
  }

  private long varint() throws Malformed {
    long value = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      if (at == end) {
        throw new Malformed("a number reaches beyond the end");
      }
      byte one = bytes[at++];
      value |= (long) (one & 0x7F) << shift;
      if (one >= 0) {
        return value;
      }
    }
    throw new Malformed("a number is too long");
  }
}
