package davy.tests.storm;

import davy.bridge.guard.Guard;
import davy.bridge.guard.GuardImage;
import davy.bridge.guard.ScanReport;
import davy.bridge.modbus.BusPoller;
import davy.bridge.modbus.LineImage;
import davy.controller.Wiring;
import davy.controller.alarm.AlarmEvent;
import davy.controller.alarm.AlarmRequest;
import davy.controller.config.Site;
import davy.controller.interlock.Event;
import davy.controller.interlock.Request;
import davy.controller.interlock.Saved;
import davy.controller.journal.Entry;
import davy.controller.journal.Journal;
import davy.controller.journal.LatchFile;
import davy.controller.journal.WallClock;
import davy.controller.scan.Field;
import davy.controller.scan.FieldBus;
import davy.controller.scan.GuardEnd;
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
  private static final String BOOT = "storm";

  private final SimFace face;
  private final List<BusPoller> pollers = new ArrayList<>();
  private final Journal journal;
  private final LatchFile latches;
  private final Optional<Guard> guard;
  private final Scan scan;
  private final List<Request> requests = new ArrayList<>();

  /** A scan that does not return: the rest of the process lives. */
  private Tick hangsUntil = new Tick(0);

  private boolean stationAlive = true;
  private Tick latchesDue = new Tick(0);
  private List<davy.controller.alarm.Saved> alarms;
  private Optional<Snapshot> snapshot = Optional.empty();

  /**
   * @param disk of the journal
   * @param latchDisk of the latches
   * @param alarms as the run before left them
   * @throws IOException where a disk refuses: the program does not start
   */
  Program(
      SimFace face,
      SimDisk disk,
      SimDisk latchDisk,
      WallClock wall,
      List<davy.controller.alarm.Saved> alarms)
      throws IOException {
    this.face = face;
    this.alarms = alarms;
    this.journal = Journal.open(disk, SEGMENT_BYTES, QUEUE, face.clock, wall);
    this.latches =
        LatchFile.open(
            latchDisk, Wiring.names(face.site), journal.continued(), BOOT, face.clock.now());
    this.guard = face.guard.map(port -> new Guard(port, this::wakeScan));
    List<FieldBus> fieldBuses = new ArrayList<>();
    for (int line = 0; line < face.site.lines().size(); line++) {
      Site.Line described = face.site.lines().get(line);
      BusPoller poller = new BusPoller(described.plan(), face.buses.get(line), this::wakeScan);
      pollers.add(poller);
      fieldBuses.add(new PolledBus(poller));
    }
    GuardEnd end = guard.<GuardEnd>map(LinkedGuard::new).orElse(GuardEnd.NONE);
    this.scan =
        new Scan(
            face.site,
            face.clock,
            new Field(face.site, fieldBuses, new SimBoard(), end),
            new Around(),
            latches.atStart(),
            alarms,
            face.clock.now());
  }

  private void wakeScan() {
    scan.wake();
  }

  /** Lets every agent do what is due; returns when something is due next. */
  Tick work(Tick now) {
    if (latchesDue.isBefore(now)) {
      latchesDue = latches.work(now);
    }
    Tick next = journal.work(now).earliest(latchesDue.plusNanos(1));
    if (guard.isPresent()) {
      next = next.earliest(guard.get().work(now));
    }
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
    guard.ifPresent(Guard::close);
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

  private record LinkedGuard(Guard guard) implements GuardEnd {
    @Override
    public Optional<GuardImage> image() {
      return Optional.of(guard.image());
    }

    @Override
    public void report(ScanReport report) {
      guard.report(report);
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
      latches.save(latest);
      latchesDue = new Tick(0);
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
      return journal.status().trouble().isEmpty() && latches.status().trouble().isEmpty();
    }

    @Override
    public void shown(Snapshot shown) {
      snapshot = Optional.of(shown);
    }
  }
}
