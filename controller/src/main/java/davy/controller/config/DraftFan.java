package davy.controller.config;

import davy.controller.config.Profile.FanDuty;
import davy.controller.config.ProfileKey.Section;
import davy.hal.signal.Quantity;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A {@code [[fan]]}: the local ventilation of a heading, with its place in the file. No zone, and
 * nothing but gas before it ever stops it (S7, S8).
 *
 * @param machines main, and backup where fitted
 * @param zones that it ventilates
 * @param stop empty where no head stands before it, or it was complained of
 * @param startLock empty where it was complained of
 * @param figures the profile's, or the site's own where stricter is allowed
 */
record DraftFan(
    TomlTable table,
    String name,
    String title,
    List<Machine> machines,
    Optional<Flow> flow,
    List<DraftZone> zones,
    Optional<DraftOutput> stop,
    Optional<DraftOutput> startLock,
    Map<ProfileKey, Integer> figures) {

  /**
   * @param name main or backup
   */
  record Machine(String name, DraftContact running) {}

  /**
   * @param below the flow is low strictly below it, 0.01 m/s
   */
  record Flow(DraftPoint point, int below) {}

  /** What a fan may name. */
  record Parts(
      Named<DraftDevice> devices,
      Named<DraftPoint> points,
      Named<DraftZone> zones,
      Optional<Profile> profile,
      Claims claims) {}

  static Named<DraftFan> read(TomlTable root, Parts parts) {
    Named<DraftFan> fans = new Named<>("fan");
    for (TomlTable table : root.tables("fan")) {
      DraftFan fan = fan(table, parts);
      fans.add(table, fan.name(), fan);
      parts.profile().ifPresent(fan::judge);
    }
    parts.profile().filter(Profile::knowsFans).ifPresent(rules -> intake(rules, parts, fans));
    for (DraftPoint point : parts.points().all()) {
      if (point.duct() && fans.all().stream().noneMatch(fan -> fan.measures(point))) {
        point.table().complain("duct", "no [[fan]] names %s as its flow".formatted(point.name()));
      }
    }
    return fans;
  }

  private static DraftFan fan(TomlTable table, Parts parts) {
    String name = Named.name(table);
    String owner = "fan " + name;
    return new DraftFan(
        table,
        name,
        table.optionalText("title").orElse(name),
        machines(table, owner, parts),
        table.optionalTable("flow").flatMap(flow -> flow(flow, owner, parts)),
        zones(table, owner, parts),
        table
            .optionalTable("stop")
            .flatMap(
                stop -> DraftOutput.plain(stop, owner + " stop", parts.devices(), parts.claims())),
        DraftOutput.plain(
            table.table("startLock"), owner + " start lock", parts.devices(), parts.claims()),
        parts.profile().map(profile -> figures(table, profile)).orElse(Map.of()));
  }

  private static List<Machine> machines(TomlTable table, String owner, Parts parts) {
    List<Machine> machines = new ArrayList<>();
    machine(table.table("main"), owner, "main", parts).ifPresent(machines::add);
    table
        .optionalTable("backup")
        .flatMap(backup -> machine(backup, owner, "backup", parts))
        .ifPresent(machines::add);
    return List.copyOf(machines);
  }

  private static Optional<Machine> machine(
      TomlTable table, String owner, String name, Parts parts) {
    return DraftContact.read(table, "running", owner + " " + name, parts.devices(), parts.claims())
        .map(contact -> new Machine(name, contact));
  }

  private static Optional<Flow> flow(TomlTable table, String owner, Parts parts) {
    Optional<DraftPoint> point = parts.points().find(table, "point");
    int most = point.flatMap(DraftPoint::source).map(channel -> channel.maximum()).orElse(10_000);
    int below = table.decimal("below", Quantity.AIR_SPEED.decimals(), 1, most);
    if (point.isEmpty()) {
      return Optional.empty();
    }
    if (!point.get().duct()) {
      table.complain(
          "point",
          point.get().name()
              + " is no flow of a duct: it needs a channel of air speed, and duct = true");
    }
    parts.claims().claim(table, "point", "point " + point.get().name(), owner);
    return Optional.of(new Flow(point.get(), below));
  }

  private static List<DraftZone> zones(TomlTable table, String owner, Parts parts) {
    List<DraftZone> zones = new ArrayList<>();
    for (String name : table.texts("zones")) {
      parts.zones().find(table, "zones", name).ifPresent(zones::add);
      parts.claims().claim(table, "zones", "the air of zone " + name, owner);
    }
    if (table.texts("zones").isEmpty()) {
      table.complain("%s ventilates nothing: name its zones".formatted(owner));
    }
    return List.copyOf(zones);
  }

  private static Map<ProfileKey, Integer> figures(TomlTable table, Profile profile) {
    Map<ProfileKey, Integer> figures = new EnumMap<>(ProfileKey.class);
    for (ProfileKey key : ProfileKey.of(Section.FAN)) {
      Optional<Integer> own =
          table.optionalDecimal(key.key(), key.decimals(), key.least(), key.most());
      if (own.isPresent() && profile.has(key)) {
        judge(table, key, own.get(), profile);
      }
      own.or(() -> profile.has(key) ? Optional.of(profile.figure(key)) : Optional.empty())
          .ifPresent(figure -> figures.put(key, figure));
    }
    return figures;
  }

  /** A fan's limits have no stricter direction: to stop it is no safer than to let it run. */
  private static void judge(TomlTable table, ProfileKey key, int own, Profile profile) {
    if (!key.stricter().laxer(own, profile.figure(key))) {
      return;
    }
    String wanted =
        switch (key.stricter()) {
          case LOWER -> "is laxer than %s allows: at most %s";
          case HIGHER -> "is laxer than %s allows: at least %s";
          case NEITHER -> "is not as in %s: a fan's limit must be %s, stricter is not safer";
        };
    table.complain(
        key.key(),
        "%s %s "
            .formatted(key.key(), shown(key, own))
            .concat(wanted.formatted(profile.name(), shown(key, profile.figure(key)))));
  }

  private static String shown(ProfileKey key, int figure) {
    return BigDecimal.valueOf(figure, key.decimals()).toPlainString();
  }

  private void judge(Profile profile) {
    if (!profile.knowsFans()) {
      table.complain(
          "%s has no rules for a local fan: no [[fan]] under it".formatted(profile.name()));
      return;
    }
    for (String cause : table.texts("stopOn")) {
      if (!cause.equals("methane")) {
        table.complain(
            "stopOn",
            "stopOn \"%s\": only methane stops a fan; a fault may never stop ventilation"
                .formatted(cause));
      }
    }
    if (heads(profile, FanDuty.GAS).isEmpty()) {
      table.complain(
          "zones",
          "no point of the zones of %s is one that locks its start (%s)"
              .formatted(name, roles(profile, FanDuty.GAS)));
    }
    boolean series = !heads(profile, FanDuty.INTAKE).isEmpty();
    if (series && !table.has("stop")) {
      table.complain(
          "fan %s has no stop: a head stands before the fan (%s), whose second stage stops it"
              .formatted(name, roles(profile, FanDuty.INTAKE)));
    }
    if (!series && table.has("stop")) {
      table.complain(
          "stop",
          "nothing would stop fan %s: no point of its zones stands before the fan (%s)"
              .formatted(name, roles(profile, FanDuty.INTAKE)));
    }
  }

  private static String roles(Profile profile, FanDuty duty) {
    return String.join(
        ", ",
        profile.rows().stream().filter(row -> row.fan() == duty).map(Profile.Row::role).toList());
  }

  /** The second stage of a head before the fan needs a fan to stop. */
  private static void intake(Profile profile, Parts parts, Named<DraftFan> fans) {
    Set<DraftPoint> stopping = new HashSet<>();
    fans.all().forEach(fan -> stopping.addAll(fan.heads(profile, FanDuty.INTAKE)));
    for (DraftPoint point : parts.points().all()) {
      if (point.duty(profile) == FanDuty.INTAKE && !stopping.contains(point)) {
        point
            .table()
            .complain(
                "role",
                "%s stands before a fan, and no [[fan]] ventilates its zones: its second stage"
                        .formatted(point.name())
                    + " would stop nothing");
      }
    }
  }

  /** The points of its zones whose role has a duty, in the order of the zones. */
  List<DraftPoint> heads(Profile profile, FanDuty duty) {
    return zones.stream()
        .flatMap(zone -> zone.points().stream())
        .filter(point -> point.duty(profile) == duty)
        .distinct()
        .toList();
  }

  /** Stop first, where there is one. */
  List<DraftOutput> outputs() {
    return Stream.concat(stop.stream(), startLock.stream()).toList();
  }

  private boolean measures(DraftPoint point) {
    return flow.filter(of -> of.point().equals(point)).isPresent();
  }
}
