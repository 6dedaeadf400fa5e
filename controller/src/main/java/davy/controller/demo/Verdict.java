package davy.controller.demo;

import davy.controller.demo.Narrator.Words;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What became of one trip that had to come. Times are milliseconds since the head's register
 * crossed its limit, or since its last answer where it fell silent; absent means not seen.
 *
 * @param pollMillis mean time between the head's last polls, as the head saw them
 * @param command when the interlock handed over the output image, by its own ticks
 * @param afterReading from the arrival of the reading to the command
 * @param written last byte of the coil frame, by the relay board's own clock
 * @param feedDead power off, by the simulated breaker: the only proof
 * @param complaint empty where the trip passed
 */
record Verdict(
    String zone,
    String cause,
    String point,
    double pollMillis,
    Optional<Double> command,
    Optional<Double> afterReading,
    Optional<Double> written,
    Optional<Double> feedDead,
    String complaint)
    implements Judgement {

  @Override
  public Map<String, Object> fields() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("zone", zone);
    fields.put("cause", cause);
    fields.put("point", point);
    fields.put("pollMillis", Judgement.rounded(pollMillis));
    command.ifPresent(millis -> fields.put("commandMillis", Judgement.rounded(millis)));
    afterReading.ifPresent(millis -> fields.put("afterReadingMillis", Judgement.rounded(millis)));
    written.ifPresent(millis -> fields.put("writtenMillis", Judgement.rounded(millis)));
    feedDead.ifPresent(millis -> fields.put("feedDeadMillis", Judgement.rounded(millis)));
    fields.put("passed", passed());
    return fields;
  }

  @Override
  public Words words() {
    String off = feedDead.map(Judgement::whole).orElse("?");
    String commanded = command.map(Judgement::whole).orElse("?");
    String sent = written.map(Judgement::whole).orElse("?");
    String polled = Judgement.whole(pollMillis);
    String trip = zone + " " + cause + " " + point;
    return new Words(
        String.format(
            Locale.ROOT,
            "%s: power off after %s ms (commanded after %s, written after %s);"
                + " the head is polled every %s ms. %s",
            trip,
            off,
            commanded,
            sent,
            polled,
            complaint),
        String.format(
            Locale.ROOT,
            "%s：断电用时 %s 毫秒（%s 毫秒下令，%s 毫秒写出），该测点每 %s 毫秒巡检一次。%s",
            trip,
            off,
            commanded,
            sent,
            polled,
            complaint));
  }
}
