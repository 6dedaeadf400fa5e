package davy.controller.doctor;

import davy.controller.config.Site;
import davy.controller.doctor.Finding.Area;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Serial adapters: stable names, rights, and how long they hold bytes back. Opens none. */
final class SerialExam {

  private static final String STABLE = "/dev/serial/by-";
  private static final String DEVICE = "/sys/class/tty/%s/device";
  private static final Set<String> SERIAL_CORE = Set.of("port", "ctrl");
  private static final int LATENCY_MILLIS = 1;

  private final Machine machine;
  private final Predicate<Path> usable;
  private final List<Finding> findings = new ArrayList<>();

  /**
   * @param usable whether this user may read and write a device
   */
  SerialExam(Machine machine, Predicate<Path> usable) {
    this.machine = machine;
    this.usable = usable;
  }

  List<Finding> look(Optional<Site> site) {
    if (site.isPresent()) {
      Stream.concat(
              site.get().lines().stream().map(Site.Line::port),
              site.get().guard().stream().map(Site.GuardLink::port))
          .distinct()
          .forEach(this::port);
      return List.copyOf(findings);
    }
    List<String> stable =
        Stream.of("by-path", "by-id")
            .flatMap(
                by ->
                    machine.names("/dev/serial/" + by, "*").stream()
                        .map(name -> "/dev/serial/" + by + "/" + name))
            .toList();
    stable.forEach(this::port);
    if (stable.isEmpty()) {
      findings.add(Finding.note(Area.SERIAL, "adapters", "none with a stable name is there", ""));
    }
    return List.copyOf(findings);
  }

  private void port(String port) {
    if (!machine.has(port)) {
      findings.add(
          Finding.wrong(
              Area.SERIAL,
              port,
              "is not there",
              "Plug the adapter in; 'ls /dev/serial/by-path' shows what there is."));
      return;
    }
    Path device = device(port);
    if (!usable.test(device)) {
      findings.add(
          Finding.wrong(
              Area.SERIAL,
              port,
              "this user may not use it",
              "Add the user to the group dialout, and look again as davy-interlock."));
    }
    String tty = device.getFileName().toString();
    boolean adapter = tty.startsWith("ttyUSB") || tty.startsWith("ttyACM");
    if (adapter && !port.startsWith(STABLE)) {
      findings.add(
          Finding.wrong(
              Area.SERIAL,
              port,
              "its name goes to whichever adapter comes first",
              "Name it by /dev/serial/by-path or /dev/serial/by-id."));
    } else {
      findings.add(Finding.good(Area.SERIAL, port, tty + driver(tty)));
    }
    latency(port, tty);
  }

  private Path device(String port) {
    Path named = machine.at(port);
    try {
      return named.toRealPath();
    } catch (IOException _) {
      return named;
    }
  }

  /** From kernel 6.5 on a UART stands below two devices of the serial core; its own is above. */
  private String driver(String tty) {
    return Stream.of("", "/..", "/../..")
        .flatMap(up -> machine.linkedName(DEVICE.formatted(tty) + up + "/driver").stream())
        .filter(name -> !SERIAL_CORE.contains(name))
        .findFirst()
        .map(name -> ", driver " + name)
        .orElse("");
  }

  private void latency(String port, String tty) {
    Optional<String> timer = machine.text(DEVICE.formatted(tty) + "/latency_timer");
    if (timer.isEmpty()) {
      return;
    }
    boolean quick =
        timer.get().matches("\\d{1,4}") && Integer.parseInt(timer.get()) <= LATENCY_MILLIS;
    findings.add(
        quick
            ? Finding.good(Area.SERIAL, port, "holds bytes back for " + timer.get() + " ms")
            : Finding.wrong(
                Area.SERIAL,
                port,
                "holds bytes back for " + timer.get() + " ms; the budget allows 5 ms in all",
                "Install deploy/udev/60-davy.rules and plug it in again."));
  }
}
