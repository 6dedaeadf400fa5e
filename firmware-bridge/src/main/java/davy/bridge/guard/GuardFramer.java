package davy.bridge.guard;

import davy.hal.signal.Tick;
import java.util.Arrays;
import java.util.Optional;

/**
 * Finds frames in what the line brings; never holds more than one frame's bytes, and finds a frame
 * that follows noise or half a frame. One thread.
 */
final class GuardFramer {

  /** A frame that stops for so long is given up. */
  private static final long GAP_NANOS = 30_000_000L;

  private final byte[] bytes = new byte[GuardFrame.PAYLOAD_MAX + GuardFrame.OVERHEAD];
  private int used;
  private long bad;
  private Tick lastByte = new Tick(0);

  /** Room for more bytes; at least 1 after {@link #next} was asked until it was empty. */
  int room() {
    return bytes.length - used;
  }

  /** Takes at most {@link #room} bytes. */
  void add(byte[] from, int offset, int count, Tick now) {
    System.arraycopy(from, offset, bytes, used, count);
    used += count;
    lastByte = now;
  }

  /** The next whole frame; empty when more bytes are needed. */
  Optional<GuardFrame> next(Tick now) {
    if (used > 0 && now.nanosSince(lastByte) >= GAP_NANOS) {
      giveUp();
    }
    while (used > 0) {
      int length = bytes[1] & 0xFF;
      if ((bytes[0] & 0xFF) != GuardFrame.SYNC) {
        drop(1);
      } else if (used >= 2 && length > GuardFrame.PAYLOAD_MAX) {
        giveUp();
      } else if (used < 2 || used < length + GuardFrame.OVERHEAD) {
        return Optional.empty();
      } else if (GuardFrame.crc(bytes, 1, length + 3) != crcAt(4 + length)) {
        giveUp();
      } else {
        byte[] payload = Arrays.copyOfRange(bytes, 4, 4 + length);
        GuardFrame frame = new GuardFrame(bytes[2] & 0xFF, bytes[3] & 0xFF, payload);
        drop(length + GuardFrame.OVERHEAD);
        return Optional.of(frame);
      }
    }
    return Optional.empty();
  }

  private int crcAt(int at) {
    return bytes[at] & 0xFF | (bytes[at + 1] & 0xFF) << 8;
  }

  private void giveUp() {
    bad++;
    drop(1);
  }

  private void drop(int count) {
    used -= count;
    System.arraycopy(bytes, count, bytes, 0, used);
  }

  /** Beginnings of frames that became none. */
  long bad() {
    return bad;
  }
}
