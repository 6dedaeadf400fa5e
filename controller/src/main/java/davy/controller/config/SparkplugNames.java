package davy.controller.config;

import davy.controller.config.Site.SparkplugNode;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * {@code [sparkplug]}: how the station is known to SCADA hosts, and what names can't be told to
 * them: hosts take two names that differ only in their letters' case for one, and a dot for a step
 * in a path.
 */
final class SparkplugNames {

  private static final String ID = "[A-Za-z0-9_-]{1,64}";
  private static final String ID_TEXT = "1 to 64 of A-Z a-z 0-9 _ -";

  private SparkplugNames() {}

  /**
   * @param mine the group where the section names none
   * @param station the edge node where the section names none
   */
  static SparkplugNode read(TomlTable table, boolean broker, String mine, String station) {
    if (!broker) {
      table.complain("[sparkplug] needs a [broker] to speak to");
    }
    return new SparkplugNode(
        id(table, "group").orElse(mine),
        id(table, "node").orElse(station),
        id(table, "primaryHost"));
  }

  private static Optional<String> id(TomlTable table, String key) {
    Optional<String> text = table.optionalText(key);
    if (text.isPresent() && !text.get().matches(ID)) {
      table.complain(key, key + " must be " + ID_TEXT);
    }
    return text;
  }

  /** Complains of what is named so that a host would mix it up; only with {@code [sparkplug]}. */
  static void judge(Draft draft) {
    if (draft.head().sparkplug().isEmpty()) {
      return;
    }
    Map<String, String> points = new HashMap<>();
    Map<String, String> zones = new HashMap<>();
    Map<String, String> fans = new HashMap<>();
    draft.points().forEach(point -> name(point.table(), point.name(), points));
    draft.zones().forEach(zone -> name(zone.table(), zone.name(), zones));
    draft.fans().forEach(fan -> name(fan.table(), fan.name(), fans));
  }

  private static void name(TomlTable table, String name, Map<String, String> seen) {
    if (name.contains(".")) {
      table.complain("name", "with [sparkplug] a name has no dot: " + name);
    }
    Optional.ofNullable(seen.putIfAbsent(name.toLowerCase(Locale.ROOT), name))
        .ifPresent(
            other ->
                table.complain(
                    "name",
                    "with [sparkplug] two names must differ in more than upper and lower case: "
                        + "%s and %s".formatted(other, name)));
  }
}
