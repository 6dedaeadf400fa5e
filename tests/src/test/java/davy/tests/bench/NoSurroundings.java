package davy.tests.bench;

import davy.controller.alarm.AlarmEvent;
import davy.controller.alarm.AlarmRequest;
import davy.controller.interlock.Event;
import davy.controller.interlock.Request;
import davy.controller.interlock.Saved;
import davy.controller.journal.Entry;
import davy.controller.scan.Snapshot;
import davy.controller.scan.Surroundings;
import davy.hal.signal.Tick;
import java.util.List;

/** Nobody asks, nobody listens, and a record is on disk at once. */
class NoSurroundings implements Surroundings {

  private long recorded;
  Snapshot latest;

  @Override
  public List<Request> requests() {
    return List.of();
  }

  @Override
  public boolean stationAlive(Tick now) {
    return true;
  }

  @Override
  public void answered(Event.Answered answered) {}

  @Override
  public long record(Entry entry) {
    return ++recorded;
  }

  @Override
  public long recorded() {
    return recorded;
  }

  @Override
  public void save(Saved saved) {}

  @Override
  public void shown(Snapshot snapshot) {
    latest = snapshot;
  }

  @Override
  public List<AlarmRequest> alarmRequests() {
    return List.of();
  }

  @Override
  public void alarmAnswered(AlarmEvent.Answered answered) {}

  @Override
  public void saveAlarms(List<davy.controller.alarm.Saved> saved) {}

  @Override
  public boolean journalWorks() {
    return true;
  }
}
