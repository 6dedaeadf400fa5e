package davy.controller.config;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Where a running Davy keeps its files. Under {@code --root DIR} all of it stands in one folder;
 * installed, it stands where Debian keeps such things.
 *
 * @param etc persons.toml, and site.toml by custom
 * @param run the sockets of the seam
 * @param journal the evidence journal: written by the interlock, read by the station
 * @param interlock the interlock's own state: saved latches
 * @param station the station's own state
 */
public record Folders(Path etc, Path run, Path journal, Path interlock, Path station) {

  public static Folders of(Optional<Path> root) {
    return root.map(Folders::under).orElseGet(Folders::installed);
  }

  private static Folders under(Path root) {
    Path folder = root.toAbsolutePath();
    return new Folders(
        folder.resolve("etc"),
        folder.resolve("run"),
        folder.resolve("journal"),
        folder.resolve("interlock"),
        folder.resolve("station"));
  }

  private static Folders installed() {
    Path state = Path.of("/var/lib/davy");
    return new Folders(
        Path.of("/etc/davy"),
        Path.of("/run/davy"),
        state.resolve("journal"),
        state.resolve("interlock"),
        state.resolve("station"));
  }

  /** Persons and their PIN hashes, readable by the interlock alone. */
  public Path persons() {
    return etc.resolve("persons.toml");
  }

  /** Alarms that outlive a restart, apart from the latches: nothing is released or held by them. */
  public Path alarms() {
    return interlock.resolve("alarms");
  }

  public Path statusSocket() {
    return run.resolve("status.sock");
  }

  public Path panelSocket() {
    return run.resolve("panel.sock");
  }

  public Path uplinkSocket() {
    return run.resolve("uplink.sock");
  }
}
