package davy.controller.config;

import davy.controller.config.TomlTable.Choice;
import java.util.Arrays;
import java.util.List;

/** The {@code [times]} of a profile file: range, and which direction is the stricter one. */
enum ProfileKey {
  LIMIT("limitMillis", 0, 100, 60_000, Stricter.LOWER),
  START_HOLD("startHoldMillis", 0, 1_000, 3_600_000, Stricter.HIGHER),
  STABLE("stableMillis", 0, 1_000, 3_600_000, Stricter.HIGHER),
  GOOD_READINGS("backToGoodReadings", 0, 1, 100, Stricter.HIGHER),
  GOOD_MILLIS("backToGoodMillis", 0, 0, 600_000, Stricter.HIGHER),
  DRIFT_AT("driftAt", 2, -400, -1, Stricter.HIGHER),
  DRIFT_MILLIS("driftMillis", 0, 0, 600_000, Stricter.LOWER),
  CONSENT("consentMillis", 0, 1_000, 60_000, Stricter.LOWER);

  /** Which way a figure moves when it gets stricter. */
  enum Stricter {
    LOWER,
    HIGHER;

    boolean laxer(int figure, int than) {
      return switch (this) {
        case LOWER -> figure > than;
        case HIGHER -> figure < than;
      };
    }
  }

  /** How far a figure was checked, as {@code mark} of the file. */
  static final List<Choice<String>> MARKS =
      Arrays.asList("V", "V*", "M", "J").stream().map(mark -> new Choice<>(mark, mark)).toList();

  private final String key;
  private final int decimals;
  private final int least;
  private final int most;
  private final Stricter stricter;

  ProfileKey(String key, int decimals, int least, int most, Stricter stricter) {
    this.key = key;
    this.decimals = decimals;
    this.least = least;
    this.most = most;
    this.stricter = stricter;
  }

  String key() {
    return key;
  }

  Stricter stricter() {
    return stricter;
  }

  int read(TomlTable row) {
    return row.decimal("value", decimals, least, most);
  }
}
