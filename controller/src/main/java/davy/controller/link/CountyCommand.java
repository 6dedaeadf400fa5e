package davy.controller.link;

import davy.controller.config.County;
import davy.controller.json.JsonLine;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A remote trip (远程断电) as the county signed it (S21). It can ask for nothing but a trip: the format
 * has no room for anything that restores.
 *
 * @param station mine and station, {@code 410403004688/00001}
 * @param epoch of the station's journal
 * @param nonce the interlock's own, from its status
 * @param number the county's, handed back with the answer
 */
record CountyCommand(
    String station, String epoch, String nonce, String number, String zone, String reason) {

  private static final Set<String> FIELDS =
      Set.of("station", "epoch", "nonce", "number", "zone", "reason");
  private static final int LONGEST = 200;

  /**
   * @param bytes a flat JSON object of the six texts and nothing else
   */
  static CountyCommand read(byte[] bytes) throws RequestText.Malformed {
    Map<String, String> texts = new HashMap<>();
    try {
      JsonLine.read(new String(bytes, StandardCharsets.UTF_8))
          .forEach((key, value) -> texts.put(key, value instanceof String text ? text : ""));
    } catch (JsonLine.Malformed e) {
      throw new RequestText.Malformed("the command is no JSON object: " + e.getMessage());
    }
    if (!texts.keySet().equals(FIELDS)) {
      throw new RequestText.Malformed("a command has the fields " + List.copyOf(FIELDS));
    }
    if (texts.values().stream().anyMatch(text -> text.isBlank() || text.length() > LONGEST)) {
      throw new RequestText.Malformed("a command's fields are texts of 1 to 200 characters");
    }
    return new CountyCommand(
        texts.get("station"),
        texts.get("epoch"),
        texts.get("nonce"),
        texts.get("number"),
        texts.get("zone"),
        texts.get("reason"));
  }

  static byte[] base64(String text, String what) throws RequestText.Malformed {
    try {
      return Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      throw new RequestText.Malformed("the " + what + " is not base64");
    }
  }

  /** Whether one of the county's keys made this signature over these very bytes. */
  static boolean signed(County county, byte[] bytes, byte[] signature) {
    return county.keys().stream().anyMatch(key -> signed(key, bytes, signature));
  }

  private static boolean signed(PublicKey key, byte[] bytes, byte[] signature) {
    try {
      Signature verifier = Signature.getInstance("Ed25519");
      verifier.initVerify(key);
      verifier.update(bytes);
      return verifier.verify(signature);
    } catch (GeneralSecurityException _) {
      return false;
    }
  }
}
