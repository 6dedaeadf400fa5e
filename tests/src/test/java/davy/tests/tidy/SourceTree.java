package davy.tests.tidy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The repository's own text files. */
final class SourceTree {

  /** A file by its path within the repository, with {@code /} between names. */
  record SourceFile(String name, String text) {

    boolean isJava() {
      return name.endsWith(".java");
    }

    boolean isMain() {
      return name.contains("/src/main/");
    }

    List<String> lines() {
      return text.lines().toList();
    }
  }

  private static final Set<String> SKIPPED = Set.of(".git", "target", ".davy", ".idea", ".vscode");
  private static final Set<String> ENDINGS =
      Set.of(
          "java",
          "md",
          "xml",
          "toml",
          "sh",
          "args",
          "properties",
          "html",
          "css",
          "js",
          "c",
          "h",
          "txt",
          "service",
          "rules",
          "config");
  private static final Set<String> SCRIPTS = Set.of("davy", "run");

  private SourceTree() {}

  /** The folder that holds all modules: the first one upwards that has the start script. */
  static Path root() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.isRegularFile(folder.resolve("davy"))) {
      folder = folder.getParent();
    }
    return folder;
  }

  static List<SourceFile> files() {
    Path root = root();
    try (var paths = Files.walk(root)) {
      return paths
          .filter(path -> isText(root.relativize(path)) && Files.isRegularFile(path))
          .sorted()
          .map(path -> new SourceFile(root.relativize(path).toString(), read(path)))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isText(Path path) {
    for (Path part : path) {
      if (SKIPPED.contains(part.toString())) {
        return false;
      }
    }
    String name = path.getFileName().toString();
    return SCRIPTS.contains(name) || ENDINGS.contains(name.substring(name.lastIndexOf('.') + 1));
  }

  private static String read(Path path) {
    try {
      return Files.readString(path);
    } catch (IOException e) {
      throw new UncheckedIOException(path.toString(), e);
    }
  }

  /** Fails with every complaint on a line of its own. */
  static void assertNone(List<String> complaints) {
    if (!complaints.isEmpty()) {
      throw new AssertionError(
          complaints.stream().sorted().collect(Collectors.joining("\n", "\n", "\n")));
    }
  }
}
