package davy.controller.config;

import davy.controller.config.Profile.Alarm;
import davy.controller.config.Profile.Origin;
import davy.controller.config.Profile.Row;
import davy.controller.config.TomlTable.Choice;
import davy.hal.signal.Methane;
import davy.hal.signal.Quantity;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads profile files; their schema is in {@code deploy/docs/profiles.md}. A profile with a {@code
 * base} takes everything of it but the times it names itself; without {@code demo = true} none of
 * these may be laxer than the base's.
 */
final class ProfileFile {

  private static final List<Choice<Quantity>> ALARMED =
      MapWords.QUANTITIES.stream()
          .filter(word -> word.meaning() != Quantity.METHANE && word.meaning() != Quantity.CONTACT)
          .toList();

  private final Shelf shelf;
  private final List<Complaint> complaints;

  private ProfileFile(Shelf shelf, List<Complaint> complaints) {
    this.shelf = shelf;
    this.complaints = complaints;
  }

  /** A figure of {@code [times]}. */
  private record Time(int value, Origin origin) {}

  /**
   * @param complaints takes what is wrong with the file or its base
   * @return nothing where anything was
   */
  static Optional<Profile> read(Shelf shelf, Shelf.Text file, List<Complaint> complaints) {
    List<Complaint> own = new ArrayList<>();
    Optional<Profile> profile = new ProfileFile(shelf, own).read(file);
    complaints.addAll(own);
    return own.isEmpty() ? profile : Optional.empty();
  }

  private Optional<Profile> read(Shelf.Text file) {
    return TomlTable.parse(file.file(), file.text(), complaints)
        .map(
            root -> {
              Profile profile = root.has("base") ? derived(file, root) : whole(file, root);
              root.finish();
              return profile;
            });
  }

  private Profile whole(Shelf.Text file, TomlTable root) {
    Map<ProfileKey, Time> times = new EnumMap<>(ProfileKey.class);
    TomlTable table = root.table("times");
    for (ProfileKey key : ProfileKey.values()) {
      times.put(key, time(key, table.table(key.key())));
    }
    List<Row> rows = root.tables("row").stream().map(this::row).toList();
    List<Alarm> alarms = root.tables("alarm").stream().map(this::alarm).toList();
    unique(root, "role", rows.stream().map(Row::role).toList());
    unique(root, "alarm", alarms.stream().map(alarm -> alarm.quantity().name()).toList());
    return profile(
        root,
        Digest.of(List.of(file.text())),
        root.flag("reviewed"),
        root.flag("demo", false),
        times,
        rows,
        alarms);
  }

  private Profile derived(Shelf.Text file, TomlTable root) {
    String name = root.text("base");
    boolean demo = root.flag("demo", false);
    Optional<Shelf.Text> text = shelf.find(name).filter(found -> !found.equals(file));
    Optional<Profile> base = text.flatMap(this::base);
    if (text.isEmpty()) {
      root.complain(
          "base", "unknown base " + name + "; known: " + String.join(", ", shelf.names()));
    }
    TomlTable table = root.table("times");
    Map<ProfileKey, Time> times = new EnumMap<>(ProfileKey.class);
    for (ProfileKey key : ProfileKey.values()) {
      Optional<Time> inherited = base.map(from -> timeOf(from, key));
      Optional<Time> own = table.optionalTable(key.key()).map(row -> time(key, row));
      if (!demo && laxer(key, own, inherited)) {
        table.complain(key.key(), key.key() + " is laxer than in " + name);
      }
      times.put(key, own.or(() -> inherited).orElse(new Time(0, new Origin("", "", ""))));
    }
    return profile(
        root,
        Digest.of(List.of(base.map(Profile::digest).orElse(""), file.text())),
        base.map(Profile::reviewed).orElse(false),
        demo || base.map(Profile::demo).orElse(false),
        times,
        base.map(Profile::rows).orElse(List.of()),
        base.map(Profile::alarms).orElse(List.of()));
  }

  private Optional<Profile> base(Shelf.Text file) {
    List<Complaint> found = new ArrayList<>();
    Optional<TomlTable> root = TomlTable.parse(file.file(), file.text(), found);
    root.filter(table -> table.has("base"))
        .ifPresent(table -> table.complain("base", "a base may not have a base itself"));
    complaints.addAll(found);
    return found.isEmpty() ? read(shelf, file, complaints) : Optional.empty();
  }

  private static boolean laxer(ProfileKey key, Optional<Time> own, Optional<Time> inherited) {
    return own.isPresent()
        && inherited.isPresent()
        && key.stricter().laxer(own.get().value(), inherited.get().value());
  }

  private static Profile profile(
      TomlTable root,
      String digest,
      boolean reviewed,
      boolean demo,
      Map<ProfileKey, Time> times,
      List<Row> rows,
      List<Alarm> alarms) {
    return new Profile(
        root.text("name"),
        root.text("title"),
        digest,
        demo,
        reviewed,
        times.get(ProfileKey.LIMIT).value(),
        times.get(ProfileKey.START_HOLD).value(),
        times.get(ProfileKey.STABLE).value(),
        times.get(ProfileKey.GOOD_READINGS).value(),
        times.get(ProfileKey.GOOD_MILLIS).value(),
        new Methane(times.get(ProfileKey.DRIFT_AT).value()),
        times.get(ProfileKey.DRIFT_MILLIS).value(),
        times.get(ProfileKey.CONSENT).value(),
        rows,
        alarms,
        times.values().stream().map(Time::origin).toList());
  }

  private static Time time(ProfileKey key, TomlTable row) {
    return new Time(key.read(row), new Origin(key.key(), row.text("source"), mark(row)));
  }

  private static Time timeOf(Profile base, ProfileKey key) {
    int value =
        switch (key) {
          case LIMIT -> base.limitMillis();
          case START_HOLD -> base.startHoldMillis();
          case STABLE -> base.stableMillis();
          case GOOD_READINGS -> base.backToGoodReadings();
          case GOOD_MILLIS -> base.backToGoodMillis();
          case DRIFT_AT -> base.driftAt().hundredths();
          case DRIFT_MILLIS -> base.driftMillis();
          case CONSENT -> base.consentMillis();
        };
    return new Time(value, base.origins().get(key.ordinal()));
  }

  private Row row(TomlTable row) {
    Row read =
        new Row(
            row.text("role"),
            row.text("title"),
            row.text("area"),
            new Methane(row.decimal("alarmAt", 2, 1, 10_000)),
            row.optionalDecimal("tripAt", 2, 1, 10_000).map(Methane::new),
            row.optionalDecimal("restoreBelow", 2, 1, 10_000).map(Methane::new),
            row.flag("required"),
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

  private Alarm alarm(TomlTable row) {
    Quantity quantity = row.choice("quantity", ALARMED);
    int alarmAt = row.decimal("alarmAt", quantity.decimals(), 1, 100_000);
    return new Alarm(quantity, alarmAt, row.text("source"), mark(row));
  }

  private static String mark(TomlTable row) {
    return row.choice("mark", ProfileKey.MARKS);
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
