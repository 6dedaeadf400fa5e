package davy.controller.journal;

import java.util.Arrays;

/** Encoded lines that go to disk together. One thread. */
final class Batch {

  private byte[] bytes = new byte[4096];
  private int size;

  void add(byte[] line) {
    if (size + line.length > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(size + line.length, bytes.length * 2));
    }
    System.arraycopy(line, 0, bytes, size, line.length);
    size += line.length;
  }

  boolean empty() {
    return size == 0;
  }

  int size() {
    return size;
  }

  /** The lines, from 0 to {@link #size}; not a copy. */
  byte[] bytes() {
    return bytes;
  }
}
