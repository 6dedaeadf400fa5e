package davy.controller.journal;

import davy.controller.event.EventCode;
import davy.hal.signal.Tick;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A signed statement: the record {@code upTo} of this epoch had this hash, and so, by the chain,
 * had all before it.
 *
 * @param key fingerprint of the key it is signed with
 * @param signature base64 of the Ed25519 signature over {@link #statement}
 */
record Checkpoint(String epoch, long upTo, String head, String key, String signature) {

  /** Beside the segments: the latest checkpoint, so that a journal cut short is noticed. */
  static final String HEAD_FILE = "head.json";

  static Checkpoint sign(SigningKey key, String epoch, long upTo, String head) {
    byte[] signature = key.sign(statement(epoch, upTo, head));
    return new Checkpoint(
        epoch, upTo, head, key.fingerprint(), Base64.getEncoder().encodeToString(signature));
  }

  /** What is signed: five short lines of ASCII. */
  static byte[] statement(String epoch, long upTo, String head) {
    String text = "davy checkpoint\n1\n" + epoch + "\n" + upTo + "\n" + head + "\n";
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** The checkpoint that a record holds; empty where it lacks a part. */
  static Optional<Checkpoint> of(Map<String, Object> fields) {
    return fields.get("epoch") instanceof String epoch
            && fields.get("upTo") instanceof Long upTo
            && fields.get("head") instanceof String head
            && fields.get("key") instanceof String key
            && fields.get("signature") instanceof String signature
        ? Optional.of(new Checkpoint(epoch, upTo, head, key, signature))
        : Optional.empty();
  }

  boolean signedBy(PublicKey open) {
    try {
      byte[] bytes = Base64.getDecoder().decode(signature);
      return fits(open, statement(epoch, upTo, head), bytes);
    } catch (IllegalArgumentException notBase64) {
      return false;
    }
  }

  static boolean fits(PublicKey open, byte[] statement, byte[] signature) {
    try {
      Signature check = Signature.getInstance("Ed25519");
      check.initVerify(open);
      check.update(statement);
      return check.verify(signature);
    } catch (GeneralSecurityException unfit) {
      return false;
    }
  }

  Entry entry(Tick now, String why) {
    Map<String, Object> fields = fields();
    fields.put("why", why);
    return new Entry(EventCode.JOURNAL_CHECKPOINT, now, fields);
  }

  Map<String, Object> fields() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("epoch", epoch);
    fields.put("upTo", upTo);
    fields.put("head", head);
    fields.put("key", key);
    fields.put("signature", signature);
    return fields;
  }
}
