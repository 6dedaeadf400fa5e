package davy.controller.demo;

import davy.controller.config.Folders;
import davy.controller.link.Pin;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

/** The files that the demonstration's heading is made of: a site file of its own and one person. */
final class DemoSite {

  /** The coil lets go by itself so long after its last refresh. */
  static final int PULSE_MILLIS = 800;

  static final String PERSON = "demo";
  static final String PIN = "123456";

  private DemoSite() {}

  /** Writes both; returns the site file. */
  static Path write(Path root, String broker, int panelPort) throws IOException {
    Folders folders = Folders.of(Optional.of(root));
    Files.createDirectories(folders.etc());
    Path site = folders.etc().resolve("site.toml");
    Files.writeString(
        site,
        template()
            .replace("@sensors@", MineMain.link(root, Mine.SENSORS).toString())
            .replace("@relays@", MineMain.link(root, Mine.RELAYS).toString())
            .replace("@pulse@", Integer.toString(PULSE_MILLIS))
            .replace("@dropOut@", Integer.toString(Mine.DROP_OUT_MILLIS))
            .replace("@broker@", broker)
            .replace("@panel@", Integer.toString(panelPort)));
    writePersons(folders.persons());
    return site;
  }

  /** The one person of the demonstration, whose PIN everybody may know. */
  private static void writePersons(Path file) throws IOException {
    Pin.Hash hash = Pin.of(PIN.toCharArray());
    Set<PosixFilePermission> ownersOnly = PosixFilePermissions.fromString("rw-------");
    Files.createFile(file, PosixFilePermissions.asFileAttribute(ownersOnly));
    Files.writeString(
        file,
        """
        [[person]]
        name = "%s"
        title = "演示电工"
        roles = ["electrician", "monitoring"]
        salt = "%s"
        iterations = %d
        hash = "%s"
        """
            .formatted(PERSON, hash.salt(), hash.iterations(), hash.hash()));
  }

  private static String template() {
    try (InputStream in = DemoSite.class.getResourceAsStream("/davy/demo/site.toml")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("the demonstration's site file is not in the jar", e);
    }
  }
}
