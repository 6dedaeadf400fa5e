package davy.controller.interlock;

import davy.controller.interlock.Event.Answer;
import davy.controller.interlock.Inputs.FanInput;
import davy.controller.interlock.Inputs.FlowInput;
import davy.controller.interlock.Inputs.OutputState;
import davy.controller.interlock.Inputs.ZoneInput;
import davy.controller.interlock.ProofTest.Run;
import davy.hal.signal.FanRun;
import davy.hal.signal.Feed;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;

/** What one zone sees in one step: its output, its feed, its test, and the causes of its own. */
final class ZoneWatch {

  private final Shared shared;
  private final int index;
  private final Plan.Zone zone;
  private final ZoneState before;
  private final ZoneInput input;
  private final boolean granted;
  private final Upstream upstream;
  private final List<GroupStep> groups;
  private final Causes fromField;
  private final FeedState feed;
  private final OutputWatch output;
  private final SelfClosing selfClosing;
  private final boolean started;
  private Causes asked = Causes.NONE;
  private ProofTest proof;

  ZoneWatch(Shared shared, int index) {
    this.shared = shared;
    this.index = index;
    this.zone = shared.plan().zones().get(index);
    this.before = shared.before().zones().get(index);
    this.input = shared.inputs().zones().get(index);
    this.granted = before.lock() instanceof Lock.Open;
    this.upstream = new Upstream(shared, index);
    this.groups = groups();
    this.fromField = fromPoints().with(fromFans());
    this.feed = feed();
    this.output =
        before.output().next(shared.plan().times(), input.output(), granted, elapsedNanos());
    this.selfClosing =
        before.selfClosing().next(shared.plan().times(), input.feed(), granted, elapsedNanos());
    this.started = moment().guardArmed() && (before.started() || startUpPassed());
    this.proof = before.proof();
    watchRequests();
    tell();
  }

  /** Those that have something to say; most have not, in every scan. */
  private List<GroupStep> groups() {
    List<GroupStep> steps = new ArrayList<>();
    for (int index = 0; index < zone.groups().size(); index++) {
      Plan.Group group = zone.groups().get(index);
      if (!GroupStep.silent(group, shared.points())) {
        steps.add(new GroupStep(group, shared.points(), shared.inputs().points(), granted));
      }
    }
    return steps;
  }

  FeedState feedState() {
    return feed;
  }

  OutputWatch output() {
    return output;
  }

  SelfClosing selfClosing() {
    return selfClosing;
  }

  ProofTest proof() {
    return proof;
  }

  boolean started() {
    return started;
  }

  Causes fromField() {
    return fromField;
  }

  /** Every cause of this step but that of a zone downstream. */
  Causes causes() {
    Causes causes = fromField.with(asked);
    causes = withIf(feed.abnormal(), Cause.FEED_ABNORMAL, causes);
    causes = withIf(output.faulty(shared.plan().times()), Cause.OUTPUT_FAULT, causes);
    causes = withIf(!moment().guardArmed(), Cause.GUARD_LOST, causes);
    causes = withIf(shared.inputs().scanLate(), Cause.SCAN_OVERRUN, causes);
    causes = withIf(!shared.before().configurationAccepted(), Cause.CONFIG, causes);
    causes = withIf(proof.active(), Cause.PROOF_TEST, causes);
    return withIf(!started, Cause.STARTUP, causes);
  }

  private static Causes withIf(boolean active, Cause cause, Causes causes) {
    return active ? causes.with(cause) : causes;
  }

  private Moment moment() {
    return shared.moment();
  }

  private long elapsedNanos() {
    return moment().elapsedNanos();
  }

  private Causes fromPoints() {
    Causes causes = Causes.NONE;
    for (int group = 0; group < groups.size(); group++) {
      causes = causes.with(groups.get(group).causes());
    }
    return causes;
  }

  /** The first bound point that brings a cause, −1 where none does. */
  int bringer(Cause cause) {
    return groups.stream().flatMap(group -> group.bringer(cause).stream()).findFirst().orElse(-1);
  }

  private Causes fromFans() {
    Causes causes = Causes.NONE;
    for (int fan = 0; fan < shared.fans().size(); fan++) {
      if (ventilates(fan)) {
        causes = causes.with(shared.fans().get(fan));
      }
    }
    return causes;
  }

  private boolean ventilates(int fan) {
    return shared.plan().fans().get(fan).zones().contains(index);
  }

  private FeedState feed() {
    return zone.feedFitted()
        ? before
            .feed()
            .next(
                zone,
                shared.plan().times(),
                input.feed(),
                new FeedState.Step(granted, gasShown(), moment().holdOver(), elapsedNanos()))
        : before.feed();
  }

  /** Withheld for gas that a head has shown, not for the assumption of the start (S15). */
  private boolean gasShown() {
    if (!fromField.has(Cause.METHANE_HIGH) && !fromField.has(Cause.OVER_RANGE)) {
      return false;
    }
    return zone.points().stream()
        .anyMatch(
            point -> shared.points().get(point).showsGas(shared.inputs().points().get(point)));
  }

  /** The feed as it is judged: UNKNOWN where none is fitted. */
  Feed judged() {
    return zone.feedFitted() ? feed.judged(input.feed(), shared.plan().times()) : Feed.UNKNOWN;
  }

  /** The zone's own roll call (S22), after the hold. */
  private boolean startUpPassed() {
    return moment().holdOver() && pointsTrusted() && fansRead() && outputOff() && feedDead();
  }

  private boolean pointsTrusted() {
    return zone.points().stream().allMatch(point -> shared.points().get(point).trusted());
  }

  /** Every machine's contact and every flow of its fans is read. */
  boolean fansRead() {
    return IntStream.range(0, shared.fans().size())
        .filter(this::ventilates)
        .allMatch(this::fanRead);
  }

  private boolean fanRead(int fan) {
    FanInput read = shared.inputs().fans().get(fan);
    boolean flow =
        shared.plan().fans().get(fan).flow().isEmpty() || read.flow() instanceof FlowInput.Good;
    return flow && !read.machines().contains(FanRun.UNKNOWN);
  }

  boolean outputOff() {
    return input.output() == OutputState.OFF;
  }

  boolean feedDead() {
    return !zone.feedFitted() || input.feed() == Feed.DEAD;
  }

  /** A relay that closes now would energise without a hand at the breaker. */
  boolean feedLive() {
    return zone.feedFitted() && input.feed() == Feed.LIVE;
  }

  /** Requests that cut are accepted in every state; a test only where power is to be seen to go. */
  private void watchRequests() {
    OptionalLong test = OptionalLong.empty();
    List<Request> requests = shared.inputs().requests();
    for (int each = 0; each < requests.size(); each++) {
      Request request = requests.get(each);
      if (!(request instanceof Request.OfZone ofZone) || ofZone.zone() != index) {
        continue;
      }
      switch (ofZone) {
        case Request.PanelTrip _ -> trip(request, Cause.PANEL_TRIP);
        case Request.RemoteTrip _ -> trip(request, Cause.REMOTE_TRIP);
        case Request.ProofTest _ -> {
          boolean begins = test.isEmpty() && proof.canBegin(proofStep(test));
          answer(request, begins ? Answer.TESTING : Answer.REFUSED_FEED);
          test = begins ? OptionalLong.of(request.id()) : test;
        }
        case Request.Reset _ -> {}
      }
    }
    proof = proof.next(proofStep(test), zone.dropOutNanos());
  }

  private void trip(Request request, Cause cause) {
    asked = asked.with(cause);
    answer(request, Answer.TRIPPED);
  }

  private void answer(Request request, Answer answer) {
    shared.events().add(new Event.Answered(request.id(), index, answer, Causes.NONE));
  }

  private ProofTest.Step proofStep(OptionalLong asked) {
    return new ProofTest.Step(
        judged(), granted, upstream.supplies() && moment().guardArmed(), asked, elapsedNanos());
  }

  private void tell() {
    if (before.proof().run() instanceof Run.Running running
        && !(proof.run() instanceof Run.Running)) {
      long nanos = Elapsed.add(running.nanos(), elapsedNanos(), zone.dropOutNanos() + 1);
      shared.events().add(new Event.ProofTested(index, !proof.due(), nanos, running.request()));
    }
    if (selfClosing.seen() && !before.selfClosing().seen()) {
      shared.events().add(new Event.ClosedItself(index));
    }
    tellFeed();
  }

  private void tellFeed() {
    boolean lost =
        before.feed().seen() == FeedState.Seen.LIVE && feed.seen() == FeedState.Seen.LOST;
    if (lost && !upstream.withheld()) {
      shared.events().add(new Event.FeedLost(index));
    }
    boolean blind = judged() == Feed.UNKNOWN && !feed.abnormal();
    if (blind && feed.overdue(zone) && !before.feed().overdue(zone)) {
      shared.events().add(new Event.FeedUnknown(index));
    }
  }
}
