package davy.controller.demo;

import davy.controller.config.Folders;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;

/**
 * The files that the demonstration's heading is made of: a site file of its own and two persons.
 */
final class DemoSite {

  /** The coil lets go by itself so long after its last refresh. */
  static final int PULSE_MILLIS = 1_000;

  static final String PERSON = "demo";

  /** Needed where two persons must ask; same PIN. */
  static final String SECOND = "demo2";

  static final String PIN = "123456";

  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rw-------");

  private DemoSite() {}

  /** Writes both; returns the site file. */
  static Path write(Path root, String broker, String countyKey, int panelPort) throws IOException {
    Folders folders = Folders.of(Optional.of(root));
    Files.createDirectories(folders.etc());
    Path site = folders.etc().resolve("site.toml");
    Files.writeString(
        site,
        resource("/davy/demo/site.toml")
            .replace("@sensors@", MineMain.link(root, Mine.SENSORS).toString())
            .replace("@relays@", MineMain.link(root, Mine.RELAYS).toString())
            .replace("@contacts@", MineMain.link(root, Mine.CONTACTS).toString())
            .replace("@guard@", MineMain.link(root, GuardBoard.LINE).toString())
            .replace("@countyKey@", countyKey)
            .replace("@maps@", maps(folders.etc()))
            .replace("@pulse@", Integer.toString(PULSE_MILLIS))
            .replace("@dropOut@", Integer.toString(Mine.DROP_OUT_MILLIS))
            .replace("@broker@", broker)
            .replace("@panel@", Integer.toString(panelPort)));
    Files.createFile(folders.persons(), PosixFilePermissions.asFileAttribute(OWNER_ONLY));
    Files.writeString(folders.persons(), resource("/davy/demo/persons.toml"));
    return site;
  }

  /**
   * Writes the maps of the simulated heads: those of the real ones with the time that the simulated
   * ones take. The real ones are too slow to share a line within the legal limit.
   *
   * @return the files as the site file lists them
   */
  private static String maps(Path etc) throws IOException {
    StringJoiner files = new StringJoiner(", ");
    for (String name : List.of("gas-6in1", "gas-6in1-co", "wind-speed")) {
      String text = resource("/davy/maps/" + name + ".toml");
      text = with(text, "name", "\"demo-" + name + "\"");
      text = with(text, "turnaroundTypicalMillis", Integer.toString(Mine.TURNAROUND_MILLIS));
      text = with(text, "turnaroundMaxMillis", "40");
      text = with(text, "lateReplyMillis", "60");
      text = with(text, "minPollMillis", "100");
      Files.writeString(etc.resolve("demo-" + name + ".toml"), text);
      files.add("\"demo-" + name + ".toml\"");
    }
    return files.toString();
  }

  /** The text with the first value of a key replaced. */
  private static String with(String text, String key, String value) {
    String changed = text.replaceFirst("(?m)^" + key + " = .*$", key + " = " + value);
    if (changed.equals(text)) {
      throw new IllegalStateException("a built-in device map has no " + key);
    }
    return changed;
  }

  private static String resource(String name) {
    try (InputStream in = DemoSite.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(name + " is not in the jar", e);
    }
  }
}
