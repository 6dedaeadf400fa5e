package davy.controller.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * {@code [supplies]}: what feeds interlock, guard, heads, contacts and fans. A cut may take neither
 * the fan nor the eyes with it (S9). Nothing of it is needed once it is judged.
 */
final class Supplies {

  private final TomlTable table;
  private final Named<DraftZone> zones;
  private final Named<DraftDevice> devices;
  private final List<DraftFan> fans;
  private final Optional<DraftContact> key;
  private final Optional<DraftGuard> guard;
  private final List<String> outside;

  private Supplies(
      TomlTable table,
      Named<DraftZone> zones,
      Named<DraftDevice> devices,
      List<DraftFan> fans,
      Optional<DraftContact> key,
      Optional<DraftGuard> guard) {
    this.table = table;
    this.zones = zones;
    this.devices = devices;
    this.fans = fans;
    this.key = key;
    this.guard = guard;
    this.outside = table.texts("outside");
  }

  static void judge(
      TomlTable root,
      Named<DraftZone> zones,
      Named<DraftDevice> devices,
      List<DraftPoint> points,
      List<DraftFan> fans,
      Optional<DraftContact> key,
      Optional<DraftGuard> guard) {
    if (!root.has("supplies")) {
      root.complain("no [supplies]: say what feeds interlock, heads, contacts, fans and guard");
      return;
    }
    new Supplies(root.table("supplies"), zones, devices, fans, key, guard).judge(points);
  }

  private void judge(List<DraftPoint> points) {
    for (String circuit : outside) {
      if (zones.named(circuit).isPresent() || isGuards(circuit)) {
        table.complain("outside", "outside names %s, which is cut".formatted(circuit));
      }
    }
    uncut("interlock", table.text("interlock"), "the interlock", "it would end with the zone");
    if (guard.isPresent()) {
      uncut("guard", table.text("guard"), "the guard", "it would drop with the zone");
    } else if (table.has("guard")) {
      table.complain("guard", "there is no [guard]");
      table.scalar("guard");
    }
    judgeFans();
    judgeEyes(points);
  }

  private void judgeFans() {
    List<String> circuits = table.texts("fans");
    if (fans.isEmpty()) {
      for (String wanted : List.of("fans", "fanOutputs")) {
        if (table.has(wanted)) {
          table.scalar(wanted);
          table.complain(wanted, "there is no [[fan]]");
        }
      }
      return;
    }
    if (circuits.isEmpty()) {
      table.complain("fans", "fans: name every circuit that feeds a fan");
    }
    for (String circuit : circuits) {
      uncut("fans", circuit, "a fan", "a cut would stop ventilation");
    }
    uncut("fanOutputs", table.text("fanOutputs"), "a fan's output", "it must act without it");
  }

  /** What may be fed by nothing that a zone or the guard cuts. */
  private void uncut(String at, String circuit, String what, String why) {
    if (circuit.isEmpty() || !known(table, at, circuit)) {
      return;
    }
    if (zones.named(circuit).isPresent()) {
      table.complain(at, "%s may not be fed by zone %s: %s".formatted(what, circuit, why));
    } else if (isGuards(circuit)) {
      table.complain(
          at,
          "%s may not be fed by circuit %s, which the guard cuts: %s"
              .formatted(what, circuit, why));
    }
  }

  private boolean known(TomlTable at, String where, String circuit) {
    boolean known =
        outside.contains(circuit) || zones.named(circuit).isPresent() || isGuards(circuit);
    if (!known) {
      at.complain(
          where,
          "no circuit is named %s; there are: %s"
              .formatted(
                  circuit,
                  String.join(
                      ", ",
                      Stream.of(
                              outside.stream(),
                              zones.names().stream(),
                              guard.stream().map(DraftGuard::circuit))
                          .flatMap(all -> all)
                          .toList())));
    }
    return known;
  }

  private boolean isGuards(String circuit) {
    return guard.filter(of -> of.circuit().equals(circuit)).isPresent();
  }

  /** Heads and contacts, each with the zones that depend on it. */
  private void judgeEyes(List<DraftPoint> points) {
    Map<DraftDevice, List<DraftZone>> eyes = new LinkedHashMap<>();
    points.forEach(point -> point.device().ifPresent(device -> zonesOf(eyes, device)));
    Set<DraftDevice> heads = Set.copyOf(eyes.keySet());
    for (DraftZone zone : zones.all()) {
      zone.points().forEach(point -> see(eyes, point.device(), zone));
      zone.feed().ifPresent(feed -> see(eyes, feed.device(), zone));
    }
    for (DraftFan fan : fans) {
      for (DraftZone zone : fan.zones()) {
        fan.machines().forEach(machine -> see(eyes, machine.running().device(), zone));
        fan.flow().ifPresent(flow -> see(eyes, flow.point().device(), zone));
      }
    }
    key.flatMap(DraftContact::device).ifPresent(device -> zonesOf(eyes, device));
    Optional<TomlTable> own = table.optionalTable("devices");
    own.ifPresent(names -> names.keys().forEach(name -> devices.find(names, name, name)));
    eyes.forEach(
        (device, seen) -> {
          String kind = heads.contains(device) ? "heads" : "contacts";
          if (own.filter(names -> names.has(device.name())).isPresent()) {
            judge(own.get(), device.name(), device, seen);
          } else {
            judge(table, kind, device, seen);
          }
        });
    for (String kind : List.of("heads", "contacts")) {
      table.scalar(kind);
    }
    own.ifPresent(names -> names.keys().forEach(names::ignore));
  }

  private static List<DraftZone> zonesOf(
      Map<DraftDevice, List<DraftZone>> eyes, DraftDevice device) {
    return eyes.computeIfAbsent(device, _ -> new ArrayList<>());
  }

  private static void see(
      Map<DraftDevice, List<DraftZone>> eyes, Optional<DraftDevice> device, DraftZone zone) {
    device.ifPresent(of -> zonesOf(eyes, of).add(zone));
  }

  private void judge(TomlTable at, String where, DraftDevice device, List<DraftZone> seen) {
    String circuit = at.text(where);
    if (circuit.isEmpty() || !known(at, where, circuit)) {
      return;
    }
    if (isGuards(circuit)) {
      at.complain(
          where,
          "%s may not be fed by circuit %s, which the guard cuts: it would see nothing"
              .formatted(device.name(), circuit));
    }
    zones
        .named(circuit)
        .flatMap(feeder -> seen.stream().filter(zone -> fallTogether(zone, feeder)).findFirst())
        .ifPresent(
            zone ->
                at.complain(
                    where,
                    "%s may not be fed by zone %s: zone %s depends on it, and one cut would take"
                            .formatted(device.name(), circuit, zone.name())
                        + " power and eyes"));
  }

  /** Whether a cut of the one, or of what feeds it, may cut the other as well. */
  private boolean fallTogether(DraftZone zone, DraftZone feeder) {
    List<DraftZone> chain = Upstream.chain(zone, zones);
    return Upstream.chain(feeder, zones).stream().anyMatch(chain::contains);
  }
}
