package davy.controller.alarm;

import davy.hal.signal.Feed;
import davy.hal.signal.Permit;
import java.util.List;

/**
 * Everything one step may look at, made from what the interlock saw and decided in the same scan.
 *
 * @param points in plan order
 * @param zones in plan order
 * @param signals in plan order, true while active
 * @param requests that arrived since the last step; their persons were checked before
 */
public record AlarmInputs(
    List<Sample> points,
    List<ZoneInput> zones,
    List<Boolean> signals,
    List<AlarmRequest> requests) {

  public AlarmInputs {
    points = List.copyOf(points);
    zones = List.copyOf(zones);
    signals = List.copyOf(signals);
    requests = List.copyOf(requests);
  }

  /** A point as the scan sampled it. */
  public sealed interface Sample {

    /**
     * @param amount in the integer unit of the point's quantity
     * @param fresh a new reading since the last step
     * @param trusted its readings count; an untrusted one can raise an alarm and end none
     */
    record Good(int amount, boolean fresh, boolean trusted) implements Sample {}

    /** Above the head's measuring range: over every limit. */
    record OverRange() implements Sample {}

    /** Faulty, drifted, or older than its age limit. */
    record Lost() implements Sample {}

    /** Under an announced calibration: what it reads is test gas and says nothing. */
    record Calibrating() implements Sample {}
  }

  /**
   * @param upstreamWithheld whether a zone upstream of this one is withheld
   */
  public record ZoneInput(Permit permit, Feed feed, boolean upstreamWithheld) {}
}
