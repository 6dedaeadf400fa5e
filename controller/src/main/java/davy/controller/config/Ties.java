package davy.controller.config;

import davy.controller.config.DraftOutput.Coil;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What of a site hangs on what, and where each thing stands in its list. Found once and looked up
 * from then on: a search for each point makes the time to read a site grow by the square of its
 * points.
 */
final class Ties {

  private final List<DraftPoint> interlockPoints;
  private final List<DraftOutput> outputs;
  private final List<DraftContact> contacts;
  private final Map<DraftLine, Integer> linesAt;
  private final Map<DraftPoint, Integer> pointsAt;
  private final Map<DraftPoint, Integer> interlockPointsAt;
  private final Map<DraftZone, Integer> zonesAt;
  private final Map<DraftDevice, Integer> slavesAt = new HashMap<>();
  private final Map<DraftLine, List<DraftDevice>> slaves = new HashMap<>();
  private final Map<DraftDevice, List<Coil>> coils = new HashMap<>();
  private final Map<DraftPoint, List<DraftZone>> cuts = new HashMap<>();
  private final Set<DraftDevice> interlockDevices = new HashSet<>();
  private final Set<DraftOutput> fanOutputs = new HashSet<>();

  Ties(
      List<DraftLine> lines,
      List<DraftDevice> devices,
      List<DraftPoint> points,
      List<DraftZone> zones,
      List<DraftFan> fans,
      Optional<DraftContact> key,
      DraftAnnunciator annunciator) {
    zones.forEach(zone -> zone.points().forEach(point -> add(cuts, point, zone)));
    interlockPoints = points.stream().filter(cuts::containsKey).toList();
    outputs = outputs(zones, fans, annunciator);
    contacts = contacts(zones, fans, key);
    linesAt = positions(lines);
    pointsAt = positions(points);
    interlockPointsAt = positions(interlockPoints);
    zonesAt = positions(zones);
    devices.forEach(device -> device.line().ifPresent(line -> add(slaves, line, device)));
    slaves.values().forEach(all -> slavesAt.putAll(positions(all)));
    interlockPoints.forEach(point -> point.device().ifPresent(interlockDevices::add));
    contacts.forEach(contact -> contact.device().ifPresent(interlockDevices::add));
    for (DraftOutput output : outputs) {
      output.device().ifPresent(interlockDevices::add);
      if (output instanceof Coil coil) {
        add(coils, coil.board(), coil);
      }
    }
    fans.forEach(this::ofFan);
  }

  private void ofFan(DraftFan fan) {
    fanOutputs.addAll(fan.outputs());
    fan.flow()
        .map(DraftFan.Flow::point)
        .ifPresent(
            flow -> {
              flow.device().ifPresent(interlockDevices::add);
              fan.zones().forEach(zone -> add(cuts, flow, zone));
            });
  }

  /** Those of zones first, then those of fans. */
  private static List<DraftOutput> outputs(
      List<DraftZone> zones, List<DraftFan> fans, DraftAnnunciator annunciator) {
    return Stream.of(
            zones.stream().flatMap(zone -> zone.output().stream()),
            fans.stream().flatMap(fan -> fan.outputs().stream()),
            annunciator.outputs().stream())
        .flatMap(all -> all)
        .toList();
  }

  private static List<DraftContact> contacts(
      List<DraftZone> zones, List<DraftFan> fans, Optional<DraftContact> key) {
    return Stream.of(
            zones.stream().flatMap(zone -> zone.feed().stream()),
            fans.stream().flatMap(fan -> fan.machines().stream()).map(DraftFan.Machine::running),
            key.stream())
        .flatMap(all -> all)
        .toList();
  }

  private static <T> Map<T, Integer> positions(List<T> all) {
    Map<T, Integer> positions = new HashMap<>();
    all.forEach(one -> positions.put(one, positions.size()));
    return positions;
  }

  private static <K, V> void add(Map<K, List<V>> to, K key, V value) {
    to.computeIfAbsent(key, _ -> new ArrayList<>()).add(value);
  }

  /** Methane points that a zone depends on, in the order of the file. */
  List<DraftPoint> interlockPoints() {
    return interlockPoints;
  }

  /** Index into {@link #interlockPoints}; −1 for a point that no zone depends on. */
  int interlockIndex(DraftPoint point) {
    return interlockPointsAt.getOrDefault(point, -1);
  }

  int indexOf(DraftPoint point) {
    return pointsAt.get(point);
  }

  int indexOf(DraftZone zone) {
    return zonesAt.get(zone);
  }

  int indexOf(DraftLine line) {
    return linesAt.get(line);
  }

  /** Index into what is {@link #on} the device's line. */
  int indexOf(DraftDevice device) {
    return slavesAt.get(device);
  }

  List<DraftDevice> on(DraftLine line) {
    return slaves.getOrDefault(line, List.of());
  }

  /** The coils in use of a board: those of zones first, then those of fans. */
  List<Coil> coils(DraftDevice board) {
    return coils.getOrDefault(board, List.of());
  }

  /** The zones that are cut when a point can't be read: as methane, or as the flow of a fan. */
  List<DraftZone> cutBy(DraftPoint point) {
    return cuts.getOrDefault(point, List.of());
  }

  /** Whether a zone, a fan or the release of one depends on the device. */
  boolean interlock(DraftDevice device) {
    return interlockDevices.contains(device);
  }

  /** Whether a fan's output stands at this coil: it stays as it is when the scans stop (S7). */
  boolean ofFan(Coil coil) {
    return fanOutputs.contains(coil);
  }

  /** The tables that name GPIO lines. */
  List<TomlTable> gpio() {
    return Stream.concat(
            outputs.stream().filter(one -> one.device().isEmpty()).map(DraftOutput::table),
            contacts.stream().filter(one -> one.device().isEmpty()).map(DraftContact::table))
        .toList();
  }
}
