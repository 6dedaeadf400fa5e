package davy.bridge.sim;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;

/** What a bad wire, or what hangs on it, makes of an answer on its way to the master. */
public enum WireFault {
  /** Bursts of noise out of nowhere, upon requests and answers alike. */
  NOISE,
  GARBAGE_BEFORE,
  GARBAGE_AFTER,
  GARBAGE_INSTEAD,
  BREAK_BEFORE,
  BREAK_INSIDE,
  TRUNCATED,
  /** Two bytes more than were asked for, its check right. */
  OVERLONG,
  WRONG_CRC,
  WRONG_UNIT,
  WRONG_FUNCTION,
  WRONG_COUNT,
  /** The master's own request comes back, and nothing else. */
  ECHO,
  /** Another slave's answer, ours at once behind it. */
  FOREIGN,
  EXCEPTION,
  /** Byte by byte, too slowly. */
  DRIBBLED,
  /** After the master has given up, before it may ask again. */
  LATE,
  /** The same once more, as of a second slave with the same address. */
  TWICE,
  /** Noise without an end. */
  BABBLE,
  /** One of those above but the last two, another one each time. */
  MIXED;

  private static final long LATE_NANOS = 60_000_000L;
  private static final long DRIBBLE_NANOS = 3_400_000L;
  private static final long TWICE_NANOS = 15_000_000L;
  private static final int NOISE_BYTES = 4;
  private static final int HEAD_BYTES = 3;
  private static final int BUSY = 6;

  /**
   * Bytes that go out without a pause.
   *
   * @param afterNanos from the moment at which the right answer would begin
   */
  record Piece(byte[] bytes, long afterNanos) {}

  /** As people type it: {@code garbage-before}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  public static Optional<WireFault> named(String id) {
    return Arrays.stream(values()).filter(fault -> fault.id().equals(id)).findFirst();
  }

  /** Those that leave good answers between the spoilt ones, where not every one is struck. */
  public static List<WireFault> passing() {
    return Arrays.stream(values()).filter(f -> f != TWICE && f != BABBLE && f != MIXED).toList();
  }

  /** Whether it comes by itself, and not with an answer. */
  boolean unasked() {
    return this == NOISE || this == BABBLE;
  }

  List<Piece> spoil(byte[] request, byte[] right, Random random) {
    return switch (this) {
      case NOISE, BABBLE -> List.of(new Piece(right, 0));
      case GARBAGE_BEFORE -> one(join(noise(random, NOISE_BYTES), right));
      case GARBAGE_AFTER -> one(join(right, noise(random, NOISE_BYTES)));
      case GARBAGE_INSTEAD -> one(noise(random, right.length));
      case BREAK_BEFORE -> one(join(new byte[1], right));
      case BREAK_INSIDE -> one(join(join(head(right), new byte[1]), behind(right)));
      case TRUNCATED -> one(Arrays.copyOf(right, right.length - 1));
      case OVERLONG -> one(overlong(right));
      case WRONG_CRC -> one(changed(right, right.length - 1, 0x10));
      case WRONG_UNIT -> one(closed(right, 0, 0x08));
      case WRONG_FUNCTION -> one(closed(right, 1, 0x07));
      case WRONG_COUNT -> one(closed(right, 2, 0x02));
      case ECHO -> one(request);
      case FOREIGN -> one(join(closed(right, 0, 0x10), right));
      case EXCEPTION -> one(Crc16.closed(new byte[] {right[0], (byte) (right[1] | 0x80), BUSY}));
      case DRIBBLED -> dribbled(right);
      case LATE -> List.of(new Piece(right, LATE_NANOS));
      case TWICE -> List.of(new Piece(right, 0), new Piece(right, TWICE_NANOS));
      case MIXED -> passing().get(random.nextInt(passing().size())).spoil(request, right, random);
    };
  }

  private static List<Piece> one(byte[] bytes) {
    return List.of(new Piece(bytes, 0));
  }

  private static List<Piece> dribbled(byte[] right) {
    List<Piece> pieces = new ArrayList<>();
    for (int i = 0; i < right.length; i++) {
      pieces.add(new Piece(new byte[] {right[i]}, i * DRIBBLE_NANOS));
    }
    return pieces;
  }

  static byte[] noise(Random random, int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }

  private static byte[] head(byte[] frame) {
    return Arrays.copyOf(frame, HEAD_BYTES);
  }

  private static byte[] behind(byte[] frame) {
    return Arrays.copyOfRange(frame, HEAD_BYTES, frame.length);
  }

  /** Counted and checked right. */
  private static byte[] overlong(byte[] right) {
    byte[] body = Arrays.copyOf(right, right.length);
    body[2] += 2;
    return Crc16.closed(body);
  }

  private static byte[] changed(byte[] frame, int at, int bits) {
    byte[] other = frame.clone();
    other[at] ^= (byte) bits;
    return other;
  }

  /** With one byte changed and its check right again. */
  private static byte[] closed(byte[] right, int at, int bits) {
    return Crc16.closed(Arrays.copyOf(changed(right, at, bits), right.length - 2));
  }

  private static byte[] join(byte[] one, byte[] other) {
    byte[] both = Arrays.copyOf(one, one.length + other.length);
    System.arraycopy(other, 0, both, one.length, other.length);
    return both;
  }
}
