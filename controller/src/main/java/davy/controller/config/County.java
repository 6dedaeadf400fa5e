package davy.controller.config;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.List;

/**
 * Who may trip a zone from afar (远程断电, S21).
 *
 * @param name as journal and panel show it
 * @param keys Ed25519, one or two: the old and the new one
 */
public record County(String name, List<PublicKey> keys) {

  public static final int MOST_KEYS = 2;

  public County {
    keys = List.copyOf(keys);
  }

  /**
   * @param base64 the key's X.509 form, as in the lines between BEGIN and END of a PEM file
   * @throws GeneralSecurityException where it is no Ed25519 key
   */
  public static PublicKey key(String base64) throws GeneralSecurityException {
    try {
      byte[] encoded = Base64.getDecoder().decode(base64);
      return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded));
    } catch (IllegalArgumentException e) {
      throw new GeneralSecurityException("not base64: " + e.getMessage(), e);
    }
  }
}
