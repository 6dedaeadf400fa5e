package davy.controller.config;

import davy.controller.config.Profile.Alarm;
import davy.controller.config.Profile.FanDuty;
import davy.controller.config.Profile.Row;
import davy.controller.config.ProfileKey.Stricter;
import davy.controller.config.TomlTable.Choice;
import davy.hal.signal.Methane;
import davy.hal.signal.Quantity;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The {@code [[row]]} and {@code [[alarm]]} tables of a profile file. */
final class ProfileRows {

  private static final List<Choice<Quantity>> ALARMED =
      MapWords.QUANTITIES.stream()
          .filter(word -> word.meaning() != Quantity.METHANE && word.meaning() != Quantity.CONTACT)
          .toList();
  private static final List<Choice<FanDuty>> DUTIES =
      List.of(new Choice<>("gas", FanDuty.GAS), new Choice<>("intake", FanDuty.INTAKE));

  private ProfileRows() {}

  static List<Row> rows(TomlTable root) {
    List<Row> rows = root.tables("row").stream().map(ProfileRows::row).toList();
    unique(root, "role", rows.stream().map(Row::role).toList());
    return rows;
  }

  static List<Alarm> alarms(TomlTable root) {
    List<Alarm> alarms = root.tables("alarm").stream().map(ProfileRows::alarm).toList();
    unique(root, "alarm", alarms.stream().map(alarm -> alarm.quantity().name()).toList());
    return alarms;
  }

  static String mark(TomlTable row) {
    return row.choice("mark", ProfileKey.MARKS);
  }

  /**
   * The rows of the base, those in its place that a derived profile names itself. A role that the
   * base does not have would make its laxest row laxer, and with it what an additional head may be.
   */
  static List<Row> changed(TomlTable root, Profile base, boolean demo) {
    List<Row> rows = new ArrayList<>(base.rows());
    List<String> seen = new ArrayList<>();
    for (TomlTable table : root.tables("row")) {
      Row own = row(table);
      Optional<Row> from = base.row(own.role());
      seen.add(own.role());
      if (from.isEmpty()) {
        table.complain("role", "%s has no role %s".formatted(base.name(), own.role()));
      } else {
        rows.set(base.rows().indexOf(from.get()), own);
        judge(table, own, from.get(), base.name(), demo);
      }
    }
    unique(root, "role", seen);
    return rows;
  }

  private static void judge(TomlTable table, Row own, Row from, String base, boolean demo) {
    if (own.fan() != from.fan()) {
      table.complain("fan", "fan must be as in " + base);
    }
    if (demo) {
      return;
    }
    laxer(table, "alarmAt", Optional.of(own.alarmAt()), Optional.of(from.alarmAt()), base);
    laxer(table, "tripAt", own.tripAt(), from.tripAt(), base);
    laxer(table, "restoreBelow", own.restoreBelow(), from.restoreBelow(), base);
    if (from.required() && !own.required() || own.twoOfThree() && !from.twoOfThree()) {
      table.complain(
          from.required() && !own.required() ? "required" : "twoOfThree",
          "the row is laxer than in " + base);
    }
  }

  private static void laxer(
      TomlTable table, String key, Optional<Methane> own, Optional<Methane> from, String base) {
    boolean gone = from.isPresent() && own.isEmpty();
    if (gone
        || own.isPresent()
            && from.isPresent()
            && Stricter.LOWER.laxer(own.get().hundredths(), from.get().hundredths())) {
      table.complain(key, key + " is laxer than in " + base);
    }
  }

  private static Row row(TomlTable row) {
    Row read =
        new Row(
            row.text("role"),
            row.text("title"),
            row.text("area"),
            new Methane(row.decimal("alarmAt", 2, 1, 10_000)),
            row.optionalDecimal("tripAt", 2, 1, 10_000).map(Methane::new),
            row.optionalDecimal("restoreBelow", 2, 1, 10_000).map(Methane::new),
            row.flag("required"),
            row.flag("twoOfThree", false),
            row.optionalChoice("fan", DUTIES).orElse(FanDuty.NONE),
            row.text("source"),
            mark(row));
    if (read.tripAt().isPresent() != read.restoreBelow().isPresent()) {
      row.complain("tripAt and restoreBelow stand together or not at all");
    } else if (read.tripAt().isPresent() && disordered(read)) {
      row.complain("wanted: alarmAt ≤ tripAt and restoreBelow ≤ tripAt");
    }
    return read;
  }

  private static boolean disordered(Row row) {
    Methane trip = row.tripAt().orElseThrow();
    return row.alarmAt().compareTo(trip) > 0
        || row.restoreBelow().orElseThrow().compareTo(trip) > 0;
  }

  private static Alarm alarm(TomlTable row) {
    Quantity quantity = row.choice("quantity", ALARMED);
    int alarmAt = row.decimal("alarmAt", quantity.decimals(), 1, 100_000);
    Optional<Integer> above = row.optionalDecimal("alarmAbove", quantity.decimals(), 1, 100_000);
    if (above.isPresent() && quantity.highIsDanger()) {
      row.complain("alarmAbove", "alarmAbove is for quantities whose low amount is the danger");
    } else if (above.isPresent() && above.get() <= alarmAt) {
      row.complain("alarmAbove", "wanted: alarmAbove above alarmAt");
    }
    return new Alarm(quantity, alarmAt, above, row.text("source"), mark(row));
  }

  private static void unique(TomlTable root, String what, List<String> names) {
    Set<String> seen = new HashSet<>();
    for (String name : names) {
      if (!seen.add(name)) {
        root.complain("two rows for the " + what + " " + name);
      }
    }
  }
}
