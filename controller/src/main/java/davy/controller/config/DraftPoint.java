package davy.controller.config;

import davy.bridge.modbus.DeviceMap.Channel;
import davy.controller.config.Profile.FanDuty;
import davy.controller.config.Profile.Row;
import davy.controller.config.TomlTable.Choice;
import davy.hal.signal.Quantity;
import java.util.List;
import java.util.Optional;

/**
 * A {@code [[point]]}, with its place in the file.
 *
 * @param device empty where the file names none that exists
 * @param channel empty where the device has none of that name; index in its map otherwise
 * @param duct the flow in a fan's duct: not the air of a roadway, whose limits it does not have
 * @param limits empty where they could not be judged
 * @param ageLimitMillis empty where the file leaves it to Davy
 */
record DraftPoint(
    TomlTable table,
    String name,
    String title,
    String place,
    Optional<String> role,
    Optional<DraftDevice> device,
    Optional<Integer> channel,
    boolean catalytic,
    boolean duct,
    Optional<Limits> limits,
    Optional<Integer> ageLimitMillis) {

  private static final List<Choice<Boolean>> HEADS =
      List.of(
          new Choice<>("catalytic", true),
          new Choice<>("laser", false),
          new Choice<>("infrared", false));

  /** One place of the file is one point: all else follows from it, and need not be compared. */
  @Override
  public boolean equals(Object other) {
    return other instanceof DraftPoint that && table.equals(that.table);
  }

  @Override
  public int hashCode() {
    return table.hashCode();
  }

  static Named<DraftPoint> read(
      TomlTable root, Named<DraftDevice> devices, Optional<Profile> profile, Claims claims) {
    Named<DraftPoint> points = new Named<>("point");
    for (TomlTable table : root.tables("point")) {
      DraftPoint point = point(table, devices, profile);
      points.add(table, point.name(), point);
      if (point.source().isPresent()) {
        claims.claim(
            table,
            "channel",
            "channel " + point.source().get().name() + " of " + point.deviceName(),
            "point " + point.name());
      }
    }
    profile.ifPresent(rules -> missingRoles(root, rules, points.all()));
    return points;
  }

  private static DraftPoint point(
      TomlTable table, Named<DraftDevice> devices, Optional<Profile> profile) {
    String name = Named.name(table);
    Optional<DraftDevice> device = devices.find(table, "device");
    table.scalar("channel");
    Optional<Integer> channel = device.flatMap(of -> of.channel(table, "channel"));
    Optional<Channel> source = channel.flatMap(index -> device.flatMap(of -> of.channelAt(index)));
    Optional<String> role = table.optionalText("role");
    Optional<Row> row = role.flatMap(wanted -> row(table, profile, wanted));
    boolean duct = duct(table, source);
    Optional<Limits> limits = Limits.read(table, name, source, row, duct, profile);
    return new DraftPoint(
        table,
        name,
        table.optionalText("title").or(() -> row.map(Row::title)).orElse(name),
        table.optionalText("place").or(() -> row.map(Row::title)).orElse(name),
        role,
        device,
        channel,
        head(table, source),
        duct,
        role.isPresent() && row.isEmpty() ? Optional.empty() : limits,
        table.optionalInteger("ageLimitMillis", 50, 600_000));
  }

  private static Optional<Row> row(TomlTable table, Optional<Profile> profile, String role) {
    Optional<Row> row = profile.flatMap(rules -> rules.row(role));
    if (profile.isPresent() && row.isEmpty()) {
      table.complain(
          "role",
          "%s has no role %s; it has: %s"
              .formatted(
                  profile.get().name(),
                  role,
                  String.join(", ", profile.get().rows().stream().map(Row::role).toList())));
    }
    return row;
  }

  /** A methane head is taken for catalytic, which asks for more, unless the site says otherwise. */
  private static boolean head(TomlTable table, Optional<Channel> source) {
    Optional<Boolean> kind = table.optionalChoice("headKind", HEADS);
    boolean methane = source.map(of -> of.quantity() == Quantity.METHANE).orElse(true);
    if (kind.isPresent() && !methane) {
      table.complain("headKind", "headKind is for methane heads");
    }
    return methane && kind.orElse(true);
  }

  private static boolean duct(TomlTable table, Optional<Channel> source) {
    boolean duct = table.flag("duct", false);
    if (duct && source.filter(of -> of.quantity() != Quantity.AIR_SPEED).isPresent()) {
      table.complain("duct", "duct is for air speed");
    }
    return duct;
  }

  private static void missingRoles(TomlTable root, Profile profile, List<DraftPoint> points) {
    for (Row row : profile.rows()) {
      if (row.required()
          && points.stream().noneMatch(point -> point.role().equals(Optional.of(row.role())))) {
        root.complain(
            "%s requires a [[point]] with role = \"%s\" (%s)"
                .formatted(profile.name(), row.role(), row.title()));
      }
    }
  }

  Optional<Channel> source() {
    return channel.flatMap(index -> device.flatMap(of -> of.channelAt(index)));
  }

  /** What its role does to the local fan of its zones. */
  FanDuty duty(Profile profile) {
    return role.flatMap(profile::row).map(Row::fan).orElse(FanDuty.NONE);
  }

  boolean methane() {
    return source().map(of -> of.quantity() == Quantity.METHANE).orElse(false);
  }

  private String deviceName() {
    return device.map(DraftDevice::name).orElse("");
  }
}
