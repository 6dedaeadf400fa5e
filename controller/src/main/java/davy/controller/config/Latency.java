package davy.controller.config;

import davy.bridge.modbus.LineBudget;
import davy.bridge.modbus.LineBudget.Term;
import davy.bridge.modbus.LinePlan.CoilPlan;
import davy.controller.config.Site.ChannelRef;
import davy.controller.config.Site.Line;
import davy.controller.config.Site.Output;
import davy.controller.config.Site.Point;
import davy.controller.config.Site.Zone;
import davy.controller.interlock.Plan;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The worst time from a change of a head's register to power off, added up from what each line may
 * need at the very worst (S19, S20), and from the death of Davy or a line to power off (S11).
 *
 * <p>All times in nanoseconds. Pure arithmetic over a site.
 */
public final class Latency {

  /** Allowed from a reading's last byte to its decision on the line's thread. */
  public static final long DECISION_NANOS = 5_000_000;

  private final List<Line> lines;
  private final List<LineBudget> budgets;

  private Latency(List<Line> lines) {
    this.lines = lines;
    this.budgets = lines.stream().map(line -> new LineBudget(line.plan())).toList();
  }

  static Latency of(List<Line> lines) {
    return new Latency(lines);
  }

  public static Latency of(Site site) {
    return new Latency(site.lines());
  }

  /**
   * How a point cuts a zone at worst, while some other slaves are dead and one frame of the point
   * and one of the output are garbled.
   *
   * @param point index into {@link Site#points}
   * @param zone index into {@link Site#zones}
   * @param dead how many other slaves of each line do not answer
   * @param gapNanos from a value that the last poll just missed to the arrival of the reading that
   *     has it, and so between two arrivals
   * @param pollNanos from the head's own sample to the arrival of the reading that carries it
   * @param ageLimitNanos for a head that falls silent at the moment of the change
   * @param scanNanos one period and the decision
   * @param writeNanos to the last byte of the coil's frame
   * @param dropOutNanos relay and breaker, as the site declares them
   */
  public record Route(
      int point,
      int zone,
      int dead,
      long gapNanos,
      long pollNanos,
      long ageLimitNanos,
      long scanNanos,
      long writeNanos,
      long dropOutNanos) {

    /** The head answers: register change to power off (S20). */
    public long answeringNanos() {
      return gapNanos + afterReading();
    }

    /** The head falls silent: the last good sample to power off (S19). */
    public long silentNanos() {
      return pollNanos + ageLimitNanos + afterReading();
    }

    public long worstNanos() {
      return Math.max(answeringNanos(), silentNanos());
    }

    /** What an age limit may be at most, to stay within the limit. */
    long ageLimitRoom(long limitNanos) {
      return limitNanos - pollNanos - afterReading();
    }

    private long afterReading() {
      return scanNanos + writeNanos + dropOutNanos;
    }
  }

  /**
   * How a zone with a self-dropping coil loses power when Davy or the line dies.
   *
   * @param zone index into {@link Site#zones}
   * @param refreshGapNanos worst time between two refreshes, with one dead slave and one garbled
   *     frame
   */
  public record Drop(int zone, long refreshGapNanos, long pulseNanos, long dropOutNanos) {

    /** A pulse may miss two refreshes and still hold (S11). */
    public long shortestPulseNanos() {
      return 3 * refreshGapNanos;
    }

    public long sumNanos() {
      return pulseNanos + dropOutNanos;
    }
  }

  /** Every point with every zone that it cuts, with 0, 1 and all but one slaves dead. */
  public List<Route> routes(Site site) {
    List<Route> routes = new ArrayList<>();
    for (int zone = 0; zone < site.zones().size(); zone++) {
      for (int bound : site.plan().zones().get(zone).points()) {
        int point = pointOf(site, bound);
        for (int dead : deadCases(site.points().get(point).source().line())) {
          routes.add(route(site, point, zone, dead));
        }
      }
    }
    return List.copyOf(routes);
  }

  /** The summands of a route's gap. */
  public List<Term> gapTerms(Site site, Route route) {
    ChannelRef source = site.points().get(route.point()).source();
    return budgets.get(source.line()).gapTerms(source.slave(), route.dead());
  }

  /** Every zone that a self-dropping coil cuts. */
  public List<Drop> drops(Site site) {
    return IntStream.range(0, site.zones().size())
        .boxed()
        .flatMap(zone -> drop(site.zones().get(zone), zone).stream())
        .toList();
  }

  /** The longest time between two readings of a slave, whatever else on its line is dead. */
  long worstGapNanos(ChannelRef source) {
    return deadCases(source.line()).stream()
        .mapToLong(dead -> budgets.get(source.line()).worstGapNanos(source.slave(), dead))
        .max()
        .orElseThrow();
  }

  private Route route(Site site, int point, int zone, int dead) {
    Point from = site.points().get(point);
    Plan.Point limits = site.plan().points().get(from.interlockIndex());
    ChannelRef source = from.source();
    LineBudget budget = budgets.get(source.line());
    Zone to = site.zones().get(zone);
    return new Route(
        point,
        zone,
        dead,
        budget.worstGapNanos(source.slave(), dead),
        budget.worstPollNanos(source.slave()),
        limits.ageLimitNanos(),
        site.scanMillis() * 1_000_000L + DECISION_NANOS,
        writeNanos(to.output(), dead),
        to.dropOutMillis() * 1_000_000L);
  }

  private long writeNanos(Output output, int dead) {
    return switch (output) {
      case Output.Gpio _ -> 0;
      case Output.Coil coil ->
          budgets
              .get(coil.line())
              .worstWriteNanos(coil.slave(), Math.min(dead, others(coil.line())));
    };
  }

  private Optional<Drop> drop(Zone zone, int index) {
    return switch (zone.output()) {
      case Output.Gpio _ -> Optional.empty();
      case Output.Coil coil -> {
        CoilPlan plan =
            lines.get(coil.line()).plan().slaves().get(coil.slave()).coils().get(coil.coil());
        yield plan.pulseMillis() == 0
            ? Optional.empty()
            : Optional.of(
                new Drop(
                    index,
                    budgets.get(coil.line()).worstRefreshGapNanos(coil.slave()),
                    plan.pulseMillis() * 1_000_000L,
                    zone.dropOutMillis() * 1_000_000L));
      }
    };
  }

  private List<Integer> deadCases(int line) {
    return IntStream.of(0, 1, others(line))
        .filter(dead -> dead <= others(line))
        .distinct()
        .boxed()
        .toList();
  }

  private int others(int line) {
    return lines.get(line).plan().slaves().size() - 1;
  }

  private static int pointOf(Site site, int interlockIndex) {
    return IntStream.range(0, site.points().size())
        .filter(index -> site.points().get(index).interlockIndex() == interlockIndex)
        .findFirst()
        .orElseThrow();
  }
}
