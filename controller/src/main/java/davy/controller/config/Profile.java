package davy.controller.config;

import davy.hal.signal.Methane;
import davy.hal.signal.Quantity;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The rules of one country and kind of place, as data with source and review mark. A site may be
 * stricter, never laxer.
 *
 * @param digest SHA-256 of the file, hex
 * @param demo accepted only on pseudo-terminals without GPIO, shown as DEMO everywhere
 * @param figures single figures by their keys: the whole of a section or nothing of it
 * @param alarms limits of what is not methane
 */
public record Profile(
    String name,
    String title,
    String digest,
    boolean demo,
    boolean reviewed,
    Map<ProfileKey, Figure> figures,
    List<Row> rows,
    List<Alarm> alarms) {

  private static final long NANOS_OF_A_MILLI = 1_000_000L;

  public Profile {
    EnumMap<ProfileKey, Figure> copy = new EnumMap<>(ProfileKey.class);
    copy.putAll(figures);
    figures = Collections.unmodifiableMap(copy);
    rows = List.copyOf(rows);
    alarms = List.copyOf(alarms);
  }

  /**
   * One figure.
   *
   * @param value in milliseconds, 0.01 %CH4, a count, or 1 for true, as its key says
   * @param source where it was seen
   * @param mark how far it was checked: V seen, V* seen in a weak source, M from memory, J
   *     engineering judgement
   */
  public record Figure(int value, String source, String mark) {}

  /**
   * The limits of one sensor role (T0, T1, …).
   *
   * @param area what the rule wants cut, in its own words
   * @param required whether a site must have it
   * @param twoOfThree whether heads of this role may vote 2oo3; 1oo1 and 1oo2 always may (S13)
   * @param fan what the role does to the local fan of its zones
   * @param source where the figures were seen
   * @param mark how far they were checked: V seen, V* seen in a weak source, M from memory, J
   *     engineering judgement
   */
  public record Row(
      String role,
      String title,
      String area,
      Methane alarmAt,
      Optional<Methane> tripAt,
      Optional<Methane> restoreBelow,
      boolean required,
      boolean twoOfThree,
      FanDuty fan,
      String source,
      String mark) {}

  /** What the heads of a role do to a local fan. */
  public enum FanDuty {
    NONE,
    /** Gas in the heading: the start lock and degassing look at it (AQ 6201 item e, S23). */
    GAS,
    /** Gas in the intake before the fan: its second stage stops the fan (item c'). */
    INTAKE
  }

  /**
   * The alarm limit of a quantity other than methane.
   *
   * @param alarmAt inclusive, in the quantity's integer unit: at or above it, or at or below it
   *     where a low amount is the danger
   * @param alarmAbove strict upper limit of a quantity whose low amount is the danger
   */
  public record Alarm(
      Quantity quantity, int alarmAt, Optional<Integer> alarmAbove, String source, String mark) {}

  public Optional<Row> row(String role) {
    return rows.stream().filter(row -> row.role().equals(role)).findFirst();
  }

  public Optional<Alarm> alarm(Quantity quantity) {
    return alarms.stream().filter(alarm -> alarm.quantity() == quantity).findFirst();
  }

  /** Whether the profile has the section of this figure. */
  boolean has(ProfileKey key) {
    return figures.containsKey(key);
  }

  /**
   * @throws IllegalStateException where the profile has no such figure: ask {@link #has} first of
   *     what is not required
   */
  int figure(ProfileKey key) {
    if (!has(key)) {
      throw new IllegalStateException(name + " has no " + key.path());
    }
    return figures.get(key).value();
  }

  long nanos(ProfileKey key) {
    return figure(key) * NANOS_OF_A_MILLI;
  }

  Methane methane(ProfileKey key) {
    return new Methane(figure(key));
  }

  boolean flag(ProfileKey key) {
    return figure(key) == 1;
  }

  /** Legal limit from over-limit to power off. */
  public int limitMillis() {
    return figure(ProfileKey.LIMIT);
  }

  /** Lock after power-on. */
  public int startHoldMillis() {
    return figure(ProfileKey.START_HOLD);
  }

  /** A head is tested with gas so often. */
  public int gasTestDays() {
    return figure(ProfileKey.GAS_TEST);
  }

  /** The longest shelving, and the longest wait of a test for its gas. */
  public int shelfMillis() {
    return figure(ProfileKey.SHELF);
  }

  /** A scan that begins later than so many of its periods is a cause. */
  public int scanLatePeriods() {
    return figure(ProfileKey.SCAN_LATE);
  }

  /** How long every cause must be gone before an automatic release. */
  public int stableMillis() {
    return figure(ProfileKey.STABLE);
  }

  /** Whether it has rules for a local fan; without them a site may have none. */
  public boolean knowsFans() {
    return has(ProfileKey.STOP_AT);
  }

  /** Whether a point may be exempted from cutting for a time (S16). */
  public boolean knowsInhibits() {
    return has(ProfileKey.INHIBIT);
  }
}
