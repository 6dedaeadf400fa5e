package davy.controller.scan;

import davy.controller.alarm.AlarmEvent;
import davy.controller.alarm.AlarmRequest;
import davy.controller.interlock.Event;
import davy.controller.interlock.Request;
import davy.controller.interlock.Saved;
import davy.controller.journal.Entry;
import davy.hal.signal.Tick;
import java.util.List;

/**
 * What the scan knows of the rest of the process. None of these may block: they hand over by
 * reference or by a bounded queue.
 */
public interface Surroundings {

  /** Requests that arrived since the last call; their persons and nonces were checked. */
  List<Request> requests();

  /** Whether the station was heard of lately (S4). */
  boolean stationAlive(Tick now);

  /** Tells what became of a request. */
  void answered(Event.Answered answered);

  /** Hands an entry to the journal: its ticket, or −1 when the queue is full. */
  long record(Entry entry);

  /** The highest ticket whose record is on disk. */
  long recorded();

  /** Hands over what must survive a restart; called when it changes (S5). */
  void save(Saved saved);

  /** Shows what this scan saw and did. */
  void shown(Snapshot snapshot);

  /** Requests about alarms since the last call; their persons and nonces were checked. */
  List<AlarmRequest> alarmRequests();

  /** Tells what became of a request about an alarm. */
  void alarmAnswered(AlarmEvent.Answered answered);

  /** Hands over the alarms that must survive a restart; called when one changes. */
  void saveAlarms(List<davy.controller.alarm.Saved> saved);

  /** Whether journal and saved latches are on disk as they should be: an alarm, never a cause. */
  boolean journalWorks();
}
