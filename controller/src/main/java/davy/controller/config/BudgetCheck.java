package davy.controller.config;

import davy.controller.config.Latency.Drop;
import davy.controller.config.Latency.Route;
import davy.controller.config.Site.Point;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Refuses what cannot keep the profile's limit, and says what would mend it (S11, S19, S20). */
final class BudgetCheck {

  private static final long NANOS = 1_000_000L;

  private final Draft draft;
  private final Site site;
  private final Latency latency;
  private final long limitNanos;

  private BudgetCheck(Draft draft, Site site) {
    this.draft = draft;
    this.site = site;
    this.latency = Latency.of(site);
    this.limitNanos = site.profile().limitMillis() * NANOS;
  }

  /** Complains at the places of the draft. */
  static void judge(Draft draft, Site site) {
    BudgetCheck check = new BudgetCheck(draft, site);
    List<Route> routes = check.latency.routes(site);
    IntStream.range(0, site.points().size())
        .filter(point -> site.points().get(point).interlockIndex() >= 0)
        .forEach(
            point ->
                check.judge(
                    point, routes.stream().filter(route -> route.point() == point).toList()));
    check.latency.drops(site).forEach(check::judge);
  }

  private void judge(int index, List<Route> routes) {
    Point point = site.points().get(index);
    Route slowest = routes.stream().max(Comparator.comparingLong(Route::worstNanos)).orElseThrow();
    long gap = routes.stream().mapToLong(Route::gapNanos).max().orElseThrow();
    long room =
        routes.stream().mapToLong(route -> route.ageLimitRoom(limitNanos)).min().orElseThrow();
    String wanted = "from %d to %d".formatted(up(gap), room / NANOS);
    if (gap > room) {
      tooSlow(point, slowest, gap, room);
    } else if (point.ageLimitMillis() * NANOS < gap) {
      ageLimit(
          index,
          "ageLimitMillis %d is below the worst gap between two readings of %s, %d ms with one"
              + " garbled frame: %s",
          point.ageLimitMillis(),
          point.name(),
          up(gap),
          wanted);
    } else if (point.ageLimitMillis() * NANOS > room) {
      ageLimit(
          index,
          "ageLimitMillis %d is too long: %s could cut %s only after %d ms, and %s allows %d: %s",
          point.ageLimitMillis(),
          point.name(),
          site.zones().get(slowest.zone()).name(),
          up(slowest.worstNanos()),
          site.profile().name(),
          site.profile().limitMillis(),
          wanted);
    }
  }

  private void ageLimit(int point, String format, Object... parts) {
    draft.points().get(point).table().complain("ageLimitMillis", format.formatted(parts));
  }

  private void tooSlow(Point point, Route slowest, long gap, long room) {
    String text =
        "line %s is too slow for %s: its readings may be %d ms apart (dead slaves: %d, one"
            + " garbled frame), and with poll, scan, write and drop-out %s allows %d: a higher"
            + " baud, fewer devices on the line, an own line for %s, or a faster breaker for %s";
    int line = point.source().line();
    draft
        .lines()
        .get(line)
        .table()
        .complain(
            text.formatted(
                site.lines().get(line).plan().name(),
                point.name(),
                up(gap),
                slowest.dead(),
                site.profile().name(),
                Math.max(0, room / NANOS),
                point.name(),
                site.zones().get(slowest.zone()).name()));
  }

  private void judge(Drop drop) {
    DraftZone zone = draft.zones().get(drop.zone());
    TomlTable output =
        switch (zone.output().orElseThrow()) {
          case DraftOutput.Coil coil -> coil.table();
          case DraftOutput.Gpio gpio -> gpio.table();
        };
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

  private static long up(long nanos) {
    return (nanos + NANOS - 1) / NANOS;
  }
}
