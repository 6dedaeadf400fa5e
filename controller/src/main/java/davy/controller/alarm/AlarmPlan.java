package davy.controller.alarm;

import davy.hal.signal.Quantity;
import java.util.List;
import java.util.OptionalInt;

/**
 * What the alarms know of a site: made once from site and profile, never changed while running.
 *
 * @param zones names, in the interlock's order
 * @param signals names of what is decided elsewhere, see {@link Condition.Given}
 * @param alarms in this order they break a tie for the first-out: causes before consequences
 * @param grades the mine's own table; the worst row that fits wins
 * @param watches plausibility
 */
public record AlarmPlan(
    List<Point> points,
    List<String> zones,
    List<String> signals,
    List<Alarm> alarms,
    List<GradeRow> grades,
    List<Watch> watches,
    Bounds bounds) {

  public AlarmPlan {
    points = List.copyOf(points);
    zones = List.copyOf(zones);
    signals = List.copyOf(signals);
    alarms = List.copyOf(alarms);
    grades = List.copyOf(grades);
    watches = List.copyOf(watches);
    within(alarms.stream().flatMap(alarm -> alarm.zones().stream()).toList(), zones.size(), "zone");
    within(points.stream().flatMap(point -> point.zones().stream()).toList(), zones.size(), "zone");
    for (Watch watch : watches) {
      within(watch.rule().marked(), points.size(), "point");
      if (watch.rule() instanceof Rule.FlatLine flat) {
        within(flat.beside(), points.size(), "point");
      }
    }
    for (Alarm alarm : alarms) {
      watched(alarm.condition(), points, zones.size(), signals.size());
    }
    demand(alarms.stream().map(Alarm::name).distinct().count() == alarms.size(), "a name twice");
  }

  /**
   * A measuring point.
   *
   * @param zones that it belongs to: they count it for the extent of an alarm
   * @param limit amount that the time-to-limit estimate runs to, mostly the cut-off
   */
  public record Point(String name, Quantity quantity, List<Integer> zones, OptionalInt limit) {
    public Point {
      zones = List.copyOf(zones);
    }
  }

  /**
   * One alarm.
   *
   * @param name stable for ever: saved alarms are found by it
   * @param zones that it belongs to: their feeds must agree before it may be closed
   * @param grade while active; an over-limit of methane may be graver by {@link #grades}
   * @param onDelayNanos how long the condition must stand before it counts; 0 for gas
   * @param offDelayNanos how long it must be gone, without a break, before it has returned
   * @param closedByPerson stands until a named person closes it with reason and measure; always so
   *     for {@link AlarmKind#OVER_LIMIT}
   * @param normalNanos and not before it was normal for so long without a break
   * @param shelvable may be shelved and taken out of service; never if closed by a person, nor
   *     where its kind forbids it
   */
  public record Alarm(
      String name,
      AlarmKind kind,
      Condition condition,
      List<Integer> zones,
      Grade grade,
      long onDelayNanos,
      long offDelayNanos,
      boolean closedByPerson,
      long normalNanos,
      boolean shelvable) {

    public Alarm {
      zones = List.copyOf(zones);
      demand(!shelvable || kind.mayHide(), name + ": this kind is never shelved");
      demand(!shelvable || !closedByPerson, name + ": what a person closes is never shelved");
      demand(closedByPerson || kind != AlarmKind.OVER_LIMIT, name + ": a person closes it");
      demand(grade != Grade.NONE, name + ": an alarm has a grade");
      demand(onDelayNanos >= 0 && offDelayNanos >= 0 && normalNanos >= 0, name + ": a time");
    }
  }

  /**
   * A row of the grade table: an over-limit of methane at one point gets the grade when all three
   * hold.
   *
   * @param atLeast concentration of that point, 0.01 %CH4, inclusive
   * @param forNanos without a break, inclusive
   * @param points of one of its zones that are over their alarm level, it included
   */
  public record GradeRow(int atLeast, long forNanos, int points, Grade grade) {
    public GradeRow {
      demand(points > 0 && forNanos >= 0 && grade != Grade.NONE, "a row that grades nothing");
    }
  }

  /**
   * A plausibility rule at work.
   *
   * @param afterNanos how long it must hold before it marks
   * @param keepNanos how long a mark stays after it last held, so that people see it
   */
  public record Watch(Rule rule, long afterNanos, long keepNanos) {
    public Watch {
      demand(afterNanos >= 0 && keepNanos >= 0, "a time is not negative");
    }
  }

  /**
   * Bounds of the profile.
   *
   * @param muteNanos how long a mute lasts
   * @param shelveMaxNanos the longest shelving
   * @param textLength longest person's name, reason and measure, in characters
   * @param lookNanos how often plausibility looks at the points
   * @param trendLooks looks in a window, even
   * @param horizonNanos a time-to-limit beyond it is not told
   * @param windowNanos of the statistics, 5 min by rule
   */
  public record Bounds(
      long muteNanos,
      long shelveMaxNanos,
      int textLength,
      long lookNanos,
      int trendLooks,
      long horizonNanos,
      long windowNanos) {
    public Bounds {
      demand(muteNanos > 0 && shelveMaxNanos > 0 && textLength > 0, "a bound is positive");
      demand(lookNanos > 0 && horizonNanos > 0 && windowNanos > 0, "a time is positive");
      demand(trendLooks > 0 && trendLooks % 2 == 0, "the window has two halves");
    }
  }

  private static void watched(Condition condition, List<Point> points, int zones, int signals) {
    switch (condition) {
      case Condition.OverLimit over -> {
        within(List.of(over.point()), points.size(), "point");
        boolean high = points.get(over.point()).quantity().highIsDanger();
        demand(
            high ? over.returnInside() <= over.alarmAt() : over.returnInside() >= over.alarmAt(),
            "an alarm returns on the safe side of its level");
      }
      case Condition.SensorLost lost -> within(List.of(lost.point()), points.size(), "point");
      case Condition.Marked marked -> within(List.of(marked.point()), points.size(), "point");
      case Condition.FeedLost lost -> within(List.of(lost.zone()), zones, "zone");
      case Condition.FeedUnknown unknown -> within(List.of(unknown.zone()), zones, "zone");
      case Condition.Given given -> within(List.of(given.signal()), signals, "signal");
    }
  }

  private static void within(List<Integer> indices, int size, String what) {
    demand(indices.stream().allMatch(i -> i >= 0 && i < size), "there is no such " + what);
  }

  private static void demand(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException(otherwise);
    }
  }
}
