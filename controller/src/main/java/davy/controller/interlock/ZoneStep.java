package davy.controller.interlock;

import davy.controller.interlock.Decision.Wanting;
import davy.controller.interlock.Decision.ZoneView;
import davy.controller.interlock.Event.Answer;
import davy.hal.signal.Methane;
import davy.hal.signal.Permit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * One zone's part of one step: its causes, its lock, its release. Made with what it sees itself;
 * then {@link #settle} adds what a zone downstream brings, a reset may be judged and take effect,
 * and {@link #finish} closes the step.
 */
final class ZoneStep {

  private static final Causes FEED_ABNORMAL = Causes.of(Cause.FEED_ABNORMAL);
  private static final Lock.FirstOut NONE_YET = new Lock.FirstOut(Cause.STARTUP, -1);

  private final Shared shared;
  private final int index;
  private final Plan.Zone zone;
  private final ZoneState before;
  private final ZoneWatch watch;
  private Causes active = Causes.NONE;
  private long quietNanos;
  private Degassing degassing;

  /** The lock as the causes leave it, before any release. */
  private Lock settled;

  private OptionalLong resetBy = OptionalLong.empty();
  private boolean repaired;
  private boolean opened;
  private Lock lock;

  ZoneStep(Shared shared, int index) {
    this.shared = shared;
    this.index = index;
    this.zone = shared.plan().zones().get(index);
    this.before = shared.before().zones().get(index);
    this.watch = new ZoneWatch(shared, index);
    this.degassing = before.degassing();
    this.settled = before.lock();
    this.lock = before.lock();
  }

  /**
   * The zone that feeds this one must go, too, as long as this lock has seen that its own output or
   * breaker does not cut (S3, S10).
   */
  boolean escalates() {
    Causes seen = before.lock().seen().with(watch.causes());
    return seen.has(Cause.FEED_ABNORMAL)
        || seen.has(Cause.OUTPUT_FAULT) && watch.output().disobeyed();
  }

  OptionalInt upstream() {
    return zone.upstream();
  }

  /** Its output does not obey now: the guard must drop. */
  boolean disobeys() {
    return watch.output().disobeys(shared.plan().times());
  }

  /**
   * @param downstream a zone that this one feeds can't be cut
   */
  void settle(boolean downstream) {
    active = downstream ? watch.causes().with(Cause.DOWNSTREAM) : watch.causes();
    settled = before.lock().next(active, first(), false);
    lock = settled;
    long elapsed = shared.moment().elapsedNanos();
    quietNanos =
        quiet(active) && quiet(before.active())
            ? Elapsed.add(before.quietNanos(), elapsed, zone.stableNanos())
            : 0;
    boolean stood = settled.seen().has(Cause.FAN_STOPPED);
    if (stood || degassing.needed()) {
      HeadingGas gas = gas();
      degassing = degassing.next(stood && gas.present(), gas.low(), elapsed, gas.limit());
    }
    tellCauses();
  }

  private HeadingGas gas() {
    return new HeadingGas(shared, index);
  }

  /** FEED_ABNORMAL stands until the reset: it must not keep the others from being stable. */
  private static boolean quiet(Causes causes) {
    return causes.without(FEED_ABNORMAL).none();
  }

  ZoneState next() {
    FeedState feed = repaired ? watch.feedState().repaired() : watch.feedState();
    ProofTest proof = repaired && zone.feedFitted() ? watch.proof().demanded() : watch.proof();
    boolean byItself = opened && resetBy.isEmpty();
    return new ZoneState(
        lock,
        active,
        watch.started(),
        quietNanos,
        opened ? feed.grantBegins() : feed,
        opened ? watch.output().grantBegins() : watch.output(),
        proof,
        byItself ? watch.selfClosing().releasedByItself() : watch.selfClosing(),
        opened ? Degassing.start(false) : degassing);
  }

  Causes active() {
    return active;
  }

  /** Whether the lock may open by itself once it has been quiet for the stable time (S12, S23). */
  private boolean opensByItself() {
    return zone.release() == Plan.Release.AUTOMATIC
        && settled.seen().needingPerson().none()
        && !shared.before().manualOnly()
        && !watch.selfClosing().seen()
        && !degassing.needed();
  }

  /** Whether the lock has seen that the breaker or the output failed: a person must mend it. */
  private boolean wantsRepair() {
    return settled.seen().has(Cause.FEED_ABNORMAL) || settled.seen().has(Cause.OUTPUT_FAULT);
  }

  private boolean stable() {
    return !settled.seen().has(Cause.OVER_RANGE) || quietNanos >= zone.stableNanos();
  }

  private Optional<Methane> portableBelow() {
    return ZoneState.portableBelow(shared.plan(), zone, settled.seen());
  }

  /** Why a reset can't be taken now; empty where it can. */
  Optional<Answer> refusal(Request.Reset reset) {
    Causes standing = reset.repaired() ? active.without(FEED_ABNORMAL) : active;
    if (!standing.none()) {
      return Optional.of(
          standing.equals(FEED_ABNORMAL) ? Answer.REFUSED_REPAIR : Answer.REFUSED_CAUSE_ACTIVE);
    }
    if (settled instanceof Lock.Open) {
      return Optional.of(Answer.REFUSED_OPEN);
    }
    if (opensByItself()) {
      return Optional.of(Answer.REFUSED_OPENS_BY_ITSELF);
    }
    if (wantsRepair() && !reset.repaired()) {
      return Optional.of(Answer.REFUSED_REPAIR);
    }
    if (watch.feedLive() || wantsRepair() && !watch.feedDead()) {
      return Optional.of(Answer.REFUSED_FEED);
    }
    if (!degassing.over(gas().limit())) {
      return Optional.of(Answer.REFUSED_GAS);
    }
    if (!stable()) {
      return Optional.of(Answer.REFUSED_NOT_STABLE);
    }
    boolean shown =
        portableBelow()
            .map(limit -> reset.portable().filter(read -> read.below(limit)).isPresent())
            .orElse(true);
    return shown ? Optional.empty() : Optional.of(Answer.REFUSED_PORTABLE);
  }

  /**
   * A reset that was consented to and is on disk: true when it has opened the lock. One that says
   * "repaired" first ends FEED_ABNORMAL and opens the lock two steps later.
   */
  boolean reset(Request.Reset reset) {
    resetBy = OptionalLong.of(reset.id());
    repaired = reset.repaired();
    return released();
  }

  /** Closes the step: the lock opens where its release rule is met. */
  void finish() {
    lock = before.lock().next(active, first(), released());
    boolean was = before.lock() instanceof Lock.Open;
    opened = !was && lock instanceof Lock.Open;
    if (was && lock instanceof Lock.Tripped tripped) {
      shared.events().add(new Event.Withheld(index, tripped.first()));
    } else if (opened) {
      shared.events().add(new Event.Granted(index, resetBy.orElse(Event.Granted.BY_ITSELF)));
    }
  }

  /** The release rule: quiet long enough where it opens by itself, else a reset in effect. */
  private boolean released() {
    if (!active.none() || watch.feedLive() || !(before.lock() instanceof Lock.Latched)) {
      return false;
    }
    return opensByItself() ? quietNanos >= zone.stableNanos() : resetBy.isPresent();
  }

  private Lock.FirstOut first() {
    if (active.none()) {
      return NONE_YET;
    }
    Cause cause = active.list().getFirst();
    return new Lock.FirstOut(cause, watch.bringer(cause));
  }

  private void tellCauses() {
    if (active.equals(before.active())) {
      return;
    }
    for (Cause came : active.without(before.active()).list()) {
      shared.events().add(new Event.CauseCame(index, came, watch.bringer(came)));
    }
    for (Cause went : before.active().without(active).list()) {
      shared.events().add(new Event.CauseWent(index, went));
    }
  }

  /**
   * @param slot as this step leaves it
   */
  ZoneView view(Consent slot) {
    boolean open = lock instanceof Lock.Open;
    return new ZoneView(
        open ? Permit.GRANTED : Permit.WITHHELD,
        lock,
        active,
        watch.judged(),
        watch.proof().due(),
        slot.waitsForKey(index),
        open ? List.of() : wanting(slot));
  }

  private List<Wanting> wanting(Consent slot) {
    boolean asked = slot.waitsForKey(index) || slot.isRecorded(index);
    List<Wanting> wanting = new ArrayList<>();
    addIf(!watch.fromField().none(), Wanting.CAUSES_GONE, wanting);
    addIf(active.has(Cause.SCAN_OVERRUN), Wanting.SCAN_IN_TIME, wanting);
    addIf(!watch.started() && !watch.fansRead(), Wanting.FAN_READ, wanting);
    addIf(active.has(Cause.CONFIG), Wanting.CONFIGURATION, wanting);
    addIf(!watch.outputOff(), Wanting.OUTPUT_OFF, wanting);
    addIf(!shared.moment().guardArmed(), Wanting.GUARD_ARMED, wanting);
    addIf(!shared.moment().holdOver(), Wanting.START_HOLD, wanting);
    addIf(wantsFeedDead(), Wanting.FEED_DEAD, wanting);
    addIf(active.has(Cause.DOWNSTREAM), Wanting.DOWNSTREAM_RELEASED, wanting);
    addIf(wantsRepair() && !asked, Wanting.REPAIR, wanting);
    addIf(!degassing.over(gas().limit()), Wanting.DEGASSED, wanting);
    if (opensByItself()) {
      wanting.add(Wanting.STABLE_TIME);
      return wanting;
    }
    addIf(!stable(), Wanting.STABLE_TIME, wanting);
    if (slot.isRecorded(index)) {
      wanting.add(Wanting.RECORD);
    } else if (slot.waitsForKey(index)) {
      wanting.add(Wanting.CONSENT_KEY);
    } else {
      addIf(portableBelow().isPresent(), Wanting.PORTABLE, wanting);
      wanting.add(Wanting.RESET);
    }
    return wanting;
  }

  private boolean wantsFeedDead() {
    boolean mustBeDead = !watch.started() || wantsRepair() || watch.proof().active();
    return watch.feedLive() || mustBeDead && !watch.feedDead();
  }

  private static void addIf(boolean missing, Wanting what, List<Wanting> wanting) {
    if (missing) {
      wanting.add(what);
    }
  }
}
