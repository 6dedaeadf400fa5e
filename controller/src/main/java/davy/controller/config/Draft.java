package davy.controller.config;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A site file whose every section was read without a complaint.
 *
 * @param interlockPoints methane points that a zone depends on, in the order of the file
 */
record Draft(
    SiteHead head,
    Profile profile,
    List<DraftLine> lines,
    List<DraftDevice> devices,
    List<DraftPoint> points,
    List<DraftZone> zones,
    List<DraftFan> fans,
    Optional<DraftContact> consentKey,
    Optional<DraftGuard> guard,
    DraftBypass bypass,
    DraftAnnunciator annunciator,
    List<DraftPoint> interlockPoints) {

  static List<DraftPoint> interlockPoints(List<DraftPoint> points, List<DraftZone> zones) {
    Set<DraftPoint> bound =
        zones.stream().flatMap(zone -> zone.points().stream()).collect(Collectors.toSet());
    return points.stream().filter(bound::contains).toList();
  }

  /** The zones that are cut when a point can't be read: as methane, or as the flow of a fan. */
  List<DraftZone> cutBy(DraftPoint point) {
    Stream<DraftZone> ventilated =
        fans.stream()
            .filter(fan -> fan.flow().filter(flow -> flow.point().equals(point)).isPresent())
            .flatMap(fan -> fan.zones().stream());
    return Stream.concat(zones.stream().filter(zone -> zone.points().contains(point)), ventilated)
        .toList();
  }

  /** Whether a zone, a fan or the release of one depends on the device. */
  boolean interlock(DraftDevice device) {
    Stream<DraftPoint> flows =
        fans.stream().flatMap(fan -> fan.flow().stream()).map(DraftFan.Flow::point);
    Stream<DraftDevice> sensors =
        Stream.concat(interlockPoints().stream(), flows).flatMap(point -> point.device().stream());
    Stream<DraftDevice> boards = outputs().flatMap(output -> output.device().stream());
    Stream<DraftDevice> read = contacts().flatMap(contact -> contact.device().stream());
    return Stream.of(sensors, boards, read).flatMap(all -> all).anyMatch(device::equals);
  }

  /** Every output, those of zones first, then those of fans. */
  private Stream<DraftOutput> outputs() {
    return Stream.of(
            zones.stream().flatMap(zone -> zone.output().stream()),
            fans.stream().flatMap(fan -> fan.outputs().stream()),
            annunciator.outputs().stream())
        .flatMap(all -> all);
  }

  private Stream<DraftContact> contacts() {
    return Stream.of(
            zones.stream().flatMap(zone -> zone.feed().stream()),
            fans.stream().flatMap(fan -> fan.machines().stream()).map(DraftFan.Machine::running),
            consentKey.stream())
        .flatMap(all -> all);
  }

  List<DraftDevice> on(DraftLine line) {
    return devices.stream().filter(device -> device.line().equals(Optional.of(line))).toList();
  }

  /** The coils in use of a board, in the order of {@link #outputs}. */
  List<DraftOutput.Coil> coils(DraftDevice device) {
    return outputs()
        .filter(DraftOutput.Coil.class::isInstance)
        .map(DraftOutput.Coil.class::cast)
        .filter(coil -> coil.board().equals(device))
        .toList();
  }

  /** Whether a fan's output stands at this coil: it stays as it is when the scans stop (S7). */
  boolean ofFan(DraftOutput.Coil coil) {
    return fans().stream().anyMatch(fan -> fan.outputs().contains(coil));
  }

  /** The tables that name GPIO lines. */
  List<TomlTable> gpio() {
    return Stream.concat(
            outputs().filter(output -> output.device().isEmpty()).map(DraftOutput::table),
            contacts().filter(contact -> contact.device().isEmpty()).map(DraftContact::table))
        .toList();
  }
}
