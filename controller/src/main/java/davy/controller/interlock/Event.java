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

  record Answered(long request, int zone, Answer answer, Causes causes) implements Event {}

  /** The key was turned for a reset; it takes effect when this event is on disk. */
  record Consented(long request, int zone, String person) implements Event {}

  /** The key is held too long, or was already pressed at start: it releases nothing. */
  record KeyStuck() implements Event {}

  /** What became of a request. */
  enum Answer {
    TRIPPED(true, "power withheld"),
    WAITING_FOR_KEY(true, "turn the consent key within the time shown"),
    REFUSED_NO_KEY(false, "this site has no consent key: nothing can be released by request"),
    REFUSED_OPEN(false, "the zone is not locked"),
    REFUSED_CAUSE_ACTIVE(false, "a cause is still active"),
    REFUSED_NOT_STABLE(false, "after over-range the head must stay good and low for a time"),
    REFUSED_PORTABLE(false, "type in a portable instrument's reading below the restore level"),
    REFUSED_BUSY(false, "another reset of this zone is waiting"),
    REFUSED_OPENS_BY_ITSELF(false, "the zone opens by itself after its stable time"),
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
