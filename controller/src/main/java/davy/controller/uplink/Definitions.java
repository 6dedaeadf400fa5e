package davy.controller.uplink;

import davy.controller.config.Site;
import davy.controller.config.Version;
import davy.controller.interlock.Plan;
import davy.controller.json.JsonLine;
import davy.hal.signal.Methane;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the names in status and journal mean: the site's points, zones and limits, once. */
final class Definitions {

  private Definitions() {}

  static String json(Site site) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("type", "definitions");
    fields.put("mine", site.mine());
    fields.put("station", site.station());
    fields.put("name", site.name());
    fields.put("title", site.title());
    fields.put("digest", site.digest());
    fields.put("bench", site.bench());
    fields.put("demo", site.profile().demo());
    fields.put("profile", site.profile().name());
    fields.put("profileTitle", site.profile().title());
    fields.put("profileDigest", site.profile().digest());
    fields.put("profileReviewed", site.profile().reviewed());
    fields.put("version", Version.text());
    fields.put("zones", zones(site));
    fields.put("points", site.points().stream().map(point -> point(site, point)).toList());
    return JsonLine.write(fields);
  }

  private static List<Map<String, Object>> zones(Site site) {
    List<String> names = site.plan().points().stream().map(Plan.Point::name).toList();
    return site.zones().stream()
        .map(
            zone -> {
              Plan.Zone plan = site.plan().zones().get(site.zones().indexOf(zone));
              Map<String, Object> fields = new LinkedHashMap<>();
              fields.put("name", zone.name());
              fields.put("title", zone.title());
              fields.put("points", plan.points().stream().map(names::get).toList());
              fields.put("release", plan.release().name());
              fields.put("closing", zone.closing());
              fields.put("feedFitted", zone.feed().isPresent());
              fields.put("dropOutMillis", zone.dropOutMillis());
              return fields;
            })
        .toList();
  }

  private static Map<String, Object> point(Site site, Site.Point point) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("name", point.name());
    fields.put("title", point.title());
    fields.put("place", point.place());
    fields.put("role", point.role().orElse(""));
    fields.put("quantity", point.quantity().name());
    fields.put("unit", point.quantity().unit());
    fields.put("decimals", point.quantity().decimals());
    fields.put("ageLimitMillis", point.ageLimitMillis());
    if (point.interlockIndex() >= 0) {
      Plan.Point plan = site.plan().points().get(point.interlockIndex());
      fields.put("alarmAt", methane(plan.alarmAt()));
      fields.put("tripAt", methane(plan.tripAt()));
      fields.put("restoreBelow", methane(plan.restoreBelow()));
    } else {
      point
          .alarmAt()
          .ifPresent(at -> fields.put("alarmAt", decimal(at, point.quantity().decimals())));
    }
    return fields;
  }

  private static String methane(Methane methane) {
    return decimal(methane.hundredths(), 2);
  }

  private static String decimal(int amount, int decimals) {
    return BigDecimal.valueOf(amount, decimals).toPlainString();
  }
}
