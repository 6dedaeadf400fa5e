package davy.controller.json;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Map;

/** A small file of one JSON object. */
public final class JsonFile {

  private JsonFile() {}

  /** Gives a file another content: all of it is on disk before the old one is gone. */
  public static void replace(Path file, Map<String, ?> fields) throws IOException {
    Path draft = file.resolveSibling(file.getFileName() + ".new");
    ByteBuffer bytes =
        ByteBuffer.wrap((JsonLine.write(fields) + "\n").getBytes(StandardCharsets.UTF_8));
    try (FileChannel channel =
        FileChannel.open(
            draft,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
