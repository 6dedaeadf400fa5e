package davy.controller.config;

import davy.controller.config.TomlTable.Choice;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * The single figures of a profile: where each stands in its file, its range, and which direction is
 * the stricter one (S18). What each means is told in {@code deploy/docs/profiles.md}.
 */
public enum ProfileKey {
  LIMIT(Section.TIMES, "limitMillis", 0, 100, 60_000, Stricter.LOWER),
  START_HOLD(Section.TIMES, "startHoldMillis", 0, 1_000, 3_600_000, Stricter.HIGHER),
  STABLE(Section.TIMES, "stableMillis", 0, 1_000, 3_600_000, Stricter.HIGHER),
  GOOD_READINGS(Section.TIMES, "backToGoodReadings", 0, 1, 100, Stricter.HIGHER),
  GOOD_MILLIS(Section.TIMES, "backToGoodMillis", 0, 0, 600_000, Stricter.HIGHER),
  DRIFT_AT(Section.TIMES, "driftAt", 2, -400, -1, Stricter.HIGHER),
  DRIFT_MILLIS(Section.TIMES, "driftMillis", 0, 0, 600_000, Stricter.LOWER),
  CONSENT(Section.TIMES, "consentMillis", 0, 1_000, 60_000, Stricter.LOWER),
  /** Of the site's scan: one that begins later than so many is a cause. */
  SCAN_LATE(Section.TIMES, "scanLatePeriods", 0, 2, 40, Stricter.LOWER),
  /** The longest that a site may leave a device unread on which no zone depends. */
  POLL(Section.TIMES, "pollMillis", 0, 1_000, 60_000, Stricter.LOWER),
  /** S10. */
  READ_BACK(Section.OUTPUT, "readBackMillis", 0, 50, 2_000, Stricter.LOWER),
  /** A granted output that does not come on only withholds power, so it has longer. */
  OUTPUT_ON(Section.OUTPUT, "onMillis", 0, 50, 60_000, Stricter.LOWER),
  /** S2: the longest that a site may need to see a withheld feed dead. */
  FEED_DEAD(Section.FEED, "deadMillis", 0, 100, 60_000, Stricter.LOWER),
  /** S15. */
  FEED_UNSEEN(Section.FEED, "unseenMillis", 0, 60_000, 604_800_000, Stricter.LOWER),
  /** S23. */
  SELF_CLOSE(Section.FEED, "selfCloseMillis", 0, 100, 60_000, Stricter.HIGHER),
  /** S13. */
  SINGLE_FAULT_CUTS(Section.VOTING, "singleFaultCuts", Stricter.HIGHER),
  /** Bypasses of all kinds together. */
  BYPASSES(Section.BYPASS, "atOnce", 0, 0, 100, Stricter.LOWER),
  TWO_PERSONS(Section.BYPASS, "twoPersons", Stricter.HIGHER),
  CALIBRATION(Section.BYPASS, "calibrationMillis", 0, 60_000, 14_400_000, Stricter.LOWER),
  /** S16. */
  INHIBIT(Section.INHIBIT, "longestMillis", 0, 60_000, 3_600_000, Stricter.LOWER),
  INHIBIT_SHIFT(Section.INHIBIT, "shiftMillis", 0, 60_000, 3_600_000, Stricter.LOWER),
  INHIBIT_PAUSE(Section.INHIBIT, "pauseMillis", 0, 1_800_000, 86_400_000, Stricter.HIGHER),
  /** A new shift gives a point its whole time again, so a longer one is stricter. */
  INHIBIT_SHIFT_LENGTH(
      Section.INHIBIT, "shiftLengthMillis", 0, 21_600_000, 86_400_000, Stricter.HIGHER),
  /** S24. */
  DIFFER_BY(Section.PLACE, "differBy", 2, 1, 1_000, Stricter.LOWER),
  /** S23. */
  CHANGEOVER(Section.FAN, "changeoverMillis", 0, 0, 60_000, Stricter.LOWER),
  /** AQ 6201 item e. */
  LOCK_ABOVE(Section.FAN, "lockAbove", 2, 1, 10_000, Stricter.NEITHER),
  LOCK_OPENS_BELOW(Section.FAN, "lockOpensBelow", 2, 1, 10_000, Stricter.NEITHER),
  UNLOCK(Section.FAN, "unlockMillis", 0, 60_000, 14_400_000, Stricter.LOWER),
  /** AQ 6201 item c'. */
  STOP_AT(Section.FAN, "stopAt", 2, 1, 10_000, Stricter.NEITHER),
  STOP_RESTORE_BELOW(Section.FAN, "stopRestoreBelow", 2, 1, 10_000, Stricter.NEITHER),
  /** S8. */
  STOP_READINGS(Section.FAN, "stopReadings", 0, 3, 100, Stricter.NEITHER),
  STOP_WITHIN(Section.FAN, "stopWithinMillis", 0, 100, 2_000, Stricter.NEITHER),
  OVER_RANGE_AFTER(Section.FAN, "overRangeAfter", 2, 1, 10_000, Stricter.NEITHER),
  OVER_RANGE_WITHIN(Section.FAN, "overRangeWithinMillis", 0, 1_000, 600_000, Stricter.NEITHER),
  /** S23. */
  DEGAS_AT(Section.FAN, "degasAt", 2, 1, 10_000, Stricter.LOWER),
  DEGAS(Section.FAN, "degasMillis", 0, 0, 86_400_000, Stricter.HIGHER),
  /** The longest that an alarm may be shelved. */
  SHELF(Section.ALARMS, "shelfMillis", 0, 60_000, 86_400_000, Stricter.LOWER),
  /** Days between two tests of a head with gas: reminded of, never enforced. */
  GAS_TEST(Section.ALARMS, "gasTestDays", 0, 1, 92, Stricter.LOWER),
  /** The length of a period of statistics. */
  STATISTICS(Section.ALARMS, "statisticsMillis", 0, 1_000, 3_600_000, Stricter.NEITHER),
  /** How long a mute lasts. */
  MUTE(Section.ALARMS, "muteMillis", 0, 10_000, 3_600_000, Stricter.LOWER),
  /** How long a value must have been normal before a person may close its alarm. */
  NORMAL(Section.ALARMS, "normalMillis", 0, 1_000, 3_600_000, Stricter.HIGHER),
  /** A silent head is an alarm after it: its cut never waits for that. */
  SENSOR_DELAY(Section.ALARMS, "sensorDelayMillis", 0, 0, 60_000, Stricter.LOWER),
  /** Plausibility looks at all points so often. */
  LOOK(Section.PLAUSIBILITY, "lookMillis", 0, 100, 60_000, Stricter.NEITHER),
  /** Looks in each half of the window. */
  HALF_LOOKS(Section.PLAUSIBILITY, "halfWindowLooks", 0, 1, 300, Stricter.NEITHER),
  HOLDS(Section.PLAUSIBILITY, "holdsMillis", 0, 0, 600_000, Stricter.LOWER),
  KEEP(Section.PLAUSIBILITY, "keepMillis", 0, 0, 3_600_000, Stricter.HIGHER),
  RISE(Section.PLAUSIBILITY, "riseBy", 2, 1, 10_000, Stricter.LOWER),
  DROP(Section.PLAUSIBILITY, "dropBy", 2, 1, 10_000, Stricter.LOWER),
  CONTRADICT(Section.PLAUSIBILITY, "contradictBy", 2, 1, 10_000, Stricter.LOWER),
  APART(Section.PLAUSIBILITY, "apartBy", 2, 1, 10_000, Stricter.LOWER),
  FLAT(Section.PLAUSIBILITY, "flatMillis", 0, 1_000, 86_400_000, Stricter.LOWER),
  FLAT_FROM(Section.PLAUSIBILITY, "flatFrom", 2, 0, 10_000, Stricter.LOWER),
  FLAT_MOVED(Section.PLAUSIBILITY, "flatMovedBy", 2, 1, 10_000, Stricter.LOWER),
  /** A time to the limit beyond it is not told. */
  HORIZON(Section.PLAUSIBILITY, "horizonMillis", 0, 1_000, 86_400_000, Stricter.HIGHER);

  /** A table of the profile file. */
  enum Section {
    TIMES("times", true),
    OUTPUT("output", true),
    FEED("feed", true),
    VOTING("voting", true),
    BYPASS("bypass", true),
    /** Left out where the profile knows no timed inhibit. */
    INHIBIT("inhibit", false),
    /** Left out where heads of one place may differ. */
    PLACE("place", false),
    /** Left out where the profile has no rules for a local fan: then a site may have none. */
    FAN("fan", false),
    ALARMS("alarms", true),
    PLAUSIBILITY("plausibility", true);

    private final String table;
    private final boolean required;

    Section(String table, boolean required) {
      this.table = table;
      this.required = required;
    }

    String table() {
      return table;
    }

    boolean required() {
      return required;
    }
  }

  /** Which way a figure moves when it gets stricter. */
  enum Stricter {
    LOWER,
    HIGHER,
    /** Stricter is not safer, or it is no limit: only the same figure will do (S8). */
    NEITHER;

    /** Whether a figure may not stand in place of another. */
    boolean laxer(int figure, int than) {
      return switch (this) {
        case LOWER -> figure > than;
        case HIGHER -> figure < than;
        case NEITHER -> figure != than;
      };
    }
  }

  /** How far a figure was checked, as {@code mark} of the file. */
  static final List<Choice<String>> MARKS =
      Stream.of("V", "V*", "M", "J").map(mark -> new Choice<>(mark, mark)).toList();

  private final Section section;
  private final String key;
  private final int decimals;
  private final int least;
  private final int most;
  private final boolean flag;
  private final Stricter stricter;

  ProfileKey(Section section, String key, int decimals, int least, int most, Stricter stricter) {
    this.section = section;
    this.key = key;
    this.decimals = decimals;
    this.least = least;
    this.most = most;
    this.flag = false;
    this.stricter = stricter;
  }

  /** A figure that is true (1) or false (0). */
  ProfileKey(Section section, String key, Stricter stricter) {
    this.section = section;
    this.key = key;
    this.decimals = 0;
    this.least = 0;
    this.most = 1;
    this.flag = true;
    this.stricter = stricter;
  }

  /** The keys of a section, in their order. */
  static List<ProfileKey> of(Section section) {
    return Arrays.stream(values()).filter(key -> key.section == section).toList();
  }

  Section section() {
    return section;
  }

  /** As the file writes it in its section. */
  String key() {
    return key;
  }

  /** As people name it: {@code fan.stopAt}. */
  public String path() {
    return section.table() + "." + key;
  }

  int decimals() {
    return decimals;
  }

  int least() {
    return least;
  }

  int most() {
    return most;
  }

  boolean flag() {
    return flag;
  }

  Stricter stricter() {
    return stricter;
  }

  /** The {@code value} of the figure's own table; a flag is 1 or 0. */
  int read(TomlTable row) {
    return flag ? (row.flag("value") ? 1 : 0) : row.decimal("value", decimals, least, most);
  }
}
