package davy.controller.config;

import davy.bridge.modbus.DeviceMap;
import davy.bridge.modbus.LinePlan.SlavePlan;
import davy.controller.config.Site.Zone;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What a person should know of a site that is accepted. */
public final class Notices {

  private static final String SEEN = "V";

  private Notices() {}

  /** Marks first, then what is missing, then what nobody has reviewed. */
  public static List<String> of(Site site) {
    return Stream.of(marks(site), missing(site), unreviewed(site)).flatMap(List::stream).toList();
  }

  private static List<String> marks(Site site) {
    List<String> marks = new ArrayList<>();
    if (site.profile().demo()) {
      marks.add("DEMO: shortened times, for pseudo-terminals only");
    }
    if (site.bench()) {
      marks.add("BENCH: no dead-man is asked for; never with real power behind it");
    }
    return marks;
  }

  private static List<String> missing(Site site) {
    List<String> missing = new ArrayList<>();
    if (site.consentKey().isEmpty()) {
      missing.add(
          "no [consentKey]: nothing that needs a person can be released, not even after a restart");
    }
    for (Zone zone : site.zones()) {
      if (zone.feed().isEmpty()) {
        missing.add("zone %s has no feed contact: its feed is UNKNOWN".formatted(zone.name()));
      }
    }
    if (site.profile().knowsFans() && site.fans().isEmpty()) {
      missing.add(
          "no [[fan]]: this profile is for places with a local fan; nothing is cut when it stops"
              + " (风电闭锁)");
    }
    for (Site.Fan fan : site.fans()) {
      if (fan.flow().isEmpty()) {
        missing.add("fan %s: the flow in its duct is not measured".formatted(fan.name()));
      }
    }
    site.broker()
        .filter(broker -> broker.uri().startsWith("tcp:"))
        .ifPresent(broker -> missing.add("the broker is reached without TLS: " + broker.uri()));
    site.sparkplug()
        .filter(node -> node.primaryHost().isEmpty())
        .ifPresent(
            _ ->
                missing.add(
                    "[sparkplug] names no primaryHost: nothing is kept for one that is away"));
    return missing;
  }

  private static List<String> unreviewed(Site site) {
    Profile profile = site.profile();
    List<String> found = new ArrayList<>();
    if (!profile.reviewed()) {
      found.add("profile %s is not reviewed".formatted(profile.name()));
    }
    profile.figures().entrySet().stream()
        .filter(figure -> !figure.getValue().mark().equals(SEEN))
        .map(
            figure ->
                "%s [%s] %s"
                    .formatted(
                        figure.getKey().path(),
                        figure.getValue().mark(),
                        figure.getValue().source()))
        .forEach(found::add);
    profile.rows().stream()
        .filter(row -> !row.mark().equals(SEEN) && used(site, row.role()))
        .map(row -> "role %s [%s] %s".formatted(row.role(), row.mark(), row.source()))
        .forEach(found::add);
    profile.alarms().stream()
        .filter(alarm -> !alarm.mark().equals(SEEN))
        .filter(alarm -> site.points().stream().anyMatch(p -> p.quantity() == alarm.quantity()))
        .map(a -> "alarm %s [%s] %s".formatted(a.quantity(), a.mark(), a.source()))
        .forEach(found::add);
    site.lines().stream()
        .flatMap(line -> line.plan().slaves().stream())
        .map(SlavePlan::map)
        .filter(map -> !map.reviewed())
        .map(DeviceMap::name)
        .distinct()
        .map("device map %s is not reviewed"::formatted)
        .forEach(found::add);
    return found;
  }

  private static boolean used(Site site, String role) {
    return site.points().stream().anyMatch(point -> point.role().filter(role::equals).isPresent());
  }
}
