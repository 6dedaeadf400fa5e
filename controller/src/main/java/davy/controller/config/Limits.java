package davy.controller.config;

import davy.bridge.modbus.DeviceMap.Channel;
import davy.controller.config.Profile.Alarm;
import davy.controller.config.Profile.Row;
import davy.controller.config.ProfileKey.Stricter;
import davy.hal.signal.Methane;
import davy.hal.signal.Quantity;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The limits of a point, in its quantity's integer unit. What the file leaves out comes from the
 * profile: for methane from the row of the point's role, for others from the alarm of the quantity.
 * What it says may be stricter, never laxer. A methane point without a role is held against the
 * laxest row.
 *
 * @param alarmAt inclusive; lower is stricter, except for quantities whose low amount is the danger
 * @param alarmAbove strict upper limit of a quantity whose low amount is the danger; lower is
 *     stricter
 * @param tripAt inclusive; lower is stricter
 * @param restoreBelow strict; lower is stricter
 */
record Limits(
    Optional<Integer> alarmAt,
    Optional<Integer> alarmAbove,
    Optional<Integer> tripAt,
    Optional<Integer> restoreBelow) {

  private static final List<String> KEYS =
      List.of("alarmAt", "alarmAbove", "tripAt", "restoreBelow");

  /**
   * @param source the channel, where it is known: without it nothing can be judged
   * @param duct the profile's limits are for the air of a roadway, not of a duct
   */
  static Optional<Limits> read(
      TomlTable table,
      String point,
      Optional<Channel> source,
      Optional<Row> row,
      boolean duct,
      Optional<Profile> profile) {
    if (source.isEmpty() || profile.isEmpty()) {
      KEYS.forEach(table::scalar);
      return Optional.empty();
    }
    Channel channel = source.get();
    if (channel.quantity() == Quantity.METHANE) {
      return Optional.of(methane(table, point, channel, row, profile.get()));
    }
    for (String key : List.of("role", "tripAt", "restoreBelow")) {
      if (table.has(key)) {
        table.scalar(key);
        table.complain(key, key + " is for methane: " + channel.name() + " only gives alarms");
      }
    }
    Optional<Alarm> rule = profile.get().alarm(channel.quantity()).filter(_ -> !duct);
    return Optional.of(alarms(table, channel, rule, profile.get().name()));
  }

  private static Limits alarms(
      TomlTable table, Channel channel, Optional<Alarm> rule, String profile) {
    Quantity quantity = channel.quantity();
    if (quantity == Quantity.CONTACT) {
      for (String key : List.of("alarmAt", "alarmAbove")) {
        if (table.scalar(key).isPresent()) {
          table.complain(key, "a contact has no limit");
        }
      }
      return new Limits(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }
    Optional<Integer> at = within(table, "alarmAt", channel);
    Optional<Integer> ruledAt = rule.map(Alarm::alarmAt);
    Stricter stricter = quantity.highIsDanger() ? Stricter.LOWER : Stricter.HIGHER;
    judge(table, "alarmAt", at, ruledAt, quantity, stricter, profile);
    Optional<Integer> above = above(table, channel);
    Optional<Integer> ruledAbove = rule.flatMap(Alarm::alarmAbove);
    judge(table, "alarmAbove", above, ruledAbove, quantity, Stricter.LOWER, profile);
    Limits limits =
        new Limits(
            at.or(() -> ruledAt), above.or(() -> ruledAbove), Optional.empty(), Optional.empty());
    if (limits.alarmAbove().isPresent()
        && limits.alarmAt().isPresent()
        && limits.alarmAbove().get() <= limits.alarmAt().get()) {
      table.complain(
          above.isPresent() ? "alarmAbove" : "alarmAt", "wanted: alarmAbove above alarmAt");
    }
    return limits;
  }

  private static Optional<Integer> above(TomlTable table, Channel channel) {
    if (channel.quantity().highIsDanger() && table.has("alarmAbove")) {
      table.scalar("alarmAbove");
      table.complain("alarmAbove", "alarmAbove is for air speed: here alarmAt is the upper limit");
      return Optional.empty();
    }
    return within(table, "alarmAbove", channel);
  }

  private static Limits methane(
      TomlTable table, String point, Channel channel, Optional<Row> row, Profile profile) {
    above(table, channel);
    Optional<Integer> alarmAt = within(table, "alarmAt", channel);
    Optional<Integer> tripAt = within(table, "tripAt", channel);
    Optional<Integer> restore = within(table, "restoreBelow", channel);
    Limits rule = row.map(Limits::of).orElseGet(() -> laxest(profile));
    String by = profile.name() + row.map(of -> " for " + of.role()).orElse(" anywhere");
    judge(table, "alarmAt", alarmAt, rule.alarmAt(), Quantity.METHANE, Stricter.LOWER, by);
    judge(table, "tripAt", tripAt, rule.tripAt(), Quantity.METHANE, Stricter.LOWER, by);
    judge(
        table, "restoreBelow", restore, rule.restoreBelow(), Quantity.METHANE, Stricter.LOWER, by);
    Limits limits =
        row.isPresent()
            ? methane(
                alarmAt.or(rule::alarmAt), tripAt.or(rule::tripAt), restore.or(rule::restoreBelow))
            : methane(alarmAt, tripAt, restore);
    limits.judgeOrder(table, point);
    if (limits.tripAt().isPresent() && limits.tripAt().get() > channel.maximum()) {
      table.complain(
          "%s measures only up to %s: tripAt %s is out of its reach"
              .formatted(
                  channel.name(),
                  shown(channel.maximum(), Quantity.METHANE),
                  shown(limits.tripAt().get(), Quantity.METHANE)));
    }
    return limits;
  }

  /** A limit outside the measuring range would never be reached, or always. */
  private static Optional<Integer> within(TomlTable table, String key, Channel channel) {
    int least = Math.max(1, channel.minimum());
    return table.optionalDecimal(key, channel.quantity().decimals(), least, channel.maximum());
  }

  private static void judge(
      TomlTable table,
      String key,
      Optional<Integer> wanted,
      Optional<Integer> rule,
      Quantity quantity,
      Stricter stricter,
      String by) {
    if (wanted.isPresent() && rule.isPresent() && stricter.laxer(wanted.get(), rule.get())) {
      table.complain(
          key,
          "%s %s is laxer than %s allows: %s %s %s"
              .formatted(
                  key,
                  shown(wanted.get(), quantity),
                  by,
                  stricter == Stricter.LOWER ? "at most" : "at least",
                  shown(rule.get(), quantity),
                  quantity.unit()));
    }
  }

  private void judgeOrder(TomlTable table, String point) {
    if (tripAt.isPresent() != restoreBelow.isPresent()) {
      table.complain(point + " has only one of tripAt and restoreBelow: give both");
    }
    if (tripAt.isPresent() && alarmAt.isEmpty()) {
      table.complain(point + " trips without an alarm: give alarmAt");
    }
    above(table, "alarmAt", alarmAt);
    above(table, "restoreBelow", restoreBelow);
  }

  private void above(TomlTable table, String key, Optional<Integer> limit) {
    if (limit.isPresent() && tripAt.isPresent() && limit.get() > tripAt.get()) {
      table.complain(
          key,
          "%s %s is above tripAt %s: at most the same"
              .formatted(
                  key,
                  shown(limit.get(), Quantity.METHANE),
                  shown(tripAt.get(), Quantity.METHANE)));
    }
  }

  private static Limits methane(
      Optional<Integer> alarmAt, Optional<Integer> tripAt, Optional<Integer> restoreBelow) {
    return new Limits(alarmAt, Optional.empty(), tripAt, restoreBelow);
  }

  private static Limits of(Row row) {
    return methane(
        Optional.of(row.alarmAt().hundredths()),
        row.tripAt().map(Methane::hundredths),
        row.restoreBelow().map(Methane::hundredths));
  }

  private static Limits laxest(Profile profile) {
    List<Limits> rows = profile.rows().stream().map(Limits::of).toList();
    return methane(
        rows.stream().flatMap(row -> row.alarmAt().stream()).max(Comparator.naturalOrder()),
        rows.stream().flatMap(row -> row.tripAt().stream()).max(Comparator.naturalOrder()),
        rows.stream().flatMap(row -> row.restoreBelow().stream()).max(Comparator.naturalOrder()));
  }

  /** {@code 1.50}, as people write the quantity. */
  static String shown(int amount, Quantity quantity) {
    return BigDecimal.valueOf(amount, quantity.decimals()).toPlainString();
  }
}
