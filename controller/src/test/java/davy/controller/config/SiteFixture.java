package davy.controller.config;

import davy.controller.config.SiteFile.Outcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The good site of the tests, and copies of it with something changed. */
final class SiteFixture {

  static final Path FOLDER = Path.of("src/test/resources/davy/controller/config/site");

  private final Path folder;
  private final String name;

  /**
   * @param folder an empty one, for the changed copies
   */
  SiteFixture(Path folder) throws IOException {
    this(folder, "good.toml");
  }

  /**
   * @param name of the good site
   */
  SiteFixture(Path folder, String name) throws IOException {
    this.folder = folder;
    this.name = name;
    try (Stream<Path> files = Files.list(FOLDER)) {
      for (Path file : files.toList()) {
        Files.copy(file, folder.resolve(file.getFileName()));
      }
    }
  }

  String good() {
    try {
      return Files.readString(folder.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The good site with its first {@code old} replaced. */
  Outcome with(String old, String replacement) {
    if (!good().contains(old)) {
      throw new IllegalArgumentException("the good site does not contain " + old);
    }
    int at = good().indexOf(old);
    return read(good().substring(0, at) + replacement + good().substring(at + old.length()));
  }

  Outcome read(String text) {
    try {
      Path file = Files.writeString(folder.resolve("site.toml"), text);
      return SiteFile.read(file, Path::of);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Site accepted(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Accepted(Site site) -> site;
      case Outcome.Refused(List<Complaint> complaints) ->
          throw new AssertionError("refused: " + complaints);
      case Outcome.Unreadable(Complaint complaint) -> throw new AssertionError(complaint);
    };
  }

  /** Complaints without the folder: {@code site.toml:3:1: …}. */
  List<String> told(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Accepted _ -> List.of();
      case Outcome.Refused(List<Complaint> complaints) ->
          complaints.stream().map(c -> c.toString().replace(folder + "/", "")).toList();
      case Outcome.Unreadable(Complaint complaint) -> List.of(complaint.toString());
    };
  }
}
