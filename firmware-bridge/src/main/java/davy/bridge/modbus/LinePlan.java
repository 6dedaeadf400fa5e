package davy.bridge.modbus;

import davy.hal.SerialSettings;
import java.util.List;

/**
 * One RS-485 line and all that hangs on it.
 *
 * @param name as the site file calls it
 * @param scanMillis period of the scan: a pulse is refreshed only from a scan younger than two
 *     (S11)
 */
public record LinePlan(
    String name, SerialSettings settings, int scanMillis, List<SlavePlan> slaves) {

  public LinePlan {
    slaves = List.copyOf(slaves);
  }

  /**
   * @param address 1 to 247
   * @param interlock true where a zone depends on it: polled in every round the map's minPoll
   *     allows; others every pollMillis, in the gaps
   * @param lelHundredths 0.01 %CH4 at 100 %LEL as the site declares it; 0 where not declared
   * @param coils the coils in use, where the device is a relay board
   */
  public record SlavePlan(
      String name,
      int address,
      DeviceMap map,
      boolean interlock,
      int pollMillis,
      int lelHundredths,
      List<CoilPlan> coils) {

    public SlavePlan {
      coils = List.copyOf(coils);
    }
  }

  /**
   * @param coil from 0
   * @param pulseMillis length of the self-dropping pulse, in the board's steps; 0 is a plain level
   * @param keeps a plain level that stays as the last scan wanted it when the scans stop: an output
   *     of a local fan, never of a zone (S7)
   */
  public record CoilPlan(int coil, int pulseMillis, boolean keeps) {

    public CoilPlan {
      if (keeps && pulseMillis > 0) {
        throw new IllegalArgumentException("a pulse that drops by itself keeps nothing");
      }
    }

    /** A coil of a zone. */
    public CoilPlan(int coil, int pulseMillis) {
      this(coil, pulseMillis, false);
    }
  }
}
