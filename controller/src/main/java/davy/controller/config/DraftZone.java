package davy.controller.config;

import davy.controller.config.TomlTable.Choice;
import davy.controller.interlock.Plan;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A {@code [[zone]]}, with its place in the file.
 *
 * @param singles points that cut it by themselves
 * @param groups whose votes cut it
 * @param output empty where it was complained of
 * @param upstream the name of the zone that feeds this one, as the file has it
 */
record DraftZone(
    TomlTable table,
    String name,
    String title,
    List<DraftPoint> singles,
    List<DraftGroup> groups,
    Optional<DraftOutput> output,
    Optional<DraftContact> feed,
    Plan.Release release,
    String closing,
    int stableMillis,
    int dropOutMillis,
    Optional<String> upstream) {

  private static final String BY_HAND = "by-hand";
  private static final List<Choice<String>> CLOSINGS =
      List.of(new Choice<>(BY_HAND, BY_HAND), new Choice<>("by-contactor", "by-contactor"));
  private static final List<Choice<Plan.Release>> RELEASES =
      List.of(
          new Choice<>("automatic", Plan.Release.AUTOMATIC),
          new Choice<>("manual", Plan.Release.MANUAL));
  private static final int LONGEST_STABLE_SECONDS = 24 * 3600;

  /** One place of the file is one zone: all else follows from it, and need not be compared. */
  @Override
  public boolean equals(Object other) {
    return other instanceof DraftZone that && table.equals(that.table);
  }

  @Override
  public int hashCode() {
    return table.hashCode();
  }

  /**
   * What a zone may name.
   *
   * @param deadMan whether a level that stays up when Davy dies will do: the guard is in series, or
   *     nothing real is switched (S6)
   */
  record Parts(
      Named<DraftDevice> devices,
      Named<DraftPoint> points,
      Named<DraftGroup> groups,
      Optional<Profile> profile,
      Claims claims,
      DeadMan deadMan) {}

  static Named<DraftZone> read(TomlTable root, Parts parts) {
    Named<DraftZone> zones = new Named<>("zone");
    for (TomlTable table : root.tables("zone")) {
      DraftZone zone = zone(table, parts);
      zones.add(table, zone.name(), zone);
      zone.judge();
    }
    if (zones.all().isEmpty()) {
      root.complain("no [[zone]]: a site needs at least one");
    }
    Set<DraftPoint> named = new HashSet<>();
    zones.all().forEach(zone -> named.addAll(zone.points()));
    for (DraftPoint point : parts.points().all()) {
      if (point.limits().flatMap(Limits::tripAt).isPresent() && !named.contains(point)) {
        point
            .table()
            .complain(
                "point %s has a trip limit but no zone names it in points".formatted(point.name()));
      }
    }
    Upstream.judge(zones);
    return zones;
  }

  private static DraftZone zone(TomlTable table, Parts parts) {
    String name = Named.name(table);
    String owner = "zone " + name;
    return new DraftZone(
        table,
        name,
        table.optionalText("title").orElse(name),
        DraftGroup.points(table, parts.points()),
        groups(table, parts.groups()),
        DraftOutput.read(table, owner, parts),
        table
            .optionalTable("feed")
            .flatMap(
                feed -> DraftContact.read(feed, "live", owner, parts.devices(), parts.claims())),
        table.optionalChoice("release", RELEASES).orElse(Plan.Release.MANUAL),
        table.choice("closing", CLOSINGS),
        stableMillis(table, parts.profile()),
        table.integer("dropOutMillis", 1, 1500),
        table.optionalText("upstream"));
  }

  private static List<DraftGroup> groups(TomlTable table, Named<DraftGroup> known) {
    List<DraftGroup> groups = new ArrayList<>();
    for (String name : table.texts("groups")) {
      known.find(table, "groups", name).ifPresent(groups::add);
    }
    return List.copyOf(groups);
  }

  private static int stableMillis(TomlTable table, Optional<Profile> profile) {
    int least = profile.map(Profile::stableMillis).orElse(1000);
    Optional<Integer> own =
        table.optionalInteger("stableSeconds", 0, LONGEST_STABLE_SECONDS).map(s -> s * 1000);
    if (own.isPresent() && profile.isPresent() && own.get() < least) {
      table.complain(
          "stableSeconds",
          "stableSeconds %d is laxer than %s allows: at least %d"
              .formatted(own.get() / 1000, profile.get().name(), (least + 999) / 1000));
    }
    return own.orElse(least);
  }

  /** Every point that cuts it, by itself or in a group. */
  List<DraftPoint> points() {
    return Stream.concat(
            singles.stream(), groups.stream().flatMap(group -> group.members().stream()))
        .distinct()
        .toList();
  }

  private void judge() {
    if (table.texts("points").isEmpty() && table.texts("groups").isEmpty()) {
      table.complain("zone %s names no points: give at least one methane point".formatted(name));
    }
    for (DraftPoint point : points()) {
      String key = singles.contains(point) ? "points" : "groups";
      if (point.source().isPresent() && !point.methane()) {
        table.complain(
            key, "%s: %s measures no methane and cannot cut a zone".formatted(key, point.name()));
      } else if (point.limits().filter(limits -> limits.tripAt().isEmpty()).isPresent()) {
        table.complain(
            key,
            "%s: %s has no trip limit: give it a role or tripAt and restoreBelow"
                .formatted(key, point.name()));
      }
    }
    for (DraftGroup group : groups) {
      group.members().stream()
          .filter(singles::contains)
          .forEach(
              point ->
                  table.complain(
                      "points",
                      "points: %s votes in group %s already"
                          .formatted(point.name(), group.name())));
    }
    if (release == Plan.Release.AUTOMATIC && !closing.equals(BY_HAND)) {
      table.complain(
          "release",
          "release \"automatic\" needs closing = \"by-hand\": a contactor would energise by"
              + " itself");
    }
  }
}
