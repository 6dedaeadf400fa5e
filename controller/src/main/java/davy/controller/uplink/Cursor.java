package davy.controller.uplink;

import davy.controller.json.JsonLine;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
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
    replace(file, JsonLine.write(fields) + "\n");
  }

  /** Gives a file another content: all of it is on disk before the old one is gone. */
  static void replace(Path file, String text) throws IOException {
    Path draft = file.resolveSibling(file.getFileName() + ".new");
    try (FileChannel channel =
        FileChannel.open(
            draft,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
      channel.force(true);
    }
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
