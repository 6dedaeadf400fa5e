package davy.controller.panel;

import davy.controller.json.JsonLine;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The latest status frame as Prometheus reads it (text format 0.0.4): how the program and its lines
 * do, no measured value of the mine. Percentiles are of the interlock's running hour.
 */
final class Metrics {

  static final String TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private final StringBuilder text = new StringBuilder();

  private Metrics() {}

  /**
   * @param frame empty where none came yet
   * @param ageNanos since it came
   */
  static String of(Optional<String> frame, long ageNanos) {
    Metrics metrics = new Metrics();
    metrics.head("davy_frame_present", "gauge", "1 where the interlock has told its state");
    try {
      Optional<Map<String, Object>> fields = read(frame);
      metrics.value("davy_frame_present", "", fields.isPresent() ? 1 : 0);
      fields.ifPresent(of -> metrics.all(of, ageNanos));
    } catch (JsonLine.Malformed e) {
      metrics.value("davy_frame_present", "", 0);
    }
    return metrics.text.toString();
  }

  private static Optional<Map<String, Object>> read(Optional<String> frame)
      throws JsonLine.Malformed {
    return frame.isEmpty() ? Optional.empty() : Optional.of(JsonLine.read(frame.get()));
  }

  private void all(Map<String, Object> frame, long ageNanos) {
    head("davy_frame_age_seconds", "gauge", "Since the interlock told its state last");
    value("davy_frame_age_seconds", "", ageNanos / 1e9);
    Map<String, Object> scan = object(frame, "scan");
    head("davy_scans_total", "counter", "Scans since start");
    value("davy_scans_total", "", number(scan, "scans"));
    head("davy_scan_overruns_total", "counter", "Scans that began more than a period late");
    value("davy_scan_overruns_total", "", number(scan, "overruns"));
    head("davy_scan_seconds", "summary", "Duration of a scan");
    summary("davy_scan_seconds", "", object(scan, "times"));
    Map<String, Object> journal = object(frame, "journal");
    head("davy_journal_ok", "gauge", "1 while the journal is written");
    value("davy_journal_ok", "", flag(journal, "ok"));
    head("davy_journal_lost_total", "counter", "Records lost");
    value("davy_journal_lost_total", "", number(journal, "lost"));
    head("davy_journal_slow_commits_total", "counter", "Writes of more than 200 ms");
    value("davy_journal_slow_commits_total", "", number(journal, "slowCommits"));
    head("davy_zone_granted", "gauge", "1 while the zone's permit is granted");
    for (Map<String, Object> zone : objects(frame, "zones")) {
      value("davy_zone_granted", label("zone", zone, "name"), "GRANTED".equals(zone.get("permit")));
    }
    guard(object(frame, "guard"));
    lines(objects(frame, "lines"));
  }

  /** Nothing of a guard that is not fitted or was never heard. */
  private void guard(Map<String, Object> guard) {
    if (!guard.containsKey("accepted")) {
      return;
    }
    head("davy_guard_armed", "gauge", "1 while the guard holds the master relays in");
    value("davy_guard_armed", "", "ARMED".equals(guard.get("state")));
    head("davy_guard_drops_total", "counter", "Drops in the guard's life, by cause");
    Map<String, Object> counts = object(guard, "dropCounts");
    for (String cause : counts.keySet()) {
      value("davy_guard_drops_total", "cause=\"" + cause + "\"", number(counts, cause));
    }
    if (guard.containsKey("supplyMillivolts")) {
      head("davy_guard_supply_volts", "gauge", "The guard's own supply");
      value("davy_guard_supply_volts", "", number(guard, "supplyMillivolts") / 1e3);
    }
  }

  private void lines(List<Map<String, Object>> lines) {
    head("davy_line_open", "gauge", "1 while the port is open");
    lines.forEach(
        l -> value("davy_line_open", label("line", l, "name"), "".equals(l.get("trouble"))));
    head("davy_line_transaction_seconds", "summary", "From the wish to send to the end; sum: busy");
    lines.forEach(
        l ->
            summary("davy_line_transaction_seconds", label("line", l, "name"), object(l, "times")));
    head("davy_slave_up", "gauge", "1 while the slave answers");
    each(lines, (labels, slave) -> value("davy_slave_up", labels, flag(slave, "alive")));
    head("davy_slave_errors_total", "counter", "Requests without a good answer, by kind");
    for (String kind : List.of("silences", "badFrames", "exceptions", "secondAnswers")) {
      each(
          lines,
          (labels, slave) ->
              value(
                  "davy_slave_errors_total",
                  labels + ",kind=\"" + kind + "\"",
                  number(slave, kind)));
    }
    head("davy_slave_reply_seconds", "summary", "Last byte of a request to last of its reply");
    each(
        lines,
        (labels, slave) -> summary("davy_slave_reply_seconds", labels, object(slave, "times")));
  }

  @FunctionalInterface
  private interface OfSlave {
    void tell(String labels, Map<String, Object> slave);
  }

  private static void each(List<Map<String, Object>> lines, OfSlave telling) {
    for (Map<String, Object> line : lines) {
      for (Map<String, Object> slave : objects(line, "slaves")) {
        telling.tell(label("line", line, "name") + "," + label("slave", slave, "name"), slave);
      }
    }
  }

  private void summary(String name, String labels, Map<String, Object> times) {
    String before = labels.isEmpty() ? "" : labels + ",";
    value(name, before + "quantile=\"0.5\"", number(times, "p50Micros") / 1e6);
    value(name, before + "quantile=\"0.99\"", number(times, "p99Micros") / 1e6);
    value(name, before + "quantile=\"0.999\"", number(times, "p999Micros") / 1e6);
    value(name, before + "quantile=\"1\"", number(times, "maxMicros") / 1e6);
    value(name + "_sum", labels, number(times, "sumMicros") / 1e6);
    value(name + "_count", labels, number(times, "count"));
  }

  private void head(String name, String type, String help) {
    text.append("# HELP ").append(name).append(' ').append(help).append('\n');
    text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
  }

  private void value(String name, String labels, boolean set) {
    value(name, labels, set ? 1 : 0);
  }

  private void value(String name, String labels, double number) {
    text.append(name);
    if (!labels.isEmpty()) {
      text.append('{').append(labels).append('}');
    }
    boolean whole = number == Math.rint(number);
    text.append(' ').append(whole ? String.valueOf((long) number) : String.valueOf(number));
    text.append('\n');
  }

  private static String label(String label, Map<String, Object> from, String field) {
    String value = String.valueOf(from.get(field));
    String escaped = value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    return label + "=\"" + escaped + "\"";
  }

  private static boolean flag(Map<String, Object> from, String field) {
    return Boolean.TRUE.equals(from.get(field));
  }

  private static double number(Map<String, Object> from, String field) {
    return from.get(field) instanceof Number number ? number.doubleValue() : 0;
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> object(Map<String, Object> from, String field) {
    return from.get(field) instanceof Map<?, ?> fields ? (Map<String, Object>) fields : Map.of();
  }

  @SuppressWarnings("unchecked")
  private static List<Map<String, Object>> objects(Map<String, Object> from, String field) {
    return from.get(field) instanceof List<?> items ? (List<Map<String, Object>>) items : List.of();
  }
}
