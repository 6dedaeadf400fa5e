package davy.controller.link;

import davy.controller.config.Site;
import davy.controller.interlock.Decision;
import davy.controller.interlock.Plan;
import davy.controller.scan.Snapshot;
import davy.hal.signal.Methane;
import davy.hal.signal.Quantity;
import davy.hal.signal.Reading;
import davy.hal.signal.Tick;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The points of a status frame: a number or a reason, and how old it is. */
final class PointFrame {

  private final Site site;

  PointFrame(Site site) {
    this.site = site;
  }

  List<Map<String, Object>> all(Snapshot snapshot, Tick now) {
    List<Map<String, Object>> points = new ArrayList<>();
    for (int i = 0; i < site.points().size(); i++) {
      Site.Point point = site.points().get(i);
      Map<String, Object> fields = new LinkedHashMap<>();
      names(fields, point);
      boolean stale = reading(fields, point, snapshot.points().get(i), now);
      judged(fields, point, snapshot, stale);
      limits(fields, i);
      fields.putAll(AlarmFrame.beside(snapshot.alarms().points().get(i)));
      points.add(fields);
    }
    return points;
  }

  private static void names(Map<String, Object> fields, Site.Point point) {
    fields.put("name", point.name());
    fields.put("title", point.title());
    fields.put("place", point.place());
    fields.put("role", point.role().orElse(""));
    fields.put("quantity", point.quantity().name());
    fields.put("unit", point.quantity().unit());
    fields.put("decimals", point.quantity().decimals());
  }

  /** Says what the reading is now; returns whether it is older than its limit. */
  private static boolean reading(
      Map<String, Object> fields, Site.Point point, Reading reading, Tick now) {
    long age = reading.ageNanos(now);
    boolean stale = age > point.ageLimitMillis() * 1_000_000L;
    switch (reading) {
      case Reading.Never _ -> fields.put("state", "never");
      case Reading.Good good -> {
        fields.put("state", stale ? "stale" : "good");
        fields.put("amount", good.amount());
        fields.put("value", decimal(good.amount(), point.quantity()));
      }
      case Reading.OverRange _ -> fields.put("state", stale ? "stale" : "overRange");
      case Reading.Faulty faulty -> {
        fields.put("state", stale ? "stale" : "faulty");
        fields.put("fault", faulty.fault().name());
      }
    }
    if (!(reading instanceof Reading.Never)) {
      fields.put("ageMillis", StatusFrame.millis(age));
    }
    fields.put("ageLimitMillis", point.ageLimitMillis());
    return stale;
  }

  private static void judged(
      Map<String, Object> fields, Site.Point point, Snapshot snapshot, boolean stale) {
    if (point.interlockIndex() >= 0) {
      Decision.PointView view = snapshot.decision().points().get(point.interlockIndex());
      fields.put("alarm", view.alarm());
      fields.put("trusted", view.trusted() && !stale);
      fields.put("causes", StatusFrame.names(view.causes().list()));
    } else {
      fields.put("alarm", alarm(fields, point));
      fields.put("trusted", "good".equals(fields.get("state")));
      fields.put("causes", List.of());
    }
  }

  /** A point no zone depends on: its alarm level is compared here, on the dangerous side. */
  private static boolean alarm(Map<String, Object> fields, Site.Point point) {
    if ("overRange".equals(fields.get("state"))) {
      return true;
    }
    if (!(fields.get("amount") instanceof Integer amount) || point.alarmAt().isEmpty()) {
      return false;
    }
    return point.quantity().highIsDanger()
        ? amount >= point.alarmAt().get()
        : amount <= point.alarmAt().get();
  }

  private void limits(Map<String, Object> fields, int index) {
    Site.Point point = site.points().get(index);
    if (point.interlockIndex() >= 0) {
      Plan.Point plan = site.plan().points().get(point.interlockIndex());
      fields.put("alarmAt", methane(plan.alarmAt()));
      fields.put("tripAt", methane(plan.tripAt()));
      fields.put("restoreBelow", methane(plan.restoreBelow()));
    } else {
      point.alarmAt().ifPresent(at -> fields.put("alarmAt", decimal(at, point.quantity())));
    }
    List<Integer> zones = site.alarms().points().get(index).zones();
    fields.put("zones", zones.stream().map(site.alarms().zones()::get).toList());
  }

  static String methane(Methane methane) {
    return decimal(methane.hundredths(), Quantity.METHANE);
  }

  static String decimal(int amount, Quantity quantity) {
    return BigDecimal.valueOf(amount, quantity.decimals()).toPlainString();
  }
}
