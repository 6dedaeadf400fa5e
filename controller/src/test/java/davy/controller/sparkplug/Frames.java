package davy.controller.sparkplug;

import davy.controller.json.JsonLine;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Status frames of the small test site, as {@code seam.md} documents them. */
public final class Frames {

  private Frames() {}

  /**
   * A frame of a site at rest.
   *
   * @param durable number of the last record on disk
   * @param t1 reading of T1 in %CH4, as text; another word is its state
   * @param granted permit of both zones
   */
  public static String line(long durable, String t1, boolean granted) {
    Map<String, Object> frame = new LinkedHashMap<>();
    frame.put("type", "status");
    frame.put("changes", granted ? 1L : 2L);
    frame.put("nonce", "secret");
    frame.put("site", Map.of("digest", "d1"));
    frame.put("process", Map.of("version", "0.1.0"));
    Map<String, Object> journal = new LinkedHashMap<>();
    journal.put("ok", true);
    journal.put("trouble", "");
    journal.put("epoch", "e1");
    journal.put("durableSeq", durable);
    journal.put("head", "hash-" + durable);
    journal.put("key", "k");
    journal.put("lost", 0L);
    frame.put("journal", journal);
    frame.put("scan", Map.of("overruns", 0L));
    frame.put("guard", Map.of("state", "NOT_FITTED"));
    frame.put("configuration", Map.of("accepted", true, "manualOnly", false));
    frame.put("bypasses", List.of());
    frame.put("alarms", alarms(granted ? List.of() : List.of(alarm())));
    frame.put("zones", List.of(zone("Z1", granted), zone("Z2", granted)));
    frame.put("fans", List.of());
    frame.put("points", points(t1));
    return JsonLine.write(frame);
  }

  private static Map<String, Object> alarms(List<Object> open) {
    Map<String, Object> alarms = new LinkedHashMap<>();
    alarms.put("lamp", open.isEmpty() ? "OFF" : "FLASHING");
    alarms.put("sounder", !open.isEmpty());
    alarms.put("count", (long) open.size());
    alarms.put("open", open);
    alarms.put("hidden", List.of());
    return alarms;
  }

  private static Map<String, Object> alarm() {
    Map<String, Object> alarm = new LinkedHashMap<>();
    alarm.put("name", "T1-limit");
    alarm.put("life", "Unacknowledged");
    alarm.put("occurrence", 3L);
    alarm.put("active", true);
    alarm.put("grade", "TWO");
    return alarm;
  }

  private static Map<String, Object> zone(String name, boolean granted) {
    Map<String, Object> zone = new LinkedHashMap<>();
    zone.put("name", name);
    zone.put("permit", granted ? "GRANTED" : "WITHHELD");
    zone.put("lock", granted ? "Open" : "Tripped");
    zone.put("seen", granted ? List.of() : List.of("METHANE_HIGH"));
    zone.put("active", granted ? List.of() : List.of("METHANE_HIGH"));
    if (!granted) {
      zone.put("first", Map.of("cause", "METHANE_HIGH", "point", "T1"));
    }
    zone.put("wanting", granted ? List.of() : List.of("CAUSES_GONE"));
    zone.put("release", "AUTOMATIC");
    zone.put("proofDue", false);
    zone.put("closesItself", false);
    zone.put("output", granted ? "ON" : "OFF");
    zone.put("feed", granted ? "LIVE" : "DEAD");
    return zone;
  }

  private static List<Object> points(String t1) {
    List<Object> points = new ArrayList<>();
    points.add(point("T1", t1));
    points.add(point("T2", "0.20"));
    points.add(point("V1", "0.60"));
    return points;
  }

  private static Map<String, Object> point(String name, String says) {
    boolean number = says.matches("-?\\d.*");
    Map<String, Object> point = new LinkedHashMap<>();
    point.put("name", name);
    point.put("state", number ? "good" : says);
    if (number) {
      point.put("value", says);
    }
    if (says.equals("faulty")) {
      point.put("fault", "BROKEN_LINE");
    }
    point.put("ageMillis", 100L);
    point.put("alarm", false);
    point.put("trusted", number);
    point.put("causes", List.of());
    point.put("marks", List.of());
    point.put("alarmAt", "1.00");
    point.put("tripAt", "1.50");
    point.put("restoreBelow", "1.00");
    return point;
  }
}
