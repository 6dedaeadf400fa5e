package davy.controller.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** This boot of the machine: ticks compare only within one. */
final class Boot {

  static final String UNKNOWN = "unknown";

  private Boot() {}

  static String id() {
    try {
      return Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();
    } catch (IOException unknown) {
      return UNKNOWN;
    }
  }
}
