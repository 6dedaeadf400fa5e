package davy.bridge.guard;

import davy.bridge.guard.FromGuard.Question;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The answer to one question, made of one scan's report and nothing else (S1, S14).
 *
 * @param ageMillis rounded up, at most 65535
 * @param flags 1 roll call complete, 2 no permit is granted
 */
record Beat(int number, int scan, int image, int ageMillis, int flags, long digest, int code) {

  static final int BYTES = 28;
  static final int ROLL_CALL = 1;
  static final int NO_GRANTS = 2;

  private static final long MILLI = 1_000_000L;
  private static final int AGE_MAX = 0xFFFF;
  private static final int CODE_START = 0x44565947;

  static Beat of(Question question, ScanReport report) {
    int age = (int) Math.min(AGE_MAX, (report.oldestAgeNanos() + MILLI - 1) / MILLI);
    int flags = (report.rollCall() ? ROLL_CALL : 0) | (report.granting() ? 0 : NO_GRANTS);
    int scan = (int) report.scan();
    int code =
        code(
            question.value(),
            question.number(),
            scan,
            report.image(),
            age | flags << 16,
            (int) report.siteDigest(),
            (int) (report.siteDigest() >>> 32));
    return new Beat(question.number(), scan, report.image(), age, flags, report.siteDigest(), code);
  }

  /** Folds the question and every word of the answer. */
  static int code(int question, int... words) {
    int hash = mix(CODE_START, question);
    for (int word : words) {
      hash = mix(hash, word);
    }
    return hash;
  }

  private static int mix(int hash, int word) {
    int h = (hash ^ word) * 0x85EBCA6B;
    h = (h ^ h >>> 13) * 0xC2B2AE35;
    return h ^ h >>> 16;
  }

  byte[] payload() {
    ByteBuffer out = ByteBuffer.allocate(BYTES).order(ByteOrder.LITTLE_ENDIAN);
    out.putInt(number).putInt(scan).putInt(image);
    out.putShort((short) ageMillis).put((byte) flags).put((byte) 0);
    return out.putLong(digest).putInt(code).array();
  }
}
