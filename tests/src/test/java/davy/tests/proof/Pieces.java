package davy.tests.proof;

import davy.controller.interlock.Inputs.FanInput;
import davy.controller.interlock.Inputs.FlowInput;
import davy.controller.interlock.Inputs.Key;
import davy.controller.interlock.Inputs.OutputState;
import davy.controller.interlock.Inputs.ZoneInput;
import davy.controller.interlock.Plan;
import davy.controller.interlock.Plan.Group;
import davy.controller.interlock.PointInput;
import davy.controller.interlock.Request;
import davy.controller.interlock.Saved;
import davy.hal.signal.FanRun;
import davy.hal.signal.Feed;
import davy.hal.signal.Methane;
import davy.tests.proof.Explorer.Field;
import davy.tests.proof.Move.Choice;
import davy.tests.proof.Move.Draft;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;

/** What the small plans and their moves are put together from. */
final class Pieces {

  /** So much time goes by in every step of most plans. */
  static final long STEP = 1;

  static final Plan.Bypasses NO_BYPASSES = new Plan.Bypasses(0, false, 0, 0, Optional.empty());
  static final Choice LOW = head("low", true, good(99, true));
  static final Choice HIGH = head("high", false, good(150, true));
  static final Choice OVER = head("over", false, new PointInput.OverRange());
  static final Choice OLD = head("old", false, new PointInput.Stale());

  /** The output obeys; nobody has closed the breaker. */
  static final Choice OPEN = obeys("open", true, Feed.DEAD, Feed.DEAD);

  /** The output obeys; the breaker is closed as soon as it can be. */
  static final Choice CLOSED = obeys("closed", true, Feed.DEAD, Feed.LIVE);

  static final Choice WELDED = obeys("welded", false, Feed.LIVE, Feed.LIVE);
  static final Choice BLIND = obeys("blind", false, Feed.UNKNOWN, Feed.UNKNOWN);
  static final Choice DEAF = end("deaf", OutputState.ON, Feed.DEAD);
  static final Choice DUMB = end("dumb", OutputState.UNKNOWN, Feed.DEAD);
  static final Choice NOTHING = act("", _ -> {});
  static final Choice TURN = act("turn", draft -> draft.key = Key.PRESSED);

  private Pieces() {}

  static Field field(
      String name,
      List<Plan.Point> points,
      List<Plan.Zone> zones,
      boolean restarts,
      List<List<Choice>> axes) {
    Plan plan = plan(points, zones, List.of(), NO_BYPASSES, false);
    return new Field(name, plan, STEP, List.of(Saved.nothing(plan)), Move.all(axes), restarts);
  }

  static Plan plan(
      List<Plan.Point> points,
      List<Plan.Zone> zones,
      List<Plan.Fan> fans,
      Plan.Bypasses bypasses,
      boolean guard) {
    Plan.Fitted fitted = new Plan.Fitted(true, guard);
    return new Plan(points, zones, fans, times(STEP), bypasses, fitted);
  }

  /** Limits of one to four steps. */
  static Plan.Times times(long step) {
    Methane drift = new Methane(-10);
    return new Plan.Times(
        2 * step, 2, step, drift, step, 4 * step, step, 2 * step, step, step, step, 10 * step);
  }

  static Plan.Point point(boolean catalytic) {
    return new Plan.Point("T", methane(100), methane(150), methane(100), catalytic, 1);
  }

  static Plan.Zone zone(Plan.Release release, boolean feed, OptionalInt upstream, Group... groups) {
    return new Plan.Zone("Z", List.of(groups), release, feed, 1, 1, upstream);
  }

  static Methane methane(int hundredths) {
    return new Methane(hundredths);
  }

  static PointInput good(int hundredths, boolean fresh) {
    return new PointInput.Good(methane(hundredths), fresh);
  }

  static Choice head(String name, boolean fine, PointInput input) {
    return new Choice(name, fine, draft -> draft.points.add(input));
  }

  private static Choice end(String name, OutputState output, Feed feed) {
    ZoneInput input = new ZoneInput(output, feed);
    return new Choice(name, false, draft -> draft.zones.add(_ -> input));
  }

  private static Choice obeys(String name, boolean fine, Feed withheld, Feed granted) {
    ZoneInput off = new ZoneInput(OutputState.OFF, withheld);
    ZoneInput on = new ZoneInput(OutputState.ON, granted);
    return new Choice(name, fine, draft -> draft.zones.add(power -> power ? on : off));
  }

  static Choice blow(String name, boolean fine, FanRun run, FlowInput flow) {
    return new Choice(name, fine, draft -> draft.fans.add(new FanInput(List.of(run), flow)));
  }

  static Choice act(String name, Consumer<Draft> set) {
    return new Choice(name, true, set);
  }

  static Choice fault(String name, Consumer<Draft> set) {
    return new Choice(name, false, set);
  }

  static Choice ask(String name, Request request) {
    return act(name, draft -> draft.requests = List.of(request));
  }

  static Choice harm(String name, Request request) {
    return fault(name, draft -> draft.requests = List.of(request));
  }

  static Choice onDisk(Long... ids) {
    return act("on-disk", draft -> draft.recorded = List.of(ids));
  }

  static Request panelTrip() {
    return new Request.PanelTrip(1, 0, "a");
  }

  static Request remoteTrip() {
    return new Request.RemoteTrip(1, 0, "county", "gas next door");
  }

  static Request reset(long id, int zone, boolean repaired, int portable) {
    return new Request.Reset(id, zone, "a", Optional.of(methane(portable)), repaired);
  }

  static Request calibrate(long id, long nanos, boolean inhibit) {
    return new Request.Calibrate(id, 0, "a", Optional.of("b"), "15 days", nanos, inhibit);
  }

  static Request inhibit(long id, long nanos) {
    return new Request.Inhibit(id, 0, "a", Optional.of("b"), "exchange", nanos);
  }
}
