package davy.controller.config;

import davy.bridge.modbus.LineBudget;
import davy.controller.config.Latency.Drop;
import davy.controller.config.Latency.Input;
import davy.controller.config.Latency.Route;
import davy.controller.config.Latency.Way;
import davy.controller.config.Site.Contact;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Refuses what cannot keep the profile's limits, and says what would mend it (S10, S11, S19, S20).
 */
final class BudgetCheck {

  private static final long NANOS = 1_000_000L;

  private final Draft draft;
  private final Site site;
  private final Latency latency;
  private final long limitNanos;
  private final Map<String, TomlTable> tables = new HashMap<>();

  private BudgetCheck(Draft draft, Site site) {
    this.draft = draft;
    this.site = site;
    this.latency = Latency.of(site);
    this.limitNanos = site.profile().nanos(ProfileKey.LIMIT);
    draft.points().forEach(point -> tables.put(point.name(), point.table()));
    for (DraftFan fan : draft.fans()) {
      fan.machines()
          .forEach(
              machine -> tables.put(fan.name() + " " + machine.name(), machine.running().table()));
    }
  }

  /** Complains at the places of the draft. */
  static void judge(Draft draft, Site site) {
    BudgetCheck check = new BudgetCheck(draft, site);
    List<Route> routes = check.latency.routes(site);
    routes.stream()
        .filter(route -> route.input().source().isPresent())
        .collect(Collectors.groupingBy(Route::input, LinkedHashMap::new, Collectors.toList()))
        .forEach(check::judge);
    check.latency.drops(site).forEach(check::judge);
    IntStream.range(0, site.zones().size()).forEach(check::judgeFeed);
    IntStream.range(0, site.zones().size()).forEach(check::judgeReadBack);
    IntStream.range(0, site.fans().size()).forEach(check::judgeStop);
  }

  private void judge(Input input, List<Route> routes) {
    Route slowest = slowest(routes);
    long gap = routes.stream().mapToLong(Route::gapNanos).max().orElseThrow();
    long room =
        routes.stream().mapToLong(route -> route.ageLimitRoom(limitNanos)).min().orElseThrow();
    String wanted = "from %d to %d".formatted(up(gap), room / NANOS);
    long age = input.ageLimitNanos();
    if (gap > room) {
      tooSlow(input, routes, gap, room);
    } else if (age < gap) {
      ageLimit(
          input,
          "ageLimitMillis %d is below the worst gap between two readings of %s, %d ms with one"
              + " garbled frame: %s",
          age / NANOS,
          input.name(),
          up(gap),
          wanted);
    } else if (age > room) {
      ageLimit(
          input,
          "ageLimitMillis %d is too long: %s could cut %s only after %d ms, and %s allows %d: %s",
          age / NANOS,
          input.name(),
          site.zones().get(slowest.zone()).name(),
          up(slowest.worstNanos()),
          site.profile().name(),
          site.profile().limitMillis(),
          wanted);
    }
  }

  private static Route slowest(List<Route> routes) {
    return routes.stream().max(Comparator.comparingLong(Route::worstNanos)).orElseThrow();
  }

  private void ageLimit(Input input, String format, Object... parts) {
    tables.get(input.name()).complain("ageLimitMillis", format.formatted(parts));
  }

  private void tooSlow(Input input, List<Route> routes, long gap, long room) {
    Route slowest = slowest(routes);
    String text =
        "line %s is too slow for %s: its readings %s (dead slaves: %d, one"
            + " garbled frame), and with poll, scan, write and drop-out %s allows %d: %sfewer"
            + " devices on the line, an own line for %s, or a faster breaker for %s";
    int line = input.source().orElseThrow().line();
    draft
        .lines()
        .get(line)
        .table()
        .complain(
            text.formatted(
                site.lines().get(line).plan().name(),
                input.name(),
                gap < LineBudget.NEVER ? "may be " + up(gap) + " ms apart" : "never come",
                slowest.dead(),
                site.profile().name(),
                Math.max(0, room / NANOS),
                faster(routes, line),
                input.name(),
                site.zones().get(slowest.zone()).name()));
  }

  /** The lowest higher speed that would do, if any. */
  private String faster(List<Route> routes, int line) {
    int present = site.lines().get(line).plan().settings().baud();
    return DraftLine.SPEEDS.stream()
        .filter(baud -> baud > present && keeps(routes, latency.at(line, baud)))
        .map(baud -> "baud = " + baud + " or higher, ")
        .findFirst()
        .orElse("no baud is enough: ");
  }

  private boolean keeps(List<Route> routes, Latency other) {
    return routes.stream()
        .map(route -> other.again(site, route))
        .allMatch(route -> route.gapNanos() <= route.ageLimitRoom(limitNanos));
  }

  private void judge(Drop drop) {
    DraftZone zone = draft.zones().get(drop.zone());
    TomlTable output = zone.output().orElseThrow().table();
    if (drop.pulseNanos() < drop.shortestPulseNanos()) {
      output.complain(
          "pulseMillis",
          "pulseMillis %d is shorter than three times the worst gap between two refreshes, %d ms: a"
                  .formatted(drop.pulseNanos() / NANOS, up(drop.refreshGapNanos()))
              + " longer pulse up to %d, a line of its own for the board, or a higher baud"
                  .formatted(DraftOutput.LONGEST_PULSE_MILLIS));
    }
    if (drop.sumNanos() > limitNanos) {
      zone.table()
          .complain(
              "dropOutMillis",
              "zone %s loses power only %d ms after Davy or its line dies (pulse and drop-out), %s"
                      .formatted(zone.name(), up(drop.sumNanos()), site.profile().name())
                  + " allows %d: a shorter pulseMillis or a faster breaker"
                      .formatted(site.profile().limitMillis()));
    }
  }

  /** A feed that is seen dead too late, or seen too seldom to be known at all. */
  private void judgeFeed(int index) {
    Site.Zone zone = site.zones().get(index);
    if (zone.feed().isEmpty() || !(zone.feed().get() instanceof Contact.Bus bus)) {
      return;
    }
    TomlTable table = draft.zones().get(index).feed().orElseThrow().table();
    long limit = site.profile().nanos(ProfileKey.FEED_DEAD);
    long off = latency.offNanos(Way.of(zone, site.scanMillis()));
    long age = bus.ageLimitMillis() * NANOS;
    long gap = latency.worstGapNanos(bus.source());
    if (off + age > limit) {
      table.complain(
          "ageLimitMillis",
          "the feed of %s is seen dead only %d ms after a trip, and %s allows %d: ageLimitMillis at"
                  .formatted(zone.name(), up(off + age), site.profile().name(), limit / NANOS)
              + " most %d, or a faster breaker".formatted(Math.max(0, (limit - off) / NANOS)));
    }
    if (age < gap) {
      table.complain(
          "ageLimitMillis",
          gap < LineBudget.NEVER
              ? "ageLimitMillis %d is below the worst gap between two readings of the feed of %s,"
                      .formatted(bus.ageLimitMillis(), zone.name())
                  + " %d ms with one garbled frame".formatted(up(gap))
              : "the feed of %s is never read: refreshing the pulses takes all the time of its line"
                  .formatted(zone.name()));
    }
  }

  private void judgeReadBack(int index) {
    Site.Zone zone = site.zones().get(index);
    long nanos = latency.readBackNanos(zone.output());
    long limit = site.profile().nanos(ProfileKey.READ_BACK);
    if (nanos > limit) {
      draft
          .zones()
          .get(index)
          .output()
          .orElseThrow()
          .table()
          .complain(
              "the output of %s is read back open only %d ms after a trip at worst, and %s allows"
                      .formatted(zone.name(), up(nanos), site.profile().name())
                  + " %d: a board that answers faster (measure it: turnaroundMaxMillis), a higher"
                      .formatted(limit / NANOS)
                  + " baud, or fewer coils and devices on its line");
    }
  }

  /** The readings that stop a fan must come fast enough to count together (S8). */
  private void judgeStop(int index) {
    DraftFan fan = draft.fans().get(index);
    int readings = fan.figures().get(ProfileKey.STOP_READINGS);
    long within = fan.figures().get(ProfileKey.STOP_WITHIN) * NANOS;
    for (DraftPoint head : fan.heads(draft.profile(), Profile.FanDuty.INTAKE)) {
      Site.Point point = site.points().get(draft.ties().indexOf(head));
      long gap = latency.worstGapNanos(point.source());
      if ((readings - 1) * gap > within) {
        head.table()
            .complain(
                "%s may give %d readings only within %d ms, and they stop fan %s only within %d: a"
                        .formatted(
                            point.name(),
                            readings,
                            up((readings - 1) * gap),
                            fan.name(),
                            within / NANOS)
                    + " faster line");
      }
    }
  }

  private static long up(long nanos) {
    return (nanos + NANOS - 1) / NANOS;
  }
}
