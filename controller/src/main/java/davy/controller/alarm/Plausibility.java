package davy.controller.alarm;

import davy.controller.alarm.AlarmInputs.Sample;
import davy.controller.alarm.AlarmPlan.Watch;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;

/**
 * Looks at the points once a look and marks what can hardly be true. It is given samples and gives
 * marks: no value, alarm level or permit can be reached from here.
 *
 * @param sinceLookNanos since the last look
 * @param trends per point
 * @param watches per rule
 */
record Plausibility(long sinceLookNanos, List<Trend> trends, List<WatchState> watches) {

  /**
   * @param heldNanos how long the rule has held, saturating; {@link Held#NOT}
   * @param keepNanos how long the mark stays without it
   */
  record WatchState(long heldNanos, boolean on, long keepNanos) {
    static final WatchState START = new WatchState(Held.NOT, false, 0);

    private WatchState with(long held, boolean marks, long keep) {
      boolean same = held == heldNanos && marks == on && keep == keepNanos;
      return same ? this : new WatchState(held, marks, keep);
    }
  }

  /** The first step looks. */
  static Plausibility start(AlarmPlan plan) {
    return new Plausibility(
        plan.bounds().lookNanos(),
        Collections.nCopies(plan.points().size(), Trend.START),
        Collections.nCopies(plan.watches().size(), WatchState.START));
  }

  boolean due(AlarmPlan plan, long elapsedNanos) {
    return elapsedNanos >= plan.bounds().lookNanos() - sinceLookNanos;
  }

  Plausibility waiting(long elapsedNanos) {
    return new Plausibility(sinceLookNanos + elapsedNanos, trends, watches);
  }

  Plausibility look(AlarmPlan plan, List<Sample> samples, long elapsedNanos) {
    long sinceLast = sinceLookNanos + elapsedNanos;
    int window = plan.bounds().trendLooks();
    List<Trend> seen = new ArrayList<>(trends.size());
    int[] ranges = new int[trends.size()];
    for (int point = 0; point < ranges.length; point++) {
      seen.add(trends.get(point).next(samples.get(point), window));
      ranges[point] = seen.get(point).range();
    }
    List<WatchState> next = new ArrayList<>(watches.size());
    for (int index = 0; index < watches.size(); index++) {
      Watch watch = plan.watches().get(index);
      boolean holds = holds(watch.rule(), seen, window);
      boolean beside = holds && beside(watch.rule(), ranges);
      next.add(next(watch, watches.get(index), holds, beside, sinceLast));
    }
    return new Plausibility(0, List.copyOf(seen), List.copyOf(next));
  }

  private static WatchState next(
      Watch watch, WatchState before, boolean holds, boolean beside, long elapsedNanos) {
    long held = holds ? Held.on(before.heldNanos, elapsedNanos, watch.afterNanos()) : Held.NOT;
    if (held >= watch.afterNanos() && beside) {
      return before.with(held, true, watch.keepNanos());
    }
    long keep = Math.max(0, before.keepNanos - elapsedNanos);
    return before.with(held, before.on && keep > 0, keep);
  }

  private static boolean holds(Rule rule, List<Trend> seen, int window) {
    return switch (rule) {
      case Rule.FlatLine flat -> {
        Trend trend = seen.get(flat.point());
        yield trend.unchanged() && trend.newest() >= flat.atLeast();
      }
      case Rule.StepDown step -> seen.get(step.point()).peaked(step.rise(), step.drop());
      case Rule.DisconnectedRising gone -> {
        Trend trend = seen.get(gone.point());
        yield trend.status() == Trend.Status.LOST && trend.rose(gone.rise(), window);
      }
      case Rule.Contradiction pair -> {
        Trend face = seen.get(pair.face());
        Trend back = seen.get(pair.back());
        yield face.good()
            && back.good()
            && (back.newest() - face.newest() >= pair.above()
                || face.newest() - back.newest() >= pair.below());
      }
      case Rule.FanWithoutFlow pair -> {
        Trend fan = seen.get(pair.fan());
        Trend flow = seen.get(pair.flow());
        yield fan.good() && flow.good() && fan.newest() == 1 && flow.newest() < pair.flowBelow();
      }
      case Rule.HeadsDisagree pair -> {
        Trend one = seen.get(pair.one());
        Trend other = seen.get(pair.other());
        yield one.good() && other.good() && Math.abs(one.newest() - other.newest()) >= pair.apart();
      }
      case Rule.RisingFast rising -> {
        Trend trend = seen.get(rising.point());
        yield trend.good() && trend.rose(rising.rise(), window);
      }
    };
  }

  /**
   * Whether what a rule wants of others at the moment it marks is there.
   *
   * @param ranges of every point, found once: in a zone of many heads each stands beside all others
   */
  private static boolean beside(Rule rule, int[] ranges) {
    return switch (rule) {
      case Rule.FlatLine flat -> flat.beside().isEmpty() || moved(flat, ranges);
      case Rule.StepDown _,
          Rule.DisconnectedRising _,
          Rule.Contradiction _,
          Rule.FanWithoutFlow _,
          Rule.HeadsDisagree _,
          Rule.RisingFast _ ->
          true;
    };
  }

  private static boolean moved(Rule.FlatLine flat, int[] ranges) {
    for (int index = 0; index < flat.beside().size(); index++) {
      if (ranges[flat.beside().get(index)] >= flat.moved()) {
        return true;
      }
    }
    return false;
  }

  /** What stands beside each point now. */
  List<PointStatus> statuses(AlarmPlan plan) {
    List<Marks> marks = new ArrayList<>(Collections.nCopies(trends.size(), Marks.NONE));
    for (int index = 0; index < watches.size(); index++) {
      if (watches.get(index).on) {
        Rule rule = plan.watches().get(index).rule();
        rule.marked().forEach(point -> marks.set(point, marks.get(point).with(rule.mark())));
      }
    }
    List<PointStatus> statuses = new ArrayList<>(trends.size());
    for (int point = 0; point < trends.size(); point++) {
      statuses.add(new PointStatus(marks.get(point), limitIn(plan, point)));
    }
    return List.copyOf(statuses);
  }

  private OptionalLong limitIn(AlarmPlan plan, int index) {
    AlarmPlan.Point point = plan.points().get(index);
    Trend trend = trends.get(index);
    if (point.limit().isEmpty() || !trend.good()) {
      return OptionalLong.empty();
    }
    int window = plan.bounds().trendLooks();
    long half = window / 2;
    long towards = point.quantity().highIsDanger() ? 1 : -1;
    long rise = towards * trend.halves(window);
    if (rise <= 0) {
      return OptionalLong.empty();
    }
    long missing = Math.max(0, towards * ((long) point.limit().getAsInt() - trend.newest()));
    long looks = missing * half * half / rise;
    return looks > plan.bounds().horizonNanos() / plan.bounds().lookNanos()
        ? OptionalLong.empty()
        : OptionalLong.of(looks * plan.bounds().lookNanos());
  }
}
