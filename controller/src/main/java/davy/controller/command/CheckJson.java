package davy.controller.command;

import davy.controller.config.Complaint;
import davy.controller.config.Effects;
import davy.controller.config.Effects.Cut;
import davy.controller.config.Effects.Effect;
import davy.controller.config.Latency;
import davy.controller.config.Latency.Drop;
import davy.controller.config.Latency.Route;
import davy.controller.config.Notices;
import davy.controller.config.Site;
import davy.controller.config.SiteFile.Outcome;
import davy.controller.interlock.Plan;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** What {@code davy check --json} prints: the report's content, times in microseconds. */
final class CheckJson {

  private CheckJson() {}

  static Map<String, Object> of(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Accepted(Site site) -> accepted(site);
      case Outcome.Refused(List<Complaint> complaints) -> refused(complaints);
      case Outcome.Unreadable(Complaint complaint) -> refused(List.of(complaint));
    };
  }

  private static Map<String, Object> refused(List<Complaint> complaints) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("accepted", false);
    fields.put("complaints", complaints.stream().map(CheckJson::complaint).toList());
    return fields;
  }

  private static Map<String, Object> complaint(Complaint complaint) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("file", complaint.file());
    fields.put("line", complaint.line());
    fields.put("column", complaint.column());
    fields.put("text", complaint.text());
    return fields;
  }

  private static Map<String, Object> accepted(Site site) {
    Latency latency = Latency.of(site);
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("accepted", true);
    fields.put("complaints", List.of());
    fields.put("name", site.name());
    fields.put("title", site.title());
    fields.put("digest", site.digest());
    fields.put("profile", site.profile().name());
    fields.put("profileTitle", site.profile().title());
    fields.put("profileDigest", site.profile().digest());
    fields.put("profileReviewed", site.profile().reviewed());
    fields.put("bench", site.bench());
    fields.put("demo", site.profile().demo());
    fields.put("limitMillis", site.profile().limitMillis());
    fields.put("zones", each(site.zones().size(), zone -> zoneOf(site, zone)));
    fields.put("fans", each(site.fans().size(), fan -> fan(site, fan)));
    fields.put("effects", Effects.of(site).stream().map(e -> effect(site, e)).toList());
    fields.put("routes", latency.routes(site).stream().map(r -> route(site, r)).toList());
    fields.put("drops", latency.drops(site).stream().map(d -> drop(site, d)).toList());
    fields.put("notices", Notices.of(site));
    return fields;
  }

  private static List<Map<String, Object>> each(int count, IntFunction<Map<String, Object>> make) {
    return IntStream.range(0, count).mapToObj(make).toList();
  }

  private static Map<String, Object> effect(Site site, Effect effect) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("cause", effect.cause());
    if (!effect.from().isEmpty()) {
      fields.put("of", effect.from());
    }
    fields.put("when", effect.when());
    fields.put("until", effect.until());
    fields.put("zones", effect.cuts().stream().map(cut -> cut(site, cut)).toList());
    fields.put("fans", effect.fans().stream().map(fan -> site.fans().get(fan).name()).toList());
    return fields;
  }

  private static Map<String, Object> cut(Site site, Cut cut) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("zone", zone(site, cut.zone()));
    fields.put("way", cut.way().name());
    return fields;
  }

  private static Map<String, Object> zoneOf(Site site, int index) {
    Plan.Zone rules = site.plan().zones().get(index);
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("name", zone(site, index));
    rules.upstream().ifPresent(above -> fields.put("upstream", zone(site, above)));
    fields.put("groups", rules.groups().stream().map(group -> group(site, group)).toList());
    fields.put("feedDeadMicros", micros(rules.dropOutNanos()));
    return fields;
  }

  private static Map<String, Object> group(Site site, Plan.Group group) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("points", points(site, group.members()));
    fields.put("voting", group.voting().name());
    fields.put("singleFaultCuts", group.singleFaultCuts());
    group.differBy().ifPresent(limit -> fields.put("differBy", limit.toString()));
    return fields;
  }

  private static Map<String, Object> fan(Site site, int index) {
    Site.Fan fan = site.fans().get(index);
    Plan.Fan rules = site.plan().fans().get(index);
    Places places = new Places(site);
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("name", fan.name());
    fields.put("zones", rules.zones().stream().map(zone -> zone(site, zone)).toList());
    fields.put("gas", points(site, rules.gas()));
    fields.put("intake", points(site, rules.intake()));
    fields.put("machines", fan.machines().stream().map(Site.Machine::name).toList());
    fan.flow().ifPresent(flow -> fields.put("flow", site.points().get(flow).name()));
    fan.stop().ifPresent(stop -> fields.put("stop", places.output(stop)));
    fields.put("startLock", places.output(fan.startLock()));
    return fields;
  }

  private static List<String> points(Site site, List<Integer> bound) {
    return bound.stream().map(point -> site.plan().points().get(point).name()).toList();
  }

  private static Map<String, Object> route(Site site, Route route) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("point", route.input().name());
    fields.put("zone", zone(site, route.zone()));
    fields.put("dead", route.dead());
    fields.put("gapMicros", micros(route.gapNanos()));
    fields.put("pollMicros", micros(route.pollNanos()));
    fields.put("ageLimitMicros", micros(route.ageLimitNanos()));
    fields.put("scanMicros", micros(route.scanNanos()));
    fields.put("writeMicros", micros(route.writeNanos()));
    fields.put("dropOutMicros", micros(route.dropOutNanos()));
    fields.put("answeringMicros", micros(route.answeringNanos()));
    fields.put("silentMicros", micros(route.silentNanos()));
    fields.put("usualMicros", micros(route.usualNanos()));
    return fields;
  }

  private static Map<String, Object> drop(Site site, Drop drop) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("zone", zone(site, drop.zone()));
    fields.put("refreshGapMicros", micros(drop.refreshGapNanos()));
    fields.put("pulseMicros", micros(drop.pulseNanos()));
    fields.put("dropOutMicros", micros(drop.dropOutNanos()));
    fields.put("sumMicros", micros(drop.sumNanos()));
    return fields;
  }

  private static String zone(Site site, int zone) {
    return site.zones().get(zone).name();
  }

  /** Rounded up, for these are worst cases. */
  private static long micros(long nanos) {
    return (nanos + 999) / 1000;
  }
}
