package davy.controller.interlock;

import davy.hal.signal.Permit;
import java.util.List;

/**
 * The outcome of one step.
 *
 * @param zones in plan order
 * @param points in plan order
 * @param fans in plan order
 * @param bypasses the register: every exemption that stands now
 * @param answersGuard false while an output does not obey: the guard must drop (S10)
 */
public record Decision(
    State next,
    List<ZoneView> zones,
    List<PointView> points,
    List<FanView> fans,
    List<Bypass> bypasses,
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
   * One zone as people and outputs see it.
   *
   * @param active causes now
   * @param wanting what is still missing before power may return, in the order a person can mend it
   */
  public record ZoneView(
      Permit permit, Lock lock, Causes active, boolean waitsForKey, List<Wanting> wanting) {
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

  /** What stands between a lock and its opening. */
  public enum Wanting {
    /** The causes must go. */
    CAUSES_GONE,
    /** The hold after power-on must run in full. */
    START_HOLD,
    /** The cut-off output must be read back off. */
    OUTPUT_OFF,
    /** The feed must be read dead before the first grant. */
    FEED_DEAD,
    /** The guard must be armed. */
    GUARD_ARMED,
    /** Two named persons must accept the configuration. */
    CONFIGURATION,
    /** The zone that feeds this one comes after it. */
    DOWNSTREAM_RELEASED,
    /** A named person must say that the breaker was repaired. */
    REPAIR,
    /** Gas must stay below the degassing level for its time. */
    DEGASSED,
    /** Every cause must stay away for the stable time. */
    STABLE_TIME,
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
  public record PointView(boolean alarm, boolean trusted, Causes causes) {}
}
