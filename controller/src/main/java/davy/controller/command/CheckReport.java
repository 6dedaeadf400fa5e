package davy.controller.command;

import davy.bridge.modbus.LineBudget.Term;
import davy.controller.config.Effects;
import davy.controller.config.Effects.Effect;
import davy.controller.config.Latency;
import davy.controller.config.Latency.Drop;
import davy.controller.config.Latency.Input;
import davy.controller.config.Latency.Route;
import davy.controller.config.Notices;
import davy.controller.config.Profile.Row;
import davy.controller.config.Site;
import davy.controller.config.Site.Point;
import davy.controller.config.Site.Zone;
import davy.controller.interlock.Plan;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.stream.Stream;

/** What {@code davy check} tells of an accepted site, for a terminal. */
final class CheckReport {

  private static final String STOPS = "■";

  private final Site site;
  private final Places places;
  private final List<String> lines = new ArrayList<>();

  private CheckReport(Site site) {
    this.site = site;
    this.places = new Places(site);
  }

  static List<String> lines(Site site) {
    CheckReport report = new CheckReport(site);
    report.head();
    report.effects();
    report.zones();
    report.groups();
    report.fans();
    report.alarms();
    report.latency();
    report.gaps();
    report.drops();
    report.notices();
    return List.copyOf(report.lines);
  }

  private void head() {
    lines.add("%s (%s), %s %s".formatted(site.title(), site.name(), site.mine(), site.station()));
    lines.add("profile %s: %s".formatted(site.profile().name(), site.profile().title()));
    lines.add("        " + site.profile().digest());
    lines.add("digest  " + site.digest());
    if (!site.profile().reviewed()) {
      lines.add("参数未复核  PROFILE NOT REVIEWED");
    }
    if (site.bench()) {
      lines.add("BENCH");
    }
    if (site.profile().demo()) {
      lines.add("DEMO");
    }
  }

  private void effects() {
    TextTable table =
        new TextTable(
            Stream.of(
                    Stream.of("cause", "原因", "of", "位置", "when", "gone when"),
                    site.zones().stream().map(Zone::name),
                    site.fans().stream().map(Site.Fan::name))
                .flatMap(all -> all)
                .toList());
    Effects.of(site).forEach(effect -> table.add(row(effect)));
    section("断电控制表  Cause and effect", table);
    lines.add("● cuts; 2oo3 votes; ↑ cut because a zone behind it can't be");
    if (!site.fans().isEmpty()) {
      lines.add("■ locks or stops the fan: gas alone does, a fault never");
    }
  }

  private List<String> row(Effect effect) {
    List<String> row = new ArrayList<>();
    row.add(effect.cause());
    row.add(effect.chinese());
    row.add(effect.from().isEmpty() ? "-" : effect.from());
    row.add(effect.title().isEmpty() ? "-" : effect.title());
    row.add(effect.when());
    row.add(effect.until());
    for (int zone = 0; zone < site.zones().size(); zone++) {
      int index = zone;
      row.add(
          effect.cuts().stream()
              .filter(cut -> cut.zone() == index)
              .map(cut -> cut.way().shown())
              .findFirst()
              .orElse(""));
    }
    for (int fan = 0; fan < site.fans().size(); fan++) {
      row.add(effect.fans().contains(fan) ? STOPS : "");
    }
    return row;
  }

  private void zones() {
    TextTable table =
        new TextTable(
            List.of("zone", "断电范围", "upstream", "output", "feed", "release", "stable", "closing"));
    for (int i = 0; i < site.zones().size(); i++) {
      Zone zone = site.zones().get(i);
      Plan.Zone rules = site.plan().zones().get(i);
      OptionalInt upstream = rules.upstream();
      table.add(
          List.of(
              zone.name(),
              zone.title(),
              upstream.isPresent() ? site.zones().get(upstream.getAsInt()).name() : "none",
              places.output(zone.output()),
              zone.feed().map(places::contact).orElse("none"),
              rules.release().name().toLowerCase(Locale.ROOT),
              rules.stableNanos() / 1_000_000_000 + " s",
              zone.closing()));
    }
    section("断电范围  Zones", table);
  }

  private void groups() {
    TextTable table = new TextTable(List.of("zone", "heads", "vote", "one failed", "differ by"));
    for (Plan.Zone zone : site.plan().zones()) {
      for (Plan.Group group : zone.groups()) {
        if (group.members().size() > 1) {
          table.add(
              List.of(
                  zone.name(),
                  String.join(" ", group.members().stream().map(this::point).toList()),
                  switch (group.voting()) {
                    case ANY -> "1oo2";
                    case TWO_OF_THREE -> "2oo3";
                  },
                  group.singleFaultCuts() ? "cuts" : "votes",
                  group.differBy().map(Object::toString).orElse("any")));
        }
      }
    }
    if (table.lines().size() > 1) {
      section("表决  Voting", table);
    }
  }

  private String point(int interlockIndex) {
    return site.plan().points().get(interlockIndex).name();
  }

  private void fans() {
    if (site.fans().isEmpty()) {
      return;
    }
    TextTable table =
        new TextTable(
            List.of("fan", "局部通风机", "zones", "run contacts", "flow", "stop", "start lock"));
    for (int i = 0; i < site.fans().size(); i++) {
      Site.Fan fan = site.fans().get(i);
      Plan.Fan rules = site.plan().fans().get(i);
      table.add(
          List.of(
              fan.name(),
              fan.title(),
              String.join(
                  " ", rules.zones().stream().map(z -> site.zones().get(z).name()).toList()),
              String.join(
                  ", ", fan.machines().stream().map(of -> places.contact(of.running())).toList()),
              fan.flow().isPresent() ? site.points().get(fan.flow().getAsInt()).name() : "none",
              fan.stop().map(places::output).orElse("none"),
              places.output(fan.startLock())));
    }
    section("局部通风机  Fans", table);
  }

  private void alarms() {
    TextTable table =
        new TextTable(List.of("point", "位置", "alarm", "interlock", "the rule wants cut"));
    for (Point point : site.points()) {
      table.add(
          List.of(
              point.name(),
              point.title(),
              point.alarmAt().map(limit -> alarm(point, limit)).orElse("none"),
              point.interlockIndex() < 0 ? "no" : "yes",
              point.role().flatMap(site.profile()::row).map(Row::area).orElse("-")));
    }
    section("报警  Alarms", table);
  }

  private static String alarm(Point point, int limit) {
    return "%s %s %s"
        .formatted(
            point.quantity().highIsDanger() ? "≥" : "≤",
            BigDecimal.valueOf(limit, point.quantity().decimals()).toPlainString(),
            point.quantity().unit());
  }

  private void latency() {
    TextTable table =
        new TextTable(
            List.of(
                "point",
                "zone",
                "dead",
                "gap",
                "poll",
                "age limit",
                "scan",
                "write",
                "drop-out",
                "answering",
                "silent",
                "usual",
                "limit"));
    for (Route route : Latency.of(site).routes(site)) {
      table.add(
          List.of(
              route.input().name(),
              site.zones().get(route.zone()).name(),
              Integer.toString(route.dead()),
              millis(route.gapNanos()),
              millis(route.pollNanos()),
              millis(route.ageLimitNanos()),
              millis(route.scanNanos()),
              millis(route.writeNanos()),
              millis(route.dropOutNanos()),
              millis(route.answeringNanos()),
              millis(route.silentNanos()),
              millis(route.usualNanos()),
              Integer.toString(site.profile().limitMillis())));
    }
    section("断电时间  Register change to power off at worst, ms", table);
    lines.add("answering = gap + scan + write + drop-out: a head that answers");
    lines.add("silent    = poll + age limit + scan + write + drop-out: a head that falls silent");
    lines.add("usual     = nobody dead, nothing garbled, each device at its typical turn-around");
    lines.add("dead: other slaves of the line that do not answer; one garbled frame in each case");
  }

  /** How the worst gap of each point comes about. */
  private void gaps() {
    Latency latency = Latency.of(site);
    TextTable table = new TextTable(List.of("point", "dead", "ms", "worst gap"));
    List<Route> routes = latency.routes(site);
    for (Input input : routes.stream().map(Route::input).distinct().toList()) {
      routes.stream()
          .filter(route -> route.input().equals(input) && input.source().isPresent())
          .max(Comparator.comparingLong(Route::gapNanos))
          .ifPresent(route -> gap(table, input, route, latency.gapTerms(route)));
    }
    section("轮询间隔  How the gaps add up, ms", table);
  }

  private static void gap(TextTable table, Input input, Route route, List<Term> terms) {
    String dead = Integer.toString(route.dead());
    table.add(List.of(input.name(), dead, millis(route.gapNanos()), "in all, of which"));
    terms.forEach(term -> table.add(List.of("", "", millis(term.nanos()), term.what())));
  }

  private void drops() {
    List<Drop> drops = Latency.of(site).drops(site);
    if (drops.isEmpty()) {
      return;
    }
    TextTable table =
        new TextTable(List.of("zone", "refresh gap", "× 3", "pulse", "drop-out", "sum", "limit"));
    for (Drop drop : drops) {
      table.add(
          List.of(
              site.zones().get(drop.zone()).name(),
              millis(drop.refreshGapNanos()),
              millis(drop.shortestPulseNanos()),
              millis(drop.pulseNanos()),
              millis(drop.dropOutNanos()),
              millis(drop.sumNanos()),
              Integer.toString(site.profile().limitMillis())));
    }
    section("自动失电  Davy or its line dies: power off by itself, ms", table);
  }

  private void notices() {
    lines.add("");
    lines.add("注意  To know");
    Notices.of(site).forEach(notice -> lines.add("- " + notice));
  }

  private void section(String title, TextTable table) {
    lines.add("");
    lines.add(title);
    lines.addAll(table.lines());
  }

  /** Rounded up, for these are worst cases. */
  private static String millis(long nanos) {
    return Long.toString((nanos + 999_999) / 1_000_000);
  }
}
