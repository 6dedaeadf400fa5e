package davy.controller.config;

import davy.controller.config.ProfileKey.Section;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * {@code [bypass]}: what a site lets named persons exempt, never more than its profile (S16).
 *
 * @param inhibit whether a point may be kept from cutting for a time while another head of its
 *     place covers it
 * @param figures the site's own, or the profile's
 */
record DraftBypass(boolean inhibit, Map<ProfileKey, Integer> figures) {

  static DraftBypass read(TomlTable root, Optional<Profile> profile) {
    Optional<TomlTable> table = root.optionalTable("bypass");
    Map<ProfileKey, Integer> figures = new EnumMap<>(ProfileKey.class);
    boolean inhibit = table.map(from -> inhibit(from, profile)).orElse(false);
    for (Section section : new Section[] {Section.BYPASS, Section.INHIBIT}) {
      for (ProfileKey key : ProfileKey.of(section)) {
        Optional<Integer> rule = profile.filter(of -> of.has(key)).map(of -> of.figure(key));
        Optional<Integer> own = table.flatMap(from -> own(from, key));
        if (own.isPresent() && rule.isPresent()) {
          judge(table.get(), key, own.get(), profile.get());
        } else if (own.isPresent() && profile.isPresent()) {
          table.get().complain(key.key(), profile.get().name() + " knows no inhibit");
        }
        own.or(() -> rule).ifPresent(figure -> figures.put(key, figure));
      }
    }
    return new DraftBypass(inhibit, figures);
  }

  private static boolean inhibit(TomlTable table, Optional<Profile> profile) {
    boolean inhibit = table.flag("inhibit", false);
    if (inhibit && profile.filter(of -> !of.knowsInhibits()).isPresent()) {
      table.complain(
          "inhibit",
          "%s knows no inhibit: a point under calibration cuts its zones"
              .formatted(profile.get().name()));
    }
    return inhibit;
  }

  private static Optional<Integer> own(TomlTable table, ProfileKey key) {
    if (!table.has(key.key())) {
      return Optional.empty();
    }
    return key.flag()
        ? Optional.of(table.flag(key.key(), false) ? 1 : 0)
        : table.optionalInteger(key.key(), key.least(), key.most());
  }

  private static void judge(TomlTable table, ProfileKey key, int own, Profile profile) {
    if (key.stricter().laxer(own, profile.figure(key))) {
      table.complain(
          key.key(),
          "%s is laxer than %s allows: %s"
              .formatted(
                  key.key(),
                  profile.name(),
                  key.flag() ? profile.flag(key) : Integer.toString(profile.figure(key))));
    }
  }
}
