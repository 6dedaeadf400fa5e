package davy.controller.config;

import davy.hal.signal.Methane;
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
    List<Row> rows) {

  public Profile {
    rows = List.copyOf(rows);
  }

  /** The limits of one sensor role (T0, T1, …). */
  public record Row(
      String role,
      String title,
      Methane alarmAt,
      Optional<Methane> tripAt,
      Optional<Methane> restoreBelow,
      boolean required,
      String source,
      String mark) {}
}
