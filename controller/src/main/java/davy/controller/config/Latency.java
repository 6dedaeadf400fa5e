package davy.controller.config;

import davy.bridge.modbus.LineBudget;
import davy.bridge.modbus.LineBudget.Term;
import davy.bridge.modbus.LinePlan;
import davy.bridge.modbus.LinePlan.CoilPlan;
import davy.controller.config.Site.ChannelRef;
import davy.controller.config.Site.Contact;
import davy.controller.config.Site.Line;
import davy.controller.config.Site.Output;
import davy.controller.config.Site.Point;
import davy.controller.config.Site.Zone;
import davy.hal.SerialSettings;
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

  private static final long NANOS_OF_A_MILLI = 1_000_000L;

  private final List<Line> lines;
  private final List<LineBudget> budgets;

  private Latency(List<Line> lines, List<LineBudget> budgets) {
    this.lines = lines;
    this.budgets = budgets;
  }

  static Latency of(List<Line> lines) {
    return new Latency(lines, lines.stream().map(line -> new LineBudget(line.plan())).toList());
  }

  public static Latency of(Site site) {
    return of(site.lines());
  }

  /**
   * Something that cuts zones: a methane point, the flow in a fan's duct, a fan's run contact.
   *
   * @param name a point's, or the fan's and its machine's: {@code F1 main}
   * @param source empty for GPIO, which every scan reads
   */
  public record Input(String name, Optional<ChannelRef> source, long ageLimitNanos) {}

  /** From a decision to power off: the output, relay and breaker, and the scan before it. */
  record Way(Output output, long dropOutNanos, long periodNanos) {

    static Way of(Zone zone, int scanMillis) {
      return new Way(
          zone.output(), zone.dropOutMillis() * NANOS_OF_A_MILLI, scanMillis * NANOS_OF_A_MILLI);
    }

    /** One period and the decision. */
    long scanNanos() {
      return periodNanos + DECISION_NANOS;
    }
  }

  /**
   * How an input cuts a zone at worst, while some other slaves are dead and one frame of the input
   * and one of the output are garbled.
   *
   * @param zone index into {@link Site#zones}
   * @param dead how many other slaves of each line do not answer
   * @param gapNanos from a value that the last poll just missed to the arrival of the reading that
   *     has it, and so between two arrivals
   * @param pollNanos from the head's own sample to the arrival of the reading that carries it
   * @param ageLimitNanos for a head that falls silent at the moment of the change
   * @param scanNanos one period and the decision
   * @param writeNanos to the last byte of the coil's frame
   * @param dropOutNanos relay and breaker, as the site declares them
   * @param usualNanos register change just missed to power off where nothing is wrong: nobody dead,
   *     nothing garbled, each device taking its typical time
   */
  public record Route(
      Input input,
      int zone,
      int dead,
      long gapNanos,
      long pollNanos,
      long ageLimitNanos,
      long scanNanos,
      long writeNanos,
      long dropOutNanos,
      long usualNanos) {

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

  /** Every input with every zone that it cuts, with 0, 1 and all but one slaves dead. */
  public List<Route> routes(Site site) {
    List<Route> routes = new ArrayList<>();
    List<Point> bound = site.interlockPoints();
    for (int zone = 0; zone < site.zones().size(); zone++) {
      Way way = Way.of(site.zones().get(zone), site.scanMillis());
      for (Input input : inputs(site, bound, zone)) {
        for (int dead : deadCases(input.source(), way.output())) {
          routes.add(route(input, zone, way, dead));
        }
      }
    }
    return List.copyOf(routes);
  }

  /**
   * What cuts a zone: its points, and what tells that its fan stands still.
   *
   * @param bound the site's points that zones depend on
   */
  private static List<Input> inputs(Site site, List<Point> bound, int zone) {
    List<Input> inputs = new ArrayList<>();
    for (int point : site.plan().zones().get(zone).points()) {
      inputs.add(input(bound.get(point)));
    }
    for (int index = 0; index < site.fans().size(); index++) {
      Site.Fan fan = site.fans().get(index);
      if (site.plan().fans().get(index).zones().contains(zone)) {
        fan.machines()
            .forEach(machine -> inputs.add(input(fan.name() + " " + machine.name(), machine)));
        fan.flow().ifPresent(flow -> inputs.add(input(site.points().get(flow))));
      }
    }
    return inputs;
  }

  private static Input input(Point point) {
    return new Input(
        point.name(), Optional.of(point.source()), point.ageLimitMillis() * NANOS_OF_A_MILLI);
  }

  private static Input input(String name, Site.Machine machine) {
    return switch (machine.running()) {
      case Contact.Bus bus ->
          new Input(name, Optional.of(bus.source()), bus.ageLimitMillis() * NANOS_OF_A_MILLI);
      case Contact.Gpio _ -> new Input(name, Optional.empty(), 0);
    };
  }

  /** The summands of a route's gap; none for GPIO. */
  public List<Term> gapTerms(Route route) {
    return route
        .input()
        .source()
        .map(
            from ->
                budgets
                    .get(from.line())
                    .gapTerms(from.slave(), Math.min(route.dead(), others(from.line()))))
        .orElse(List.of());
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
    return deadCases(others(source.line()))
        .mapToLong(dead -> budgets.get(source.line()).worstGapNanos(source.slave(), dead))
        .max()
        .orElseThrow();
  }

  /** What an age limit of a source may be at most, to cut a zone within the limit. */
  long ageLimitRoom(ChannelRef source, Way way, long limitNanos) {
    Input input = new Input("", Optional.of(source), 0);
    return deadCases(input.source(), way.output()).stream()
        .mapToLong(dead -> route(input, 0, way, dead).ageLimitRoom(limitNanos))
        .min()
        .orElseThrow();
  }

  /** From the decision to power off at worst, whatever else on the output's line is dead. */
  long offNanos(Way way) {
    return way.scanNanos() + worstWriteNanos(way.output()) + way.dropOutNanos();
  }

  /** From the decision until the feed is read dead at worst. */
  long feedDeadNanos(Way way, long feedAgeLimitNanos) {
    return offNanos(way) + feedAgeLimitNanos;
  }

  /** From the decision until the output is read back open at worst; 0 for GPIO (S10). */
  long readBackNanos(Output output) {
    return switch (output) {
      case Output.Gpio _ -> 0;
      case Output.Coil coil -> budgets.get(coil.line()).worstReadBackNanos(coil.slave());
    };
  }

  private long worstWriteNanos(Output output) {
    return switch (output) {
      case Output.Gpio _ -> 0;
      case Output.Coil coil -> writeNanos(coil, others(coil.line()));
    };
  }

  private Route route(Input input, int zone, Way way, int dead) {
    Optional<LineBudget> budget = input.source().map(from -> budgets.get(from.line()));
    int slave = input.source().map(ChannelRef::slave).orElse(0);
    int others = input.source().map(from -> others(from.line())).orElse(0);
    return new Route(
        input,
        zone,
        dead,
        budget.map(of -> of.worstGapNanos(slave, Math.min(dead, others))).orElse(0L),
        budget.map(of -> of.worstPollNanos(slave)).orElse(0L),
        input.ageLimitNanos(),
        way.scanNanos(),
        writeNanos(way.output(), dead),
        way.dropOutNanos(),
        budget.map(of -> of.usualGapNanos(slave)).orElse(0L) + usualNanos(way));
  }

  /** From a reading's arrival to power off where nothing is wrong. */
  private long usualNanos(Way way) {
    return switch (way.output()) {
      case Output.Gpio _ -> DECISION_NANOS + way.dropOutNanos();
      case Output.Coil coil ->
          DECISION_NANOS + budgets.get(coil.line()).usualWriteNanos() + way.dropOutNanos();
    };
  }

  /** The same site with another speed of one line. */
  Latency at(int line, int baud) {
    List<LineBudget> changed = new ArrayList<>(budgets);
    LinePlan plan = lines.get(line).plan();
    SerialSettings settings = new SerialSettings(baud, plan.settings().format());
    changed.set(
        line,
        new LineBudget(new LinePlan(plan.name(), settings, plan.scanMillis(), plan.slaves())));
    return new Latency(lines, changed);
  }

  /** A route of this site, with the speeds that the lines have here. */
  Route again(Site site, Route route) {
    Way way = Way.of(site.zones().get(route.zone()), site.scanMillis());
    return route(route.input(), route.zone(), way, route.dead());
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
                    plan.pulseMillis() * NANOS_OF_A_MILLI,
                    zone.dropOutMillis() * NANOS_OF_A_MILLI));
      }
    };
  }

  /** None, one and all others of the line that has more of them. */
  private List<Integer> deadCases(Optional<ChannelRef> source, Output output) {
    int from = source.map(of -> others(of.line())).orElse(0);
    int to =
        switch (output) {
          case Output.Gpio _ -> 0;
          case Output.Coil coil -> others(coil.line());
        };
    return deadCases(Math.max(from, to)).boxed().toList();
  }

  private static IntStream deadCases(int others) {
    return IntStream.of(0, 1, others).filter(dead -> dead <= others).distinct();
  }

  private int others(int line) {
    return lines.get(line).plan().slaves().size() - 1;
  }
}
