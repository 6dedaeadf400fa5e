package davy.controller.sparkplug;

import davy.controller.alarm.AlarmPlan;
import davy.controller.config.Site;
import davy.controller.json.JsonLine;
import davy.controller.sparkplug.Part.Draft;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The alarms and the bypass register, metrics of the node. */
final class AlarmItems {

  /** A status frame names so many open and so many hidden ones at most. */
  private static final int MOST = 60;

  private static final long MINUTE_MILLIS = 60_000;

  private AlarmItems() {}

  /** The metric that holds an alarm's life. */
  static String life(String alarm) {
    return "Alarm/" + alarm + "/Life";
  }

  static void add(Draft node, Site site) {
    node.add("Alarms/Open", Kind.INT64, "未关闭报警数 open", f -> f.whole(f.part("alarms"), "count"))
        .add("Alarms/Lamp", Kind.STRING, "声光报警灯 lamp", f -> f.text(f.part("alarms"), "lamp"))
        .add("Alarms/Sounder", Kind.BOOLEAN, "蜂鸣器", f -> f.flag(f.part("alarms"), "sounder"));
    for (AlarmPlan.Alarm alarm : site.alarms().alarms()) {
      String name = alarm.name();
      String display = name + " " + alarm.kind().name();
      node.add(life(name), Kind.STRING, display, f -> life(f, name))
          .add(
              "Alarm/" + name + "/Active",
              Kind.BOOLEAN,
              display,
              f -> told(f, name, new Value.Flag(false), one -> f.flag(one, "active")))
          .add(
              "Alarm/" + name + "/Grade",
              Kind.STRING,
              display,
              f -> told(f, name, new Value.Text(""), one -> f.text(one, "grade")))
          .add(
              "Alarm/" + name + "/Occurrence",
              Kind.INT64,
              display,
              f -> told(f, name, new Value.Whole(0), one -> f.whole(one, "occurrence")));
    }
    node.add("Bypass/Count", Kind.INT64, "抑制与标校数 bypasses", AlarmItems::bypassCount)
        .add("Bypass/Register", Kind.STRING, "抑制与标校登记 bypass register", AlarmItems::bypasses);
  }

  private static Told life(Frame frame, String name) {
    Map<?, ?> hidden = Frame.named(frame.part("alarms").get("hidden"), name);
    return hidden.isEmpty()
        ? told(frame, name, new Value.Text("Normal"), one -> frame.text(one, "life"))
        : frame.text(hidden, "life");
  }

  /** One that is in neither list is at rest, unless a list was too short for all. */
  private static Told told(
      Frame frame, String name, Value atRest, Function<Map<?, ?>, Told> source) {
    Map<?, ?> alarms = frame.part("alarms");
    if (!(alarms.get("open") instanceof List<?> open)
        || !(alarms.get("hidden") instanceof List<?> hidden)) {
      return frame.stale();
    }
    Map<?, ?> one = Frame.named(open, name);
    if (!one.isEmpty()) {
      return source.apply(one);
    }
    boolean all = open.size() < MOST && hidden.size() < MOST;
    return all ? frame.good(atRest) : frame.stale();
  }

  private static Told bypassCount(Frame frame) {
    return frame.fields().get("bypasses") instanceof List<?> list
        ? frame.good(new Value.Whole(list.size()))
        : frame.stale();
  }

  /** A JSON list; what is left is told in whole minutes, so that it is news once a minute. */
  private static Told bypasses(Frame frame) {
    if (!(frame.fields().get("bypasses") instanceof List<?> list)) {
      return frame.stale();
    }
    List<Object> told = new ArrayList<>();
    for (Object one : list) {
      Map<String, Object> fields = new LinkedHashMap<>();
      Frame.map(one).forEach((key, value) -> fields.put(String.valueOf(key), value));
      if (fields.remove("leftMillis") instanceof Long left) {
        fields.put("leftMinutes", Math.ceilDiv(left, MINUTE_MILLIS));
      }
      told.add(fields);
    }
    String text = JsonLine.write(Map.of("bypasses", told));
    return frame.good(new Value.Text(text));
  }
}
