package davy.controller.sparkplug;

import davy.controller.config.Site;
import davy.controller.sparkplug.Part.Aliases;
import davy.controller.sparkplug.Part.Draft;
import davy.controller.sparkplug.Told.Quality;
import java.util.List;
import java.util.Map;

/** The metrics of the heads of one place. */
final class HeadItems {

  private HeadItems() {}

  /** The metric that holds a point's value. */
  static String value(String point) {
    return point + "/Value";
  }

  /** And the one that says why there is none. */
  static String state(String point) {
    return point + "/State";
  }

  /** And which fault it is, where it is one. */
  static String fault(String point) {
    return point + "/Fault";
  }

  static Part of(List<Site.Point> heads, Site site, Aliases aliases) {
    Draft draft = new Draft("Heads-" + heads.getFirst().name(), aliases);
    heads.forEach(point -> add(draft, point));
    return draft.part();
  }

  private static void add(Draft draft, Site.Point point) {
    String name = point.name();
    String unit = point.quantity().unit();
    draft
        .add(value(name), Kind.DOUBLE, point.title(), unit, f -> measured(f, at(f, name)))
        .add(state(name), Kind.STRING, "状态 state", f -> f.text(at(f, name), "state"))
        .add(fault(name), Kind.STRING, "故障 fault", f -> optional(f, name, "fault"))
        .add(name + "/Alarm", Kind.BOOLEAN, "报警 alarm", f -> f.flag(at(f, name), "alarm"))
        .add(name + "/Trusted", Kind.BOOLEAN, "可信 trusted", f -> f.flag(at(f, name), "trusted"))
        .add(name + "/Causes", Kind.STRING, "原因 causes", f -> f.words(at(f, name), "causes"))
        .add(name + "/Marks", Kind.STRING, "数据标注 marks", f -> f.words(at(f, name), "marks"));
    point.role().ifPresent(role -> draft.fixed(name + "/Role", "规程测点 role", role));
    if (point.interlockIndex() >= 0 || point.alarmAt().isPresent()) {
      draft.add(
          name + "/AlarmAt", Kind.DOUBLE, "报警值", unit, f -> f.decimal(at(f, name), "alarmAt"));
    }
    if (point.interlockIndex() >= 0) {
      draft
          .add(name + "/TripAt", Kind.DOUBLE, "断电值", unit, f -> f.decimal(at(f, name), "tripAt"))
          .add(
              name + "/RestoreBelow",
              Kind.DOUBLE,
              "复电值",
              unit,
              f -> f.decimal(at(f, name), "restoreBelow"));
    }
  }

  private static Map<?, ?> at(Frame frame, String point) {
    return frame.named("points", point);
  }

  /** Empty text where there is nothing to say of a point that is there. */
  private static Told optional(Frame frame, String point, String what) {
    Map<?, ?> at = at(frame, point);
    if (at.isEmpty()) {
      return frame.stale();
    }
    return frame.good(new Value.Text(at.get(what) instanceof String text ? text : ""));
  }

  /** Only a good reading is a number; its time is that of its arrival at the interlock. */
  private static Told measured(Frame frame, Map<?, ?> at) {
    long age = at.get("ageMillis") instanceof Long millis ? millis : 0;
    String state = at.get("state") instanceof String text ? text : "";
    return switch (state) {
      case "good" ->
          Frame.number(at, "value")
              .map(value -> Told.good(value, frame.time() - age))
              .orElseGet(frame::stale);
      case "overRange", "faulty" -> new Told(Value.NONE, Quality.BAD, frame.time());
      default -> frame.stale();
    };
  }
}
