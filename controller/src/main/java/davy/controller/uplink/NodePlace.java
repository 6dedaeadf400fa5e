package davy.controller.uplink;

import davy.controller.json.JsonFile;
import davy.controller.json.JsonLine;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import org.tinylog.Logger;

/**
 * What the edge node keeps on disk.
 *
 * @param birthNumber bdSeq of the last CONNECT, −1 for none yet
 * @param epoch of the journal that seq counts in, empty for none yet
 * @param seq all records up to here were told
 */
record NodePlace(int birthNumber, String epoch, long seq) {

  static final NodePlace NONE = new NodePlace(-1, "", 0);

  static NodePlace read(Path file) {
    try {
      Map<String, Object> fields = JsonLine.read(Files.readString(file).strip());
      if (fields.get("bdSeq") instanceof Long number
          && fields.get("epoch") instanceof String epoch
          && fields.get("seq") instanceof Long seq) {
        return new NodePlace((int) (number & 0xFF), epoch, seq);
      }
      Logger.warn("{} is not understood: bdSeq begins at 0, the past at the present", file);
    } catch (NoSuchFileException e) {
      Logger.info("sparkplug: no bdSeq yet, it begins at 0");
    } catch (IOException | JsonLine.Malformed e) {
      Logger.warn("{} can't be read, bdSeq begins at 0: {}", file, e.getMessage());
    }
    return NONE;
  }

  /** Replaces the file as a whole, on disk, its name in the folder too. */
  void write(Path file) throws IOException {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("bdSeq", birthNumber);
    fields.put("epoch", epoch);
    fields.put("seq", seq);
    JsonFile.replace(file, fields);
    Path folder = file.toAbsolutePath().getParent();
    try (FileChannel entries = FileChannel.open(folder, StandardOpenOption.READ)) {
      entries.force(true);
    }
  }
}
