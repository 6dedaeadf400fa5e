package davy.controller.config;

import davy.controller.config.Profile.Alarm;
import davy.controller.config.Profile.Figure;
import davy.controller.config.Profile.Row;
import davy.controller.config.ProfileKey.Section;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads profile files; their schema is in {@code deploy/docs/profiles.md}. A profile with a {@code
 * base} takes everything of it but the figures and rows that it names itself; without {@code demo =
 * true} none of these may be laxer than the base's.
 */
final class ProfileFile {

  private final Shelf shelf;
  private final List<Complaint> complaints;

  private ProfileFile(Shelf shelf, List<Complaint> complaints) {
    this.shelf = shelf;
    this.complaints = complaints;
  }

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
        .flatMap(
            root -> {
              Optional<Profile> profile =
                  root.has("base") ? derived(file, root) : Optional.of(whole(file, root));
              root.finish();
              return profile;
            });
  }

  private static Profile whole(Shelf.Text file, TomlTable root) {
    Map<ProfileKey, Figure> figures = new EnumMap<>(ProfileKey.class);
    for (Section section : Section.values()) {
      Optional<TomlTable> table =
          section.required()
              ? Optional.of(root.table(section.table()))
              : root.optionalTable(section.table());
      table.ifPresent(from -> figures.putAll(whole(section, from)));
    }
    List<Row> rows = ProfileRows.rows(root);
    List<Alarm> alarms = ProfileRows.alarms(root);
    Profile profile =
        new Profile(
            root.text("name"),
            root.text("title"),
            Digest.of(List.of(file.text())),
            root.flag("demo", false),
            root.flag("reviewed"),
            figures,
            rows,
            alarms);
    judge(root, profile);
    return profile;
  }

  private static Map<ProfileKey, Figure> whole(Section section, TomlTable table) {
    Map<ProfileKey, Figure> figures = new EnumMap<>(ProfileKey.class);
    for (ProfileKey key : ProfileKey.of(section)) {
      figures.put(key, figure(key, table.table(key.key())));
    }
    return figures;
  }

  private static Figure figure(ProfileKey key, TomlTable row) {
    return new Figure(key.read(row), row.text("source"), ProfileRows.mark(row));
  }

  /** What the figures of a whole profile must be to each other. */
  private static void judge(TomlTable root, Profile profile) {
    if (!profile.knowsFans()) {
      if (profile.rows().stream().anyMatch(row -> row.fan() != Profile.FanDuty.NONE)) {
        root.complain("a row says what it does to a fan, but there is no [fan]");
      }
      return;
    }
    inOrder(root, profile, ProfileKey.LOCK_OPENS_BELOW, ProfileKey.LOCK_ABOVE);
    inOrder(root, profile, ProfileKey.STOP_RESTORE_BELOW, ProfileKey.STOP_AT);
    inOrder(root, profile, ProfileKey.DEGAS_AT, ProfileKey.LOCK_ABOVE);
  }

  private static void inOrder(TomlTable root, Profile profile, ProfileKey low, ProfileKey high) {
    if (profile.figure(low) > profile.figure(high)) {
      root.complain(Section.FAN.table(), "%s is above %s".formatted(low.path(), high.path()));
    }
  }

  private Optional<Profile> derived(Shelf.Text file, TomlTable root) {
    String name = root.text("base");
    Optional<Shelf.Text> text = shelf.find(name).filter(found -> !found.equals(file));
    if (text.isEmpty()) {
      root.complain(
          "base", "unknown base " + name + "; known: " + String.join(", ", shelf.names()));
    }
    Optional<Profile> base = text.flatMap(this::base);
    if (base.isEmpty()) {
      forget(root);
    }
    return base.map(from -> derived(file, root, from));
  }

  private static Profile derived(Shelf.Text file, TomlTable root, Profile base) {
    boolean demo = root.flag("demo", false);
    Map<ProfileKey, Figure> figures = new EnumMap<>(ProfileKey.class);
    figures.putAll(base.figures());
    for (Section section : Section.values()) {
      root.optionalTable(section.table())
          .ifPresent(table -> figures.putAll(changed(section, table, base, demo)));
    }
    Profile profile =
        new Profile(
            root.text("name"),
            root.text("title"),
            Digest.of(List.of(base.digest(), file.text())),
            demo || base.demo(),
            root.flag("reviewed", false) && base.reviewed(),
            figures,
            ProfileRows.changed(root, base, demo),
            base.alarms());
    judge(root, profile);
    return profile;
  }

  /** The figures of a section that a derived profile names itself. */
  private static Map<ProfileKey, Figure> changed(
      Section section, TomlTable table, Profile base, boolean demo) {
    Map<ProfileKey, Figure> figures = new EnumMap<>(ProfileKey.class);
    for (ProfileKey key : ProfileKey.of(section)) {
      Optional<Figure> own = table.optionalTable(key.key()).map(row -> figure(key, row));
      if (own.isPresent() && !base.has(key) && section != Section.PLACE) {
        table.complain(key.key(), base.name() + " has no [" + section.table() + "]");
      } else if (own.isPresent() && base.has(key) && !demo && laxer(key, own.get(), base)) {
        table.complain(key.key(), key.key() + " is laxer than in " + base.name());
      }
      own.ifPresent(figure -> figures.put(key, figure));
    }
    return figures;
  }

  private static boolean laxer(ProfileKey key, Figure own, Profile base) {
    return key.stricter().laxer(own.value(), base.figure(key));
  }

  private Optional<Profile> base(Shelf.Text file) {
    List<Complaint> found = new ArrayList<>();
    Optional<TomlTable> root = TomlTable.parse(file.file(), file.text(), found);
    root.filter(table -> table.has("base"))
        .ifPresent(table -> table.complain("base", "a base may not have a base itself"));
    complaints.addAll(found);
    return found.isEmpty() ? read(shelf, file, complaints) : Optional.empty();
  }

  /** Without its base nothing of a derived profile can be judged. */
  private static void forget(TomlTable root) {
    root.keys().forEach(root::ignore);
  }
}
