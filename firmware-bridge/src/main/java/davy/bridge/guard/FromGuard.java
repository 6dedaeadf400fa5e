package davy.bridge.guard;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** What the guard says, decoded; the layouts stand in {@code guard_frame.h}. */
sealed interface FromGuard {

  record Introduced(GuardImage.Identity identity) implements FromGuard {}

  /**
   * @param number of the question
   * @param value what the answer must be made from
   */
  record Question(int number, int value) implements FromGuard {}

  record Told(GuardImage.Status status) implements FromGuard {}

  /**
   * @param latest causes of the latest drops, newest first
   * @param counts how often each cause dropped, by its ordinal
   */
  record Drops(List<GuardCause> latest, List<Integer> counts) implements FromGuard {}

  int IDENTITY_BYTES = 28;
  int QUESTION_BYTES = 8;
  int STATUS_BYTES = 32;
  int LATEST = 8;

  int NO_SUPPLY = 0xFFFF;
  int NO_TEMPERATURE = Short.MIN_VALUE;

  /** Empty for a frame that is none of the guard's or has not its length. */
  static Optional<FromGuard> decode(GuardFrame frame) {
    ByteBuffer in = ByteBuffer.wrap(frame.payload()).order(ByteOrder.LITTLE_ENDIAN);
    int length = in.remaining();
    boolean fits =
        switch (frame.type()) {
          case GuardFrame.IDENTITY -> length == IDENTITY_BYTES;
          case GuardFrame.QUESTION -> length == QUESTION_BYTES;
          case GuardFrame.STATUS -> length == STATUS_BYTES;
          case GuardFrame.DROPS -> length >= LATEST && length % 2 == 0;
          default -> false;
        };
    if (!fits) {
      return Optional.empty();
    }
    return Optional.of(
        switch (frame.type()) {
          case GuardFrame.IDENTITY -> identity(in);
          case GuardFrame.QUESTION -> new Question(in.getInt(), in.getInt());
          case GuardFrame.STATUS -> status(in);
          default -> drops(in);
        });
  }

  private static FromGuard identity(ByteBuffer in) {
    return new Introduced(
        new GuardImage.Identity(
            in.get(0) & 0xFF,
            in.get(1) & 0xFF,
            in.getShort(2) & 0xFFFF,
            in.getInt(4) & 0xFFFF_FFFFL,
            in.getShort(8) & 0xFFFF,
            in.getShort(10) & 0xFFFF,
            in.getShort(12) & 0xFFFF,
            in.get(14) & 0xFF,
            cause(in.get(15)),
            in.getShort(16) & 0xFFFF,
            in.getLong(20)));
  }

  private static FromGuard status(ByteBuffer in) {
    int inputs = in.get(4);
    int supply = in.getShort(8) & 0xFFFF;
    int temperature = in.getShort(10);
    return new Told(
        new GuardImage.Status(
            in.get(0) == 1,
            cause(in.get(1)),
            cause(in.get(2)),
            in.get(3) & 0xFF,
            (inputs & 1) != 0,
            (inputs & 2) != 0,
            (inputs & 4) != 0,
            (inputs & 8) != 0,
            in.getShort(6) & 0xFFFF,
            supply == NO_SUPPLY ? OptionalInt.empty() : OptionalInt.of(supply),
            temperature == NO_TEMPERATURE ? OptionalInt.empty() : OptionalInt.of(temperature),
            in.getInt(12) & 0xFFFF_FFFFL,
            in.getInt(16) & 0xFFFF_FFFFL,
            in.getInt(20) & 0xFFFF_FFFFL,
            in.getShort(24) & 0xFFFF,
            in.getShort(26) & 0xFFFF,
            in.getShort(28) & 0xFFFF));
  }

  private static FromGuard drops(ByteBuffer in) {
    List<GuardCause> latest = new ArrayList<>();
    for (int i = 0; i < LATEST; i++) {
      latest.add(cause(in.get()));
    }
    List<Integer> counts = new ArrayList<>();
    while (in.hasRemaining()) {
      counts.add(in.getShort() & 0xFFFF);
    }
    return new Drops(List.copyOf(latest), List.copyOf(counts));
  }

  /** A code that this program does not know yet is an assertion: it says nothing good. */
  private static GuardCause cause(byte code) {
    GuardCause[] causes = GuardCause.values();
    return (code & 0xFF) < causes.length ? causes[code & 0xFF] : GuardCause.ASSERTION;
  }
}
