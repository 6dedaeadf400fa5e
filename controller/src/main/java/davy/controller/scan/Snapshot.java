package davy.controller.scan;

import davy.bridge.guard.GuardImage;
import davy.bridge.modbus.LineImage;
import davy.controller.alarm.AlarmDecision;
import davy.controller.interlock.Decision;
import davy.controller.interlock.Event;
import davy.controller.interlock.Inputs;
import davy.controller.interlock.Lock;
import davy.hal.measure.Spread;
import davy.hal.signal.Reading;
import davy.hal.signal.Tick;
import java.util.List;
import java.util.Optional;

/**
 * What one scan saw and did, immutable, shared by reference with whoever tells it to people.
 *
 * @param scans passes since start, this one included
 * @param points latest reading of every point of the site, in site order
 * @param lines in site order
 * @param guard empty where none is fitted
 * @param trips the latest trips, newest first, at most {@link #TRIPS}
 * @param answers what became of the latest requests, newest first, at most {@link #ANSWERS}
 */
public record Snapshot(
    long scans,
    Tick at,
    Inputs inputs,
    Decision decision,
    List<Reading> points,
    List<LineImage> lines,
    Optional<GuardImage> guard,
    AlarmDecision alarms,
    ScanTimes times,
    List<Trip> trips,
    List<Event.Answered> answers) {

  public static final int TRIPS = 20;
  public static final int ANSWERS = 20;

  public Snapshot {
    points = List.copyOf(points);
    lines = List.copyOf(lines);
    trips = List.copyOf(trips);
    answers = List.copyOf(answers);
  }

  /**
   * @param overruns scans that began more than one period late
   * @param lastNanos duration of the latest scan
   * @param maxNanos the longest since start
   * @param spread of all durations
   */
  public record ScanTimes(
      int periodMillis, long overruns, long lastNanos, long maxNanos, Spread spread) {}

  /**
   * One trip of one zone, with its measured times.
   *
   * @param reading arrival of the reading that brought the first cause; empty where none did
   * @param commanded when the output image was handed to the line or the GPIO call was done
   * @param written last byte of the coil frame
   * @param feedDead when the feed was first read dead
   */
  public record Trip(
      int zone,
      Lock.FirstOut first,
      Optional<Tick> reading,
      Tick commanded,
      Optional<Tick> written,
      Optional<Tick> feedDead) {}
}
