package davy.controller.alarm;

import davy.controller.alarm.AlarmEvent.GasOutcome;
import davy.controller.alarm.AlarmInputs.Sample;
import davy.controller.alarm.AlarmInputs.ZoneInput;
import davy.hal.signal.Feed;
import davy.hal.signal.Permit;
import java.util.List;
import java.util.Optional;

/**
 * 甲烷超限断电试验 under way: a named person brings gas to a head that stays in service, and every zone of
 * it must be cut and go dead (S18). It only watches and tells.
 *
 * @param sinceNanos since it was asked for
 * @param gasNanos since the head read its limit; {@link Held#NOT} before
 * @param peak the greatest amount that it read
 */
public record GasTest(AlarmRequest.GasTest ask, long sinceNanos, long gasNanos, int peak) {

  /** What one scan made of it: it goes on, or it has ended. */
  record Step(Optional<GasTest> next, Optional<AlarmEvent.GasTested> ended) {}

  static GasTest begin(AlarmRequest.GasTest ask) {
    return new GasTest(ask, 0, Held.NOT, 0);
  }

  /** Gas has not reached the limit yet. */
  public boolean waits() {
    return gasNanos == Held.NOT;
  }

  /** The zones are those that the interlock decided in this scan, from this very sample. */
  Step next(AlarmPlan plan, AlarmInputs inputs, long elapsedNanos) {
    AlarmPlan.Point point = plan.points().get(ask.point());
    List<ZoneInput> zones = point.zones().stream().map(inputs.zones()::get).toList();
    return seen(inputs.points().get(ask.point()), point.limit().orElseThrow(), elapsedNanos)
        .judged(zones, plan.bounds().shelveMaxNanos());
  }

  private GasTest seen(Sample sample, int limit, long elapsedNanos) {
    int amount =
        switch (sample) {
          case Sample.Good good -> good.amount();
          case Sample.OverRange _ -> limit;
          case Sample.Lost _, Sample.Calibrating _ -> 0;
        };
    long begun = amount >= limit ? 0 : Held.NOT;
    return new GasTest(
        ask,
        sinceNanos + elapsedNanos,
        waits() ? begun : gasNanos + elapsedNanos,
        Math.max(peak, amount));
  }

  private Step judged(List<ZoneInput> zones, long longestNanos) {
    boolean withheld = zones.stream().anyMatch(zone -> zone.permit() == Permit.WITHHELD);
    boolean granted = zones.stream().anyMatch(zone -> zone.permit() == Permit.GRANTED);
    if (waits()) {
      if (withheld) {
        return ended(GasOutcome.CUT_BEFORE);
      }
      return sinceNanos >= longestNanos ? ended(GasOutcome.NO_GAS) : goesOn();
    }
    if (granted) {
      return ended(GasOutcome.NOT_CUT);
    }
    if (gasNanos > ask.withinNanos()) {
      return ended(GasOutcome.STILL_LIVE);
    }
    boolean dead = zones.stream().allMatch(zone -> zone.feed() == Feed.DEAD);
    return dead ? ended(GasOutcome.PASSED) : goesOn();
  }

  private Step goesOn() {
    return new Step(Optional.of(this), Optional.empty());
  }

  private Step ended(GasOutcome outcome) {
    return new Step(
        Optional.empty(),
        Optional.of(new AlarmEvent.GasTested(ask, outcome, peak, Math.max(0, gasNanos))));
  }
}
