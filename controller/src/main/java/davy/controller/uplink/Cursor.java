package davy.controller.uplink;

import davy.controller.json.JsonFile;
import davy.controller.json.JsonLine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.tinylog.Logger;

/**
 * How far the county has said, by number and hash, that it has the journal. A lost cursor only
 * means that records are sent twice.
 *
 * @param epoch of the journal that seq counts in
 * @param seq last record that the county has acknowledged, 0 for none
 * @param hash of that record, empty where it is not known
 */
record Cursor(String epoch, long seq, String hash) {

  static final Cursor NONE = new Cursor("", 0, "");

  static Cursor read(Path file) {
    try {
      Map<String, Object> fields = JsonLine.read(Files.readString(file).strip());
      if (fields.get("epoch") instanceof String epoch
          && fields.get("seq") instanceof Long seq
          && fields.get("hash") instanceof String hash) {
        return new Cursor(epoch, seq, hash);
      }
      Logger.warn("{} is not understood: the journal is sent again", file);
    } catch (NoSuchFileException e) {
      Logger.info("no cursor yet: the journal is sent from its begin");
    } catch (IOException | JsonLine.Malformed e) {
      Logger.warn("{} can't be read: the journal is sent again: {}", file, e.getMessage());
    }
    return NONE;
  }

  /** Replaces the file as a whole, on disk. */
  void write(Path file) throws IOException {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("epoch", epoch);
    fields.put("seq", seq);
    fields.put("hash", hash);
    JsonFile.replace(file, fields);
  }
}
