package davy.controller.doctor;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import davy.controller.config.Site;
import davy.controller.config.SiteFile;
import davy.controller.doctor.Finding.Grade;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A machine made up of the files that it would have.
 *
 * @param root the folder that stands for its /
 */
record Patient(Path root) {

  private static final Path SITES = Path.of("../deploy/sites");

  Machine machine() {
    return new Machine(root);
  }

  Path at(String path) {
    return root.resolve(path.substring(1));
  }

  Path file(String path, String text) throws IOException {
    Files.createDirectories(at(path).getParent());
    return Files.writeString(at(path), text + "\n");
  }

  /** A link to another path of this machine. */
  void link(String path, String to) throws IOException {
    Files.createDirectories(at(path).getParent());
    Files.createSymbolicLink(at(path), at(to));
  }

  /** The example heading as a bench, with one word replaced wherever it stands. */
  Site heading(String old, String replacement) throws IOException {
    Path maps = Files.createDirectories(at("/etc/davy/maps"));
    try (Stream<Path> files = Files.list(SITES.resolve("maps"))) {
      for (Path file : files.toList()) {
        Files.writeString(maps.resolve(file.getFileName()), Files.readString(file));
      }
    }
    String good = Files.readString(SITES.resolve("heading.toml"));
    assertTrue(good.contains(old), old);
    Path file =
        file(
            "/etc/davy/site.toml",
            good.replace(old, replacement).replace("[site]", "[site]\nbench = true"));
    return assertInstanceOf(SiteFile.Outcome.Accepted.class, SiteFile.read(file)).site();
  }

  static Grade worst(List<Finding> findings) {
    return findings.stream().map(Finding::grade).max(Grade::compareTo).orElseThrow();
  }

  static void assertSays(List<Finding> findings, Grade grade, String words) {
    assertTrue(
        findings.stream()
            .anyMatch(f -> f.grade() == grade && (f.subject() + ": " + f.words()).contains(words)),
        () -> "no " + grade + " \"" + words + "\" in " + findings);
  }
}
