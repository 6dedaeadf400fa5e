package davy.tests.bench;

import davy.controller.config.Site;
import davy.controller.interlock.Decision;
import davy.controller.interlock.Inputs;
import davy.controller.interlock.Inputs.OutputState;
import davy.controller.interlock.Inputs.ZoneInput;
import davy.controller.interlock.Interlock;
import davy.controller.interlock.Plan;
import davy.controller.interlock.PointInput;
import davy.controller.interlock.Saved;
import davy.controller.interlock.State;
import davy.hal.signal.Feed;
import davy.hal.signal.GuardState;
import davy.hal.signal.Methane;
import davy.hal.signal.Permit;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/** The decision alone, on plans of any size: sixteen heads a zone, every zone granted. */
final class NearSteps {

  private static final long SECOND = 1_000_000_000L;
  private static final long PERIOD = SECOND / 20;

  /** Steps of a second: the hold, then the time for which every cause must be gone. */
  private static final int START_STEPS = 200;

  private NearSteps() {}

  /**
   * @param site whose first point, zone and times are repeated
   */
  static void run(Site site, int points, int count) {
    Plan plan = plan(site.plan(), points);
    State state = State.start(plan, Saved.nothing(plan));
    Decision decision = Interlock.step(plan, state, inputs(plan, OutputState.OFF), 0);
    for (int i = 0; i < START_STEPS; i++) {
      boolean open = decision.zones().getFirst().permit() == Permit.GRANTED;
      Inputs inputs = inputs(plan, open ? OutputState.ON : OutputState.OFF);
      decision = Interlock.step(plan, decision.next(), inputs, SECOND);
    }
    if (decision.zones().stream().anyMatch(zone -> zone.permit() != Permit.GRANTED)) {
      throw new IllegalStateException(decision.zones().getFirst().toString());
    }
    Inputs inputs = inputs(plan, OutputState.ON);
    long[] nanos = new long[count];
    for (int i = 0; i < count; i++) {
      long began = System.nanoTime();
      decision = Interlock.step(plan, decision.next(), inputs, PERIOD);
      nanos[i] = System.nanoTime() - began;
    }
    Near.tell("step", nanos);
  }

  private static Plan plan(Plan one, int points) {
    Plan.Point point = one.points().getFirst();
    Plan.Zone zone = one.zones().getFirst();
    int zones = (points + BenchSite.HEADS_A_LINE - 1) / BenchSite.HEADS_A_LINE;
    return new Plan(
        Collections.nCopies(points, point),
        IntStream.range(0, zones)
            .mapToObj(
                index ->
                    new Plan.Zone(
                        "Z" + index,
                        groups(index, points),
                        zone.release(),
                        false,
                        zone.stableNanos(),
                        zone.dropOutNanos(),
                        OptionalInt.empty()))
            .toList(),
        List.of(),
        one.times(),
        one.bypasses(),
        one.fitted());
  }

  private static List<Plan.Group> groups(int zone, int points) {
    int first = zone * BenchSite.HEADS_A_LINE;
    return IntStream.range(first, Math.min(points, first + BenchSite.HEADS_A_LINE))
        .mapToObj(Plan.Group::of)
        .toList();
  }

  private static Inputs inputs(Plan plan, OutputState outputs) {
    return new Inputs(
        Collections.nCopies(plan.points().size(), new PointInput.Good(new Methane(40), true)),
        Collections.nCopies(plan.zones().size(), new ZoneInput(outputs, Feed.UNKNOWN)),
        List.of(),
        GuardState.LOST,
        Inputs.Key.RELEASED,
        List.of(),
        List.of(),
        true,
        false);
  }
}
