package davy.controller.doctor;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Files by which Linux tells of itself.
 *
 * @param root where they stand: / for this machine
 */
public record Machine(Path root) {

  /** This one. */
  public static final Machine OWN = new Machine(Path.of("/"));

  /**
   * @param path absolute, as on the machine
   */
  Path at(String path) {
    return root.resolve(path.substring(1));
  }

  boolean has(String path) {
    return Files.exists(at(path));
  }

  /**
   * The file's text without its ends; empty where it is not there or not to be read. Asked for in
   * large pieces: the numbers under {@code /proc/sys} give no more than the first piece, and {@link
   * Files#readString} begins with one byte where a file has no size.
   */
  Optional<String> text(String path) {
    try (InputStream file = Files.newInputStream(at(path))) {
      return Optional.of(new String(file.readAllBytes(), StandardCharsets.UTF_8).strip());
    } catch (IOException _) {
      return Optional.empty();
    }
  }

  /** Names in a folder, in order; none where there is no such folder. */
  List<String> names(String folder, String glob) {
    List<String> names = new ArrayList<>();
    try (DirectoryStream<Path> found = Files.newDirectoryStream(at(folder), glob)) {
      found.forEach(path -> names.add(path.getFileName().toString()));
    } catch (IOException _) {
      return List.of();
    }
    Collections.sort(names);
    return names;
  }

  /** The last name of what a link points to; empty where it is no link. */
  Optional<String> linkedName(String path) {
    try {
      return Optional.of(Files.readSymbolicLink(at(path)).getFileName().toString());
    } catch (IOException | UnsupportedOperationException _) {
      return Optional.empty();
    }
  }
}
