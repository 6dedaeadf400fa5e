package davy.controller.interlock;

import davy.hal.signal.Permit;
import java.util.List;

/**
 * The outcome of one step.
 *
 * @param zones in plan order
 * @param points in plan order
 */
public record Decision(
    State next, List<ZoneView> zones, List<PointView> points, List<Event> events) {

  public Decision {
    zones = List.copyOf(zones);
    points = List.copyOf(points);
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
