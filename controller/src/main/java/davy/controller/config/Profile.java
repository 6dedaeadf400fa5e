package davy.controller.config;

import davy.hal.signal.Methane;
import davy.hal.signal.Quantity;
import java.util.List;
import java.util.Optional;

/**
 * The rules of one country and kind of place, as data with source and review mark. A site may be
 * stricter, never laxer.
 *
 * @param digest SHA-256 of the file, hex
 * @param demo accepted only on pseudo-terminals without GPIO, shown as DEMO everywhere
 * @param limitMillis legal limit from over-limit to power off
 * @param startHoldMillis lock after power-on
 * @param stableMillis how long every cause must be gone before an automatic release
 * @param backToGoodReadings consecutive good readings before a failed point counts again (S19)
 * @param backToGoodMillis and for how long (S19)
 * @param driftAt at or below it for driftMillis the head has drifted (S19)
 * @param consentMillis a loosening request waits this long for the consent key (S4)
 * @param alarms limits of what is not methane
 * @param origins where each time of the profile comes from
 */
public record Profile(
    String name,
    String title,
    String digest,
    boolean demo,
    boolean reviewed,
    int limitMillis,
    int startHoldMillis,
    int stableMillis,
    int backToGoodReadings,
    int backToGoodMillis,
    Methane driftAt,
    int driftMillis,
    int consentMillis,
    List<Row> rows,
    List<Alarm> alarms,
    List<Origin> origins) {

  public Profile {
    rows = List.copyOf(rows);
    alarms = List.copyOf(alarms);
    origins = List.copyOf(origins);
  }

  /**
   * The limits of one sensor role (T0, T1, …).
   *
   * @param area what the rule wants cut, in its own words
   * @param required whether a site must have it
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
      String source,
      String mark) {}

  /**
   * The alarm limit of a quantity other than methane.
   *
   * @param alarmAt inclusive, in the quantity's integer unit: at or above it, or at or below it
   *     where a low amount is the danger
   */
  public record Alarm(Quantity quantity, int alarmAt, String source, String mark) {}

  /**
   * @param key as the profile file writes it, {@code startHoldMillis}
   */
  public record Origin(String key, String source, String mark) {}

  public Optional<Row> row(String role) {
    return rows.stream().filter(row -> row.role().equals(role)).findFirst();
  }

  public Optional<Alarm> alarm(Quantity quantity) {
    return alarms.stream().filter(alarm -> alarm.quantity() == quantity).findFirst();
  }
}
