package davy.tests.storm;

import davy.bridge.modbus.BusPoller;
import davy.bridge.modbus.LineImage;
import davy.controller.alarm.AlarmEvent;
import davy.controller.alarm.AlarmRequest;
import davy.controller.config.Site;
import davy.controller.interlock.Event;
import davy.controller.interlock.Request;
import davy.controller.interlock.Saved;
import davy.controller.journal.Entry;
import davy.controller.journal.Journal;
import davy.controller.journal.WallClock;
import davy.controller.scan.Field;
import davy.controller.scan.FieldBus;
import davy.controller.scan.Scan;
import davy.controller.scan.Snapshot;
import davy.controller.scan.Surroundings;
import davy.hal.signal.Permit;
import davy.hal.signal.Tick;
import davy.hal.sim.SimBoard;
import davy.tests.sim.SimDisk;
import davy.tests.sim.SimFace;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One run of the interlock program, from its start to its end, its agents stepped by hand. */
final class Program {

  private static final long SEGMENT_BYTES = 256 * 1024;
  private static final int QUEUE = 1024;

  private final SimFace face;
  private final List<BusPoller> pollers = new ArrayList<>();
  private final Journal journal;
  private final Scan scan;
  private final List<Request> requests = new ArrayList<>();

  /** A scan that does not return: the rest of the process lives. */
  private Tick hangsUntil = new Tick(0);

  private boolean stationAlive = true;
  private Saved saved;
  private List<davy.controller.alarm.Saved> alarms;
  private Optional<Snapshot> snapshot = Optional.empty();

  /**
   * @param saved what the run before left behind
   * @param alarms the same of its alarms
   * @throws IOException where the journal can't be opened: the program does not start
   */
  Program(
      SimFace face,
      SimDisk disk,
      WallClock wall,
      Saved saved,
      List<davy.controller.alarm.Saved> alarms)
      throws IOException {
    this.face = face;
    this.saved = saved;
    this.alarms = alarms;
    this.journal = Journal.open(disk, SEGMENT_BYTES, QUEUE, face.clock, wall);
    List<FieldBus> fieldBuses = new ArrayList<>();
    for (int line = 0; line < face.site.lines().size(); line++) {
      Site.Line described = face.site.lines().get(line);
      BusPoller poller = new BusPoller(described.plan(), face.buses.get(line), this::wakeScan);
      pollers.add(poller);
      fieldBuses.add(new PolledBus(poller));
    }
    Field field = new Field(face.site, fieldBuses, new SimBoard());
    this.scan =
        new Scan(face.site, face.clock, field, new Around(), saved, alarms, face.clock.now());
  }

  private void wakeScan() {
    scan.wake();
  }

  /** Lets every agent do what is due; returns when something is due next. */
  Tick work(Tick now) {
    Tick next = journal.work(now);
    for (BusPoller poller : pollers) {
      next = next.earliest(poller.work(now));
    }
    return next.earliest(now.isBefore(hangsUntil) ? hangsUntil : scan.work(now));
  }

  void ask(Request request) {
    requests.add(request);
  }

  void stationAlive(boolean alive) {
    stationAlive = alive;
  }

  void hang(Tick until) {
    hangsUntil = until;
  }

  /** As the kernel ends it: nothing is written, the ports are free. */
  void kill() {
    pollers.forEach(BusPoller::close);
  }

  Saved saved() {
    return saved;
  }

  List<davy.controller.alarm.Saved> alarms() {
    return alarms;
  }

  Optional<Snapshot> snapshot() {
    return snapshot;
  }

  /** One line of the site, as the scan sees it. */
  private record PolledBus(BusPoller poller) implements FieldBus {
    @Override
    public LineImage image() {
      return poller.image();
    }

    @Override
    public void drive(List<Permit> coils, Tick at) {
      poller.drive(coils, at);
    }
  }

  private final class Around implements Surroundings {
    @Override
    public List<Request> requests() {
      List<Request> taken = List.copyOf(requests);
      requests.clear();
      return taken;
    }

    @Override
    public boolean stationAlive(Tick now) {
      return stationAlive;
    }

    @Override
    public void answered(Event.Answered answered) {}

    @Override
    public long record(Entry entry) {
      return journal.offer(entry);
    }

    @Override
    public long recorded() {
      return journal.durableTicket();
    }

    @Override
    public void save(Saved latest) {
      saved = latest;
    }

    @Override
    public List<AlarmRequest> alarmRequests() {
      return List.of();
    }

    @Override
    public void alarmAnswered(AlarmEvent.Answered answered) {}

    @Override
    public void saveAlarms(List<davy.controller.alarm.Saved> latest) {
      alarms = latest;
    }

    @Override
    public boolean journalWorks() {
      return journal.status().trouble().isEmpty();
    }

    @Override
    public void shown(Snapshot shown) {
      snapshot = Optional.of(shown);
    }
  }
}
