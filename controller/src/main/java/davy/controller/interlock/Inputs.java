package davy.controller.interlock;

import davy.hal.signal.FanRun;
import davy.hal.signal.Feed;
import davy.hal.signal.GuardState;
import davy.hal.signal.SensorFault;
import java.util.List;

/**
 * Everything one step may look at.
 *
 * @param points in plan order
 * @param zones in plan order
 * @param fans in plan order
 * @param guard LOST where none is fitted: the plan says whether it counts
 * @param key the hard-wired consent key
 * @param requests that arrived since the last step; their persons and nonces were checked before
 * @param recorded ids of consented requests whose record is on disk (S25)
 * @param stationAlive whether the panel's process was heard of lately: the key alone resets only
 *     while it is not (S4)
 * @param scanLate the scan missed its period beyond its limit
 */
public record Inputs(
    List<PointInput> points,
    List<ZoneInput> zones,
    List<FanInput> fans,
    GuardState guard,
    Key key,
    List<Request> requests,
    List<Long> recorded,
    boolean stationAlive,
    boolean scanLate) {

  public Inputs {
    points = List.copyOf(points);
    zones = List.copyOf(zones);
    fans = List.copyOf(fans);
    requests = List.copyOf(requests);
    recorded = List.copyOf(recorded);
  }

  public record ZoneInput(OutputState output, Feed feed) {}

  /**
   * @param machines run contacts in plan order
   * @param flow what the duct's flow says; {@link FlowInput.Stale} where none is fitted
   */
  public record FanInput(List<FanRun> machines, FlowInput flow) {
    public FanInput {
      machines = List.copyOf(machines);
    }
  }

  /** The flow in the duct, with its age already judged. */
  public sealed interface FlowInput {

    /**
     * @param amount 0.01 m/s
     * @param fresh a new reading since the last step
     */
    record Good(int amount, boolean fresh) implements FlowInput {}

    record Faulty(SensorFault fault) implements FlowInput {}

    record Stale() implements FlowInput {}
  }

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
