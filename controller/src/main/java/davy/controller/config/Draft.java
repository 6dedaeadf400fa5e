package davy.controller.config;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A site file whose every section was read without a complaint. */
record Draft(
    SiteHead head,
    Profile profile,
    List<DraftLine> lines,
    List<DraftDevice> devices,
    List<DraftPoint> points,
    List<DraftZone> zones,
    Optional<DraftContact> consentKey) {

  /** Points that a zone depends on, in the order of the file. */
  List<DraftPoint> interlockPoints() {
    return points.stream()
        .filter(point -> zones.stream().anyMatch(zone -> zone.points().contains(point)))
        .toList();
  }

  /** Whether a zone, or the release of one, depends on the device. */
  boolean interlock(DraftDevice device) {
    Stream<DraftDevice> sensors =
        interlockPoints().stream().flatMap(point -> point.device().stream());
    Stream<DraftDevice> boards =
        zones.stream().flatMap(zone -> zone.output().stream()).flatMap(Draft::of);
    Stream<DraftDevice> contacts =
        Stream.concat(zones.stream().flatMap(zone -> zone.feed().stream()), consentKey.stream())
            .flatMap(Draft::of);
    return Stream.of(sensors, boards, contacts).flatMap(all -> all).anyMatch(device::equals);
  }

  private static Stream<DraftDevice> of(DraftOutput output) {
    return switch (output) {
      case DraftOutput.Coil coil -> Stream.of(coil.device());
      case DraftOutput.Gpio _ -> Stream.empty();
    };
  }

  private static Stream<DraftDevice> of(DraftContact contact) {
    return switch (contact) {
      case DraftContact.Bus bus -> Stream.of(bus.device());
      case DraftContact.Gpio _ -> Stream.empty();
    };
  }

  List<DraftDevice> on(DraftLine line) {
    return devices.stream().filter(device -> device.line().equals(Optional.of(line))).toList();
  }

  /** The coils in use of a board, in the order of the zones. */
  List<DraftOutput.Coil> coils(DraftDevice device) {
    return zones.stream()
        .flatMap(zone -> zone.output().stream())
        .filter(DraftOutput.Coil.class::isInstance)
        .map(DraftOutput.Coil.class::cast)
        .filter(coil -> coil.device().equals(device))
        .toList();
  }

  /** The tables that name GPIO lines. */
  List<TomlTable> gpio() {
    Stream<TomlTable> outputs =
        zones.stream()
            .flatMap(zone -> zone.output().stream())
            .filter(DraftOutput.Gpio.class::isInstance)
            .map(output -> ((DraftOutput.Gpio) output).table());
    Stream<TomlTable> contacts =
        Stream.concat(zones.stream().flatMap(zone -> zone.feed().stream()), consentKey.stream())
            .filter(DraftContact.Gpio.class::isInstance)
            .map(contact -> ((DraftContact.Gpio) contact).table());
    return Stream.concat(outputs, contacts).toList();
  }
}
