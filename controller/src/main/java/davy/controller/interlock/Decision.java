package davy.controller.interlock;

import davy.hal.signal.Feed;
import davy.hal.signal.Permit;
import java.util.List;
import java.util.Optional;

/**
 * The outcome of one step.
 *
 * @param zones in plan order
 * @param points in plan order
 * @param fans in plan order
 * @param bypasses the register: every exemption that stands now
 * @param keyWait the one request of the station that waits for the consent key
 * @param answersGuard false while an output does not obey: the guard must drop (S10)
 */
public record Decision(
    State next,
    List<ZoneView> zones,
    List<PointView> points,
    List<FanView> fans,
    List<Bypass> bypasses,
    Optional<KeyWait> keyWait,
    boolean answersGuard,
    List<Event> events) {

  public Decision {
    zones = List.copyOf(zones);
    points = List.copyOf(points);
    fans = List.copyOf(fans);
    bypasses = List.copyOf(bypasses);
    events = List.copyOf(events);
  }

  /**
   * A request that waits for the consent key.
   *
   * @param remainingNanos until it expires
   */
  public record KeyWait(long request, long remainingNanos) {}

  /**
   * One zone as people and outputs see it.
   *
   * @param active causes now
   * @param feed as it is judged: UNKNOWN where it can't be told, or none is fitted (S15)
   * @param proofDue a proof test is the first act once the feed is live
   * @param waitsForKey a reset of this zone waits for the consent key
   * @param wanting what is still missing before power may return, in the order a person can mend it
   */
  public record ZoneView(
      Permit permit,
      Lock lock,
      Causes active,
      Feed feed,
      boolean proofDue,
      boolean waitsForKey,
      List<Wanting> wanting) {
    public ZoneView {
      wanting = List.copyOf(wanting);
    }
  }

  /**
   * One fan as people and its two energise-to-act outputs see it.
   *
   * @param running at least one machine runs
   * @param stop energise the STOP output
   * @param startLock energise the START-LOCK output
   * @param causes it brings to its zones
   */
  public record FanView(boolean running, boolean stop, boolean startLock, Causes causes) {}

  /** What stands between a lock and its opening, in the order a person can mend it. */
  public enum Wanting {
    /** What the heads and fans bring must go. */
    CAUSES_GONE,
    /** The scan must keep its period. */
    SCAN_IN_TIME,
    /** Every machine of the fan and the duct's flow must be read. */
    FAN_READ,
    /** Two named persons must accept the configuration. */
    CONFIGURATION,
    /** The cut-off output must be read back off. */
    OUTPUT_OFF,
    /** The guard must be armed. */
    GUARD_ARMED,
    /** The hold after power-on, or after the guard armed, must run in full. */
    START_HOLD,
    /** The feed must be read dead. */
    FEED_DEAD,
    /** A zone that this one feeds comes before it. */
    DOWNSTREAM_RELEASED,
    /** A named person must say that the breaker was repaired. */
    REPAIR,
    /** Gas must stay below the degassing level for its time. */
    DEGASSED,
    /** Every cause must stay away for the stable time. */
    STABLE_TIME,
    /** A portable instrument's reading below the restore level. */
    PORTABLE,
    /** A named person must ask for a reset. */
    RESET,
    CONSENT_KEY,
    /** The record of the reset must be on disk. */
    RECORD
  }

  /**
   * @param alarm its value is at or above its alarm level, or it trips
   * @param trusted its readings count
   * @param causes it brings
   */
  public record PointView(boolean alarm, boolean trusted, Causes causes) {
    private static final PointView QUIET = new PointView(false, true, Causes.NONE);

    /** The usual one is made once. */
    static PointView of(boolean alarm, boolean trusted, Causes causes) {
      return !alarm && trusted && causes.none() ? QUIET : new PointView(alarm, trusted, causes);
    }
  }
}
