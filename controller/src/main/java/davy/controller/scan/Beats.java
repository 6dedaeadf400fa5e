package davy.controller.scan;

import davy.bridge.guard.ScanReport;
import davy.bridge.modbus.BusPoller;
import davy.bridge.modbus.LineImage;
import davy.controller.config.Site;
import davy.controller.interlock.Decision;
import davy.controller.interlock.Inputs;
import davy.controller.interlock.Plan;
import davy.hal.signal.Permit;
import davy.hal.signal.Reading;
import davy.hal.signal.Tick;
import java.util.List;
import java.util.function.IntFunction;

/** Makes of a whole periodic scan what the guard's beat is earned by (S1, S10, S14). */
final class Beats {

  /**
   * A line whose thread has not shown itself for so long hangs [J]: ten times what it promises, for
   * an adapter may be slow to open. A dead slave is there.
   */
  private static final long ROLL_CALL_NANOS = 10 * BusPoller.PRESENT_NANOS;

  private final Plan plan;
  private final long digest;

  Beats(Site site) {
    this.plan = site.plan();
    this.digest = plan.fitted().guard() ? ScanReport.digest(site.digest()) : 0;
  }

  /**
   * An output that was not read back counts as energised: it does not arm a guard.
   *
   * @param at when every output had been driven
   * @param readings of the interlock's points, in plan order
   */
  ScanReport report(
      Tick at,
      long scan,
      Inputs inputs,
      Decision decision,
      IntFunction<Reading> readings,
      List<LineImage> lines) {
    boolean granting = false;
    long oldest = 0;
    int image = 0;
    for (int zone = 0; zone < plan.zones().size(); zone++) {
      if (inputs.zones().get(zone).output() != Inputs.OutputState.OFF) {
        image |= 1 << zone;
      }
      if (decision.zones().get(zone).permit() == Permit.GRANTED) {
        granting = true;
        oldest = Math.max(oldest, oldest(plan.zones().get(zone), decision, readings, at));
      }
    }
    boolean all = lines.stream().allMatch(line -> at.nanosSince(line.at()) <= ROLL_CALL_NANOS);
    return new ScanReport(at, scan, image, granting, granting ? oldest : 0, all, digest);
  }

  /** Of the heads that hold this zone; one that is out of service or lost holds nothing. */
  private static long oldest(
      Plan.Zone zone, Decision decision, IntFunction<Reading> readings, Tick at) {
    long oldest = 0;
    for (int point : zone.points()) {
      if (decision.points().get(point).trusted()) {
        oldest = Math.max(oldest, readings.apply(point).ageNanos(at));
      }
    }
    return oldest;
  }
}
