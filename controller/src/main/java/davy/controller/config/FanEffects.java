package davy.controller.config;

import davy.controller.config.Effects.Effect;
import davy.controller.config.Site.Point;
import davy.controller.interlock.Plan;
import java.util.ArrayList;
import java.util.List;

/** What gas does to a fan: its start lock and its second stage. Nothing else is in this table. */
final class FanEffects {

  private FanEffects() {}

  /**
   * @param points the site's {@link Site#interlockPoints}
   * @param fan index into {@link Site#fans}
   */
  static List<Effect> of(Site site, List<Point> points, int fan) {
    Plan.Fan rules = site.plan().fans().get(fan);
    Plan.FanLimits limits = rules.limits();
    List<Effect> effects = new ArrayList<>();
    for (int gas : rules.gas()) {
      effects.add(
          effect(
              "START_LOCK",
              "局部通风机启动闭锁",
              points.get(gas),
              "%s stands and > %s".formatted(rules.name(), limits.lockAbove()),
              "all good and < %s, or person and key".formatted(limits.lockOpensBelow()),
              fan));
    }
    for (int intake : rules.intake()) {
      effects.add(
          effect(
              "FAN_STOP",
              "二级断电停局部通风机",
              points.get(intake),
              "≥ %s, %d good readings in %d ms, zones cut first"
                  .formatted(
                      limits.stopAt(), limits.stopReadings(), limits.stopWithinNanos() / 1_000_000),
              "< %s; started by hand".formatted(limits.stopRestoreBelow()),
              fan));
    }
    return effects;
  }

  private static Effect effect(
      String cause, String chinese, Point point, String when, String until, int fan) {
    return new Effect(
        cause, chinese, point.name(), point.title(), when, until, List.of(), List.of(fan));
  }
}
