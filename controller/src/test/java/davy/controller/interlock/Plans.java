package davy.controller.interlock;

import davy.hal.signal.Methane;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Plans for tests, with what they do not care about filled in. */
final class Plans {

  private static final long SECOND = 1_000_000_000L;

  static final Plan.Bypasses NO_BYPASSES = new Plan.Bypasses(0, false, 0, 0, Optional.empty());

  private Plans() {}

  static Plan.Zone zone(
      String name, List<Integer> points, Plan.Release release, boolean feed, long stableNanos) {
    return zone(name, points, release, feed, stableNanos, SECOND / 5);
  }

  static Plan.Zone zone(
      String name,
      List<Integer> points,
      Plan.Release release,
      boolean feed,
      long stableNanos,
      long dropOutNanos) {
    return new Plan.Zone(
        name,
        points.stream().map(Plan.Group::of).toList(),
        release,
        feed,
        stableNanos,
        dropOutNanos,
        OptionalInt.empty());
  }

  /** Every zone with the same latches. */
  static Saved saved(Plan plan, Causes latches) {
    return new Saved(
        plan.zones().stream().map(_ -> new Saved.Zone(latches, false, false, false)).toList(),
        List.of(),
        List.of(),
        true,
        false);
  }

  static Plan.Times times(
      long hold, int good, long goodFor, Methane driftAt, long driftFor, long consent) {
    return new Plan.Times(
        hold,
        good,
        goodFor,
        driftAt,
        driftFor,
        consent,
        3 * SECOND,
        10 * SECOND,
        3 * SECOND / 10,
        24 * 3600 * SECOND,
        2 * SECOND,
        10 * (3 * SECOND / 10));
  }
}
