package davy.controller.config;

import java.io.IOException;
import java.nio.file.Path;

/** What the path of a serial port tells before it is opened. */
@FunctionalInterface
interface Ports {

  /** Follows links; a port that is not there now is taken for hardware. */
  Ports MACHINE =
      port -> {
        try {
          return Path.of(port).toRealPath();
        } catch (IOException _) {
          return Path.of(port).normalize();
        }
      };

  /** The device itself, whatever names lead to it. */
  Path device(String port);

  default boolean pseudoTerminal(String port) {
    return device(port).startsWith("/dev/pts");
  }

  /** Whether another adapter may have this name after the next boot. */
  static boolean wandering(String port) {
    return port.matches("/dev/tty(USB|ACM)\\d+");
  }
}
