package davy.controller.interlock;

import davy.hal.signal.Feed;
import java.util.List;

/**
 * Everything one step may look at.
 *
 * @param points in plan order
 * @param zones in plan order
 * @param requests that arrived since the last step; their persons and nonces were checked before
 * @param recorded ids of consented requests whose record is on disk (S25)
 * @param stationAlive whether the panel's process was heard of lately: the key alone resets only
 *     while it is not (S4)
 */
public record Inputs(
    List<PointInput> points,
    List<ZoneInput> zones,
    Key key,
    List<Request> requests,
    List<Long> recorded,
    boolean stationAlive) {

  public Inputs {
    points = List.copyOf(points);
    zones = List.copyOf(zones);
    requests = List.copyOf(requests);
    recorded = List.copyOf(recorded);
  }

  public record ZoneInput(OutputState output, Feed feed) {}

  /** The cut-off output as it was read back, not as it was commanded. */
  public enum OutputState {
    UNKNOWN,
    OFF,
    ON
  }

  /** The hard-wired consent key as it is read. */
  public enum Key {
    UNKNOWN,
    RELEASED,
    PRESSED
  }
}
