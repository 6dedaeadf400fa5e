package davy.controller.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.tinylog.Logger;

/** The one folder of all files of a run; deleted at its end, unless it is to be kept. */
final class DemoFolder {

  private final Path path;
  private final boolean keep;

  private DemoFolder(Path path, boolean keep) {
    this.path = path;
    this.keep = keep;
  }

  /**
   * @param root where given: must be empty or absent, for it will be deleted
   * @throws IOException naming the folder and what is wrong with it
   */
  static DemoFolder make(Optional<Path> root, boolean keep) throws IOException {
    Path path =
        root.isPresent()
            ? Files.createDirectories(root.get().toAbsolutePath())
            : Files.createTempDirectory("davy-demo-");
    try (Stream<Path> inside = Files.list(path)) {
      if (inside.findAny().isPresent()) {
        throw new IOException(path + " is not empty: the demonstration deletes its folder");
      }
    }
    DemoFolder folder = new DemoFolder(path, keep);
    Files.createDirectories(folder.temporary());
    return folder;
  }

  Path path() {
    return path;
  }

  Path logs() {
    return path.resolve("log");
  }

  /** Where the processes may unpack what they need. */
  Path temporary() {
    return path.resolve("tmp");
  }

  /** Idempotent; any thread. */
  synchronized void delete() {
    if (keep || !Files.exists(path)) {
      return;
    }
    try (Stream<Path> all = Files.walk(path)) {
      List<Path> deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
      for (Path one : deepestFirst) {
        Files.deleteIfExists(one);
      }
    } catch (NoSuchFileException _) {
      delete();
    } catch (IOException | UncheckedIOException e) {
      Logger.error("{} could not be deleted: {}", path, e.getMessage());
    }
  }
}
