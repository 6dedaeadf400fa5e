package davy.bridge.serial;

import davy.hal.posix.ErrnoException;
import davy.hal.posix.Posix;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import jssc.SerialNativeInterface;

/** Says what is wrong with a port and what to do: port, reason, remedy. */
final class PortTrouble {

  private static final Path BY_ID = Path.of("/dev/serial/by-id");
  private static final Path PROCESSES = Path.of("/proc");

  private PortTrouble() {}

  static IOException opening(Path device, ErrnoException refused) {
    return switch (refused.errno()) {
      case Posix.ENOENT, Posix.ENXIO, Posix.ENODEV, Posix.EIO -> absent(device);
      case Posix.EACCES -> denied(device);
      case Posix.EBUSY -> inUse(device);
      case Posix.ENOTTY, Posix.EINVAL ->
          new IOException(device + ": not a serial device; name a tty or a path under " + BY_ID);
      default -> new IOException(device + ": " + refused.getMessage(), refused);
    };
  }

  static IOException jssc(Path device, long code) {
    if (code == SerialNativeInterface.ERR_PORT_BUSY) {
      return inUse(device);
    }
    if (code == SerialNativeInterface.ERR_PORT_NOT_FOUND) {
      return absent(device);
    }
    if (code == SerialNativeInterface.ERR_PERMISSION_DENIED) {
      return denied(device);
    }
    return new IOException(device + ": not a serial device; name a tty or a path under " + BY_ID);
  }

  static IOException inUse(Path device) {
    String holder = holder(device).map(who -> " by " + who).orElse("");
    return new IOException(device + ": in use" + holder + "; end the other program first");
  }

  static IOException lost(Path device, IOException why) {
    return new IOException(
        device
            + ": lost ("
            + why.getMessage()
            + "); plug the adapter in again, it is opened by itself",
        why);
  }

  private static IOException absent(Path device) {
    List<String> present = entries(BY_ID).map(Path::toString).sorted().toList();
    return new IOException(
        device
            + ": no such device; plug the adapter in, or name one that is there"
            + (present.isEmpty() ? "" : ": " + String.join(", ", present)));
  }

  private static IOException denied(Path device) {
    String group;
    try {
      group = Files.getAttribute(device, "posix:group").toString();
    } catch (IOException _) {
      group = "dialout";
    }
    String user = System.getProperty("user.name");
    return new IOException(
        device
            + ": permission denied; add the user to the group that owns it: usermod -aG "
            + group
            + " "
            + user);
  }

  /** The other process that has the device open, as far as we may look. */
  private static Optional<String> holder(Path device) {
    try {
      Path real = device.toRealPath();
      long self = ProcessHandle.current().pid();
      return entries(PROCESSES)
          .filter(process -> process.getFileName().toString().matches("\\d+"))
          .filter(process -> holds(process, real))
          .map(process -> process.getFileName().toString())
          .min((a, b) -> Boolean.compare(a.equals("" + self), b.equals("" + self)))
          .map(pid -> program(pid) + " (pid " + pid + ")");
    } catch (IOException _) {
      return Optional.empty();
    }
  }

  private static boolean holds(Path process, Path real) {
    return entries(process.resolve("fd"))
        .anyMatch(
            fd -> {
              try {
                return Files.readSymbolicLink(fd).equals(real);
              } catch (IOException _) {
                return false;
              }
            });
  }

  private static String program(String pid) {
    try {
      return Files.readString(PROCESSES.resolve(pid).resolve("comm")).strip();
    } catch (IOException _) {
      return "a process";
    }
  }

  private static Stream<Path> entries(Path folder) {
    try (Stream<Path> list = Files.list(folder)) {
      return list.toList().stream();
    } catch (IOException _) {
      return Stream.empty();
    }
  }
}
