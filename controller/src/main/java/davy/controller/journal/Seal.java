package davy.controller.journal;

import davy.controller.json.JsonLine;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/**
 * A line that carries its own SHA-256: {@code {…,"hash":"64 hex"}}, over the bytes before {@code
 * ,"hash"}.
 */
final class Seal {

  static final String ZERO = "0".repeat(64);

  private static final byte[] BEFORE = ",\"hash\":\"".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] AFTER = "\"}".getBytes(StandardCharsets.US_ASCII);
  private static final int LENGTH = BEFORE.length + 64 + AFTER.length;

  private Seal() {}

  /**
   * @param line with its line end
   */
  record Sealed(byte[] line, String hash) {}

  /** An object as a sealed line; half a surrogate pair in it becomes a question mark. */
  static Sealed seal(Map<String, Object> fields) {
    return seal(JsonLine.write(fields).getBytes(StandardCharsets.UTF_8));
  }

  /** What a line holds; empty where it is no JSON object. */
  static Optional<Map<String, Object>> read(byte[] line, int length) {
    try {
      return Optional.of(JsonLine.read(new String(line, 0, length, StandardCharsets.UTF_8)));
    } catch (JsonLine.Malformed _) {
      return Optional.empty();
    }
  }

  /**
   * @param object a JSON object with at least one field, its last byte the closing brace
   */
  static Sealed seal(byte[] object) {
    int covered = object.length - 1;
    String hash = HexFormat.of().formatHex(sha256(object, covered));
    byte[] line = Arrays.copyOf(object, covered + LENGTH + 1);
    System.arraycopy(BEFORE, 0, line, covered, BEFORE.length);
    byte[] hex = hash.getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(hex, 0, line, covered + BEFORE.length, hex.length);
    System.arraycopy(AFTER, 0, line, covered + BEFORE.length + hex.length, AFTER.length);
    line[line.length - 1] = '\n';
    return new Sealed(line, hash);
  }

  /** The hash of a line without its line end; empty where it is not there or does not fit. */
  static Optional<String> check(byte[] line, int length) {
    int covered = length - LENGTH;
    if (covered < 1 || !at(line, covered, BEFORE) || !at(line, length - AFTER.length, AFTER)) {
      return Optional.empty();
    }
    String hash = HexFormat.of().formatHex(sha256(line, covered));
    boolean fits = at(line, covered + BEFORE.length, hash.getBytes(StandardCharsets.US_ASCII));
    return fits ? Optional.of(hash) : Optional.empty();
  }

  private static boolean at(byte[] line, int from, byte[] part) {
    return Arrays.equals(line, from, from + part.length, part, 0, part.length);
  }

  /** SHA-256 in lower-case hex. */
  static String hash(byte[] bytes) {
    return HexFormat.of().formatHex(sha256(bytes, bytes.length));
  }

  private static byte[] sha256(byte[] bytes, int length) {
    MessageDigest digest = digest();
    digest.update(bytes, 0, length);
    return digest.digest();
  }

  static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException missing) {
      throw new AssertionError("every Java platform has SHA-256", missing);
    }
  }
}
