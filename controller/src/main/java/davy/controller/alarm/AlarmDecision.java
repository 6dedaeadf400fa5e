package davy.controller.alarm;

import java.util.List;

/**
 * The outcome of one step. Alarms, zones, points, mute and orphans are shown as the state holds
 * them; lamp and sounder are levels, to be driven in every scan.
 */
public record AlarmDecision(AlarmState next, List<AlarmEvent> events) {

  public AlarmDecision {
    events = List.copyOf(events);
  }

  public Lamp lamp() {
    return next.lamp();
  }

  public boolean sounder() {
    return next.sounder();
  }

  public List<AlarmStatus> alarms() {
    return next.alarms();
  }

  public List<ZoneStatus> zones() {
    return next.zones();
  }

  public List<PointStatus> points() {
    return next.points();
  }
}
