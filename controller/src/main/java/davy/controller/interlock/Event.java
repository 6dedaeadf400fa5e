package davy.controller.interlock;

import davy.hal.signal.SensorFault;
import java.util.Optional;

/** What changed in a step, for the journal and the people. Never read back by the interlock. */
public sealed interface Event {

  /**
   * A cause became active in a zone.
   *
   * @param point index of the point that brings it, −1 where none does
   */
  record CauseCame(int zone, Cause cause, int point) implements Event {}

  record CauseWent(int zone, Cause cause) implements Event {}

  /** Power was granted and is now withheld. */
  record Withheld(int zone, Lock.FirstOut first) implements Event {}

  /**
   * The lock opened: power is granted.
   *
   * @param request id of the reset that did it, {@link #BY_ITSELF} or {@link #BY_KEY}
   */
  record Granted(int zone, long request) implements Event {
    public static final long BY_ITSELF = -1;
    public static final long BY_KEY = 0;
  }

  /**
   * A point is no longer trusted.
   *
   * @param fault what the head said; empty for silence
   */
  record PointLost(int point, Cause cause, Optional<SensorFault> fault) implements Event {}

  record PointTrusted(int point) implements Event {}

  /**
   * A proof test came to its end.
   *
   * @param request id of the request that asked for it, {@link Granted#BY_ITSELF} for the first act
   *     after a repair or a change
   * @param nanos from withholding to a dead feed; to giving up where it failed
   */
  record ProofTested(int zone, boolean passed, long nanos, long request) implements Event {}

  /** Granted, was live, and is dead now with nothing withheld upstream: an alarm only (S2). */
  record FeedLost(int zone) implements Event {}

  /** Withheld, and the feed can't be told beyond the drop-out time: an alarm only (S15). */
  record FeedUnknown(int zone) implements Event {}

  /** The breaker closed itself after a release: the zone is manual from now on (S23). */
  record ClosedItself(int zone) implements Event {}

  /** The fan is commanded to stop (item c'). */
  record FanStopBegan(int fan, int point) implements Event {}

  record FanStopEnded(int fan) implements Event {}

  /** The fan can't be started until gas is low or a person unlocks it (item e). */
  record StartLocked(int fan, int point) implements Event {}

  /**
   * @param request id of the request that did it, {@link Granted#BY_ITSELF} or {@link
   *     Granted#BY_KEY}
   */
  record StartUnlocked(int fan, long request) implements Event {}

  /**
   * @param request id of the request that did it, {@link Granted#BY_ITSELF} where an inhibited
   *     calibration goes on without its inhibit, {@link Granted#BY_KEY}
   */
  record BypassBegan(long request, Bypass bypass) implements Event {}

  record BypassEnded(Bypass bypass, BypassEnd why) implements Event {}

  enum BypassEnd {
    TIME_OVER,
    BY_PERSON,
    /** The covering head failed, went stale or reached its alarm level (S16). */
    COVER_LOST,
    GUARD_LOST
  }

  /** The shown difference was accepted; from now on this digest is the known one (S18). */
  record ConfigurationAccepted(long request, String first, String second) implements Event {}

  /**
   * @param zone −1 where the request is about none
   */
  record Answered(long request, int zone, Answer answer, Causes causes) implements Event {}

  /**
   * The key was turned for a request; it takes effect when this event is on disk.
   *
   * @param zone −1 where the request is about none
   */
  record Consented(long request, int zone, String person) implements Event {}

  /** The key is held too long, or was already pressed at start: it releases nothing. */
  record KeyStuck() implements Event {}

  /** What became of a request. */
  enum Answer {
    TRIPPED(true, "power withheld"),
    TESTING(true, "the zone is tripped for a proof test"),
    ENDED(true, "ended"),
    WAITING_FOR_KEY(true, "turn the consent key within the time shown"),
    REFUSED_NO_KEY(false, "this site has no consent key: nothing can be released by request"),
    REFUSED_OPEN(false, "the zone is not locked"),
    REFUSED_CAUSE_ACTIVE(false, "a cause is still active"),
    REFUSED_NOT_STABLE(false, "after over-range the head must stay good and low for a time"),
    REFUSED_PORTABLE(false, "type in a portable instrument's reading below the restore level"),
    REFUSED_BUSY(false, "another request is waiting for the consent key or its record"),
    REFUSED_OPENS_BY_ITSELF(false, "the zone opens by itself after its stable time"),
    REFUSED_REPAIR(false, "say that the breaker was repaired: a proof test follows"),
    REFUSED_FEED(
        false, "the feed must be read as this asks for: live for a test, dead for a reset"),
    REFUSED_GAS(false, "gas must stay below the degassing level for its time"),
    REFUSED_NOT_ALLOWED(false, "the profile does not allow it"),
    REFUSED_TOO_LONG(false, "no time, or longer than the profile allows"),
    REFUSED_TOO_MANY(false, "too many exemptions at once"),
    REFUSED_SAME_ZONE(false, "another head of the same zone or fan is exempted"),
    REFUSED_PAUSE(false, "inhibits of one head need a pause between them"),
    REFUSED_COVER(false, "no healthy head of the same place covers this one"),
    REFUSED_PERSONS(false, "two different named persons must ask"),
    REFUSED_NOTHING(false, "there is nothing to end or unlock"),
    EXPIRED(false, "the consent key was not turned in time");

    private final boolean accepted;
    private final String text;

    Answer(boolean accepted, String text) {
      this.accepted = accepted;
      this.text = text;
    }

    public boolean accepted() {
      return accepted;
    }

    public String text() {
      return text;
    }
  }
}
