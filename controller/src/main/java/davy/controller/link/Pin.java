package davy.controller.link;

import davy.controller.config.Person;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/** Salted, slow hashes of PINs: PBKDF2 with HMAC-SHA256, as the JDK has it. */
public final class Pin {

  public static final int ITERATIONS = 210_000;
  public static final int LEAST_LENGTH = 6;
  private static final int SALT_BYTES = 16;
  private static final int HASH_BITS = 256;
  private static final byte[] NOBODY = new byte[SALT_BYTES];

  private Pin() {}

  /** A PIN's salt and hash, hex, as the persons file has them. */
  public record Hash(String salt, int iterations, String hash) {}

  /** Hashes a new PIN with a fresh salt. */
  public static Hash of(char[] pin) {
    byte[] salt = new byte[SALT_BYTES];
    new SecureRandom().nextBytes(salt);
    HexFormat hex = HexFormat.of();
    return new Hash(hex.formatHex(salt), ITERATIONS, hex.formatHex(hash(pin, salt, ITERATIONS)));
  }

  /** Compares in constant time. */
  static boolean matches(Person person, String pin) {
    HexFormat hex = HexFormat.of();
    byte[] salt = hex.parseHex(person.salt());
    byte[] found = hash(pin.toCharArray(), salt, person.iterations());
    return MessageDigest.isEqual(found, hex.parseHex(person.hash()));
  }

  /** Takes as long as a comparison, so that time does not tell who is known. */
  static void compareWithNobody(String pin) {
    hash(pin.toCharArray(), NOBODY, ITERATIONS);
  }

  private static byte[] hash(char[] pin, byte[] salt, int iterations) {
    PBEKeySpec spec = new PBEKeySpec(pin, salt, iterations, HASH_BITS);
    try {
      return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256").generateSecret(spec).getEncoded();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has PBKDF2WithHmacSHA256", e);
    } finally {
      spec.clearPassword();
    }
  }
}
