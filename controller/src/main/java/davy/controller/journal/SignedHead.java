package davy.controller.journal;

import davy.controller.json.JsonLine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The latest checkpoint in a file of its own beside the segments. It outlives a cut of the journal
 * that takes the checkpoint records with it.
 *
 * @param publicKey base64 of the X.509 form, so that the file can be checked by itself
 */
record SignedHead(Checkpoint checkpoint, String publicKey) {

  private static final int MOST_BYTES = 4096;

  /** Puts it in place whole, on disk. */
  void write(Storage storage) throws IOException {
    Map<String, Object> fields = new LinkedHashMap<>(checkpoint.fields());
    fields.put("publicKey", publicKey);
    byte[] line = (JsonLine.write(fields) + "\n").getBytes(StandardCharsets.UTF_8);
    storage.replace(Checkpoint.HEAD_FILE, line);
  }

  /** It signed another record of this number and epoch. */
  boolean denies(JournalRecord record, String epoch) {
    return record.seq() == checkpoint.upTo()
        && epoch.equals(checkpoint.epoch())
        && !record.hash().equals(checkpoint.head());
  }

  /** Empty where there is none, or none whose signature fits its own key. */
  static Optional<SignedHead> read(Storage storage) throws IOException {
    if (!storage.names().contains(Checkpoint.HEAD_FILE)) {
      return Optional.empty();
    }
    byte[] bytes = new byte[MOST_BYTES];
    int count = Math.max(0, storage.read(Checkpoint.HEAD_FILE, 0, bytes, 0, bytes.length));
    String line = new String(bytes, 0, count, StandardCharsets.UTF_8).strip();
    try {
      Map<String, Object> fields = JsonLine.read(line);
      String key = fields.get("publicKey") instanceof String text ? text : "";
      Optional<PublicKey> open = DeviceKey.publicKey(key);
      return Checkpoint.of(fields)
          .filter(found -> open.filter(found::signedBy).isPresent())
          .filter(found -> open.map(Fingerprint::of).equals(Optional.of(found.key())))
          .map(found -> new SignedHead(found, key));
    } catch (JsonLine.Malformed e) {
      return Optional.empty();
    }
  }
}
