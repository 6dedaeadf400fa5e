package davy.controller.demo;

import davy.controller.demo.Narrator.Words;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What became of one drop of the guard that had to come. Times are milliseconds since the harm was
 * done; absent means not seen.
 *
 * @param cause of the drop, as the guard tells it once power is back
 * @param guard its master relays without current, by the guard's own stamp
 * @param feedDead power off, by the simulated breaker: the only proof
 * @param ownMillis from the last good scan's answer to the drop, by the firmware's own clock; where
 *     it lived through it
 * @param complaint empty where the drop passed
 */
record GuardVerdict(
    String zone,
    String cause,
    Optional<Double> guard,
    Optional<Double> feedDead,
    Optional<Long> ownMillis,
    String complaint)
    implements Judgement {

  @Override
  public Map<String, Object> fields() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("zone", zone);
    fields.put("cause", cause);
    fields.put("point", "");
    guard.ifPresent(millis -> fields.put("guardMillis", Judgement.rounded(millis)));
    feedDead.ifPresent(millis -> fields.put("feedDeadMillis", Judgement.rounded(millis)));
    ownMillis.ifPresent(millis -> fields.put("sinceLastGoodScanMillis", millis));
    fields.put("guardLimitMillis", GuardPlay.DROP_MILLIS);
    fields.put("passed", passed());
    return fields;
  }

  @Override
  public Words words() {
    String off = feedDead.map(Judgement::whole).orElse("?");
    String dropped = guard.map(Judgement::whole).orElse("?");
    String own = ownMillis.map(millis -> Long.toString(millis)).orElse("-");
    return new Words(
        String.format(
            Locale.ROOT,
            "%s: power off after %s ms: the guard (%s) dropped after %s, %s after the last good"
                + " scan. %s",
            zone,
            off,
            cause,
            dropped,
            own,
            complaint),
        String.format(
            Locale.ROOT,
            "%s：断电用时 %s 毫秒；看门狗（%s）%s 毫秒后释放，距最后一次有效扫描 %s 毫秒。%s",
            zone,
            off,
            cause,
            dropped,
            own,
            complaint));
  }
}
