package davy.bridge.modbus;

import davy.bridge.modbus.RtuRequest.Read;
import davy.bridge.modbus.RtuRequest.WriteCoil;
import java.util.Arrays;

/**
 * Finds the reply to one request among the bytes that come after it.
 *
 * <p>A reply fits when unit, function, byte count (or, for a write, every echoed byte), length and
 * CRC are right. One that starts with the first byte is taken at once. One that follows noise or
 * another slave's frame is taken only when 3.5 characters of silence follow it, so that a piece of
 * a longer frame is never taken for a frame.
 */
final class ReplyFramer {

  /** Length of an exception reply. */
  private static final int REFUSAL = 5;

  private static final int REFUSED = 0x80;

  /** Twice the longest frame, so that one whole frame always fits behind noise. */
  private final byte[] bytes = new byte[512];

  private int length;
  private int start;
  private boolean shifted;
  private boolean echoed;
  private byte[] sent = new byte[0];
  private RtuRequest request;
  private boolean awaitsEcho;

  /** What the bytes so far are. */
  enum Found {
    /** Nothing yet. */
    NOTHING,
    /** A reply after other bytes: to be taken if silence follows. */
    LIKELY_REPLY,
    REPLY,
    LIKELY_REFUSAL,
    /** An exception reply, its code at {@link #offset} + 2. */
    REFUSAL
  }

  private int offset;
  private int found;

  /**
   * @param adapterEchoes the adapter is known to return what we send: the first copy of a coil
   *     write is then its, not the slave's
   */
  void expect(RtuRequest expected, byte[] frame, boolean adapterEchoes) {
    request = expected;
    sent = frame;
    length = 0;
    start = 0;
    shifted = false;
    echoed = false;
    awaitsEcho = expected instanceof Read || adapterEchoes;
  }

  void add(byte[] source, int count) {
    if (length + count > bytes.length) {
      int kept = Math.min(length, bytes.length - count);
      System.arraycopy(bytes, length - kept, bytes, 0, kept);
      length = kept;
      start = 0;
      shifted = true;
    }
    System.arraycopy(source, 0, bytes, length, count);
    length += count;
  }

  /** True when bytes came that are not our own echo. */
  boolean heard() {
    return shifted || length > start;
  }

  /** True when our own request came back first. */
  boolean echoed() {
    return echoed;
  }

  byte[] bytes() {
    return bytes;
  }

  /** Where the frame that {@link #look} found begins. */
  int offset() {
    return offset;
  }

  /** What came behind the frame that {@link #look} found. */
  byte[] behind() {
    return Arrays.copyOfRange(bytes, offset + found, length);
  }

  /**
   * True when the bytes begin as the reply would, go on for longer, twice as long at most, and are
   * no frame: two slaves that speak at one time.
   */
  boolean doubled() {
    int heard = length - start;
    offset = start;
    return !shifted
        && heard > request.replyBytes()
        && heard <= 2 * request.replyBytes()
        && fits(RtuRequest.BYTES / 2)
        && bytes[start + 1] == (byte) request.function()
        && !Crc.fits(bytes, start, heard);
  }

  Found look() {
    if (awaitsEcho && !shifted && stillEcho()) {
      return Found.NOTHING;
    }
    for (offset = start; length - offset >= REFUSAL; offset++) {
      boolean refusal = fits(REFUSAL) && isRefusal();
      if (refusal || fits(request.replyBytes()) && isReply()) {
        found = refusal ? REFUSAL : request.replyBytes();
        if (offset == start && !shifted) {
          return refusal ? Found.REFUSAL : Found.REPLY;
        }
        if (offset + found == length) {
          return refusal ? Found.LIKELY_REFUSAL : Found.LIKELY_REPLY;
        }
      }
    }
    return Found.NOTHING;
  }

  /** True while all that came may yet become our own echo; steps over it when it is whole. */
  private boolean stillEcho() {
    int same = samePrefix();
    boolean whole = same == RtuRequest.BYTES;
    if (whole) {
      start = RtuRequest.BYTES;
      echoed = true;
    }
    awaitsEcho = !whole && same == length;
    return awaitsEcho;
  }

  private int samePrefix() {
    int same = 0;
    while (same < length && same < RtuRequest.BYTES && bytes[same] == sent[same]) {
      same++;
    }
    return same;
  }

  private boolean fits(int frame) {
    return length - offset >= frame && bytes[offset] == (byte) request.unit();
  }

  private boolean isRefusal() {
    return bytes[offset + 1] == (byte) (request.function() | REFUSED)
        && Crc.fits(bytes, offset, REFUSAL);
  }

  private boolean isReply() {
    if (bytes[offset + 1] != (byte) request.function()) {
      return false;
    }
    return switch (request) {
      case Read read ->
          bytes[offset + 2] == (byte) read.payloadBytes()
              && Crc.fits(bytes, offset, read.replyBytes());
      case WriteCoil _ -> isSent();
    };
  }

  private boolean isSent() {
    for (int i = 0; i < RtuRequest.BYTES; i++) {
      if (bytes[offset + i] != sent[i]) {
        return false;
      }
    }
    return true;
  }
}
