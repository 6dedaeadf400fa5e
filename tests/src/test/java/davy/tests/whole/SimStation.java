package davy.tests.whole;

import davy.bridge.guard.Guard;
import davy.bridge.guard.GuardImage;
import davy.bridge.guard.ScanReport;
import davy.bridge.modbus.BusPoller;
import davy.bridge.modbus.LineImage;
import davy.bridge.sim.SimBus;
import davy.bridge.sim.SimDevice;
import davy.bridge.sim.SimGuard;
import davy.bridge.sim.SimSlave;
import davy.controller.alarm.AlarmEvent;
import davy.controller.alarm.AlarmRequest;
import davy.controller.config.Site;
import davy.controller.interlock.Event;
import davy.controller.interlock.Request;
import davy.controller.interlock.Saved;
import davy.controller.journal.Entry;
import davy.controller.scan.Field;
import davy.controller.scan.FieldBus;
import davy.controller.scan.GuardEnd;
import davy.controller.scan.Scan;
import davy.controller.scan.Snapshot;
import davy.controller.scan.Surroundings;
import davy.hal.signal.Permit;
import davy.hal.signal.Tick;
import davy.hal.sim.Breaker;
import davy.hal.sim.SimBoard;
import davy.hal.sim.SimClock;
import davy.tests.sim.SimFace;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** A substation and its face. The world moves at least every millisecond. */
final class SimStation {

  static final long MILLI = SimFace.MILLI;
  static final long SECOND = SimFace.SECOND;

  private final SimFace face;
  final SimClock clock;
  final Site site;
  final Map<String, SimSlave> slaves;
  final Map<String, SimDevice> devices;
  final List<SimBus> buses;
  final List<Breaker> breakers;
  final List<BusPoller> pollers = new ArrayList<>();
  final List<Entry> entries = new ArrayList<>();
  final List<Request> requests = new ArrayList<>();
  final List<AlarmRequest> alarmRequests = new ArrayList<>();
  final List<AlarmEvent.Answered> alarmAnswers = new ArrayList<>();
  final List<Frame> heard = new ArrayList<>();
  boolean scanning = true;

  /** Whether the station says that it is there. */
  boolean stationAlive = true;

  /** Whether the journal's disk takes anything. */
  boolean disk = true;

  /** What must survive a power cycle, as the scan handed it over last. */
  Optional<Saved> latches = Optional.empty();

  /** The alarms of the same. */
  List<davy.controller.alarm.Saved> alarms = List.of();

  final SimBoard board = new SimBoard().chip("pinctrl-bcm2711", 54).chip("expander", 64);
  final Optional<SimGuard> guard;
  private final Optional<Guard> link;
  private final Scan scan;
  private Snapshot snapshot;

  /**
   * A whole frame of ours on the wire.
   *
   * @param lastByte when its last byte had arrived
   */
  record Frame(String line, byte[] bytes, Tick lastByte) {}

  SimStation(Site site) throws IOException {
    this(site, Saved.nothing(site.plan()));
  }

  /**
   * @param saved what is known of an earlier run
   */
  SimStation(Site site, Saved saved) throws IOException {
    this(site, saved, List.of());
  }

  /** The same with the alarms of the earlier run. */
  SimStation(Site site, Saved saved, List<davy.controller.alarm.Saved> alarms) throws IOException {
    this.alarms = alarms;
    this.face =
        new SimFace(site, (line, frame, at) -> heard.add(new Frame(line, frame.clone(), at)));
    this.clock = face.clock;
    this.site = site;
    this.slaves = face.slaves;
    this.devices = face.devices;
    this.buses = face.buses;
    this.breakers = face.breakers;
    List<FieldBus> fieldBuses = new ArrayList<>();
    for (int line = 0; line < site.lines().size(); line++) {
      BusPoller poller =
          new BusPoller(site.lines().get(line).plan(), buses.get(line), this::wakeScan);
      pollers.add(poller);
      fieldBuses.add(new PolledBus(poller));
    }
    guard = face.guard;
    link = guard.map(far -> new Guard(far, this::wakeScan));
    scan =
        new Scan(
            site,
            clock,
            new Field(site, fieldBuses, board, guardEnd()),
            new Around(),
            saved,
            alarms,
            clock.now());
  }

  private GuardEnd guardEnd() {
    return link.<GuardEnd>map(LinkedGuard::new).orElse(GuardEnd.NONE);
  }

  private void wakeScan() {
    scan.wake();
  }

  Snapshot snapshot() {
    return snapshot;
  }

  Permit permit(int zone) {
    return snapshot.decision().zones().get(zone).permit();
  }

  /** Sets what a head shows. */
  void measure(String device, int hundredths) {
    face.measure(device, hundredths);
  }

  void run(long nanos) {
    runUntil(() -> false, nanos);
  }

  /** Runs until the condition holds; false when the time is over first. */
  boolean runUntil(BooleanSupplier condition, long nanos) {
    Tick end = clock.now().plusNanos(nanos);
    while (clock.now().isBefore(end)) {
      if (condition.getAsBoolean()) {
        return true;
      }
      pass(end);
    }
    return condition.getAsBoolean();
  }

  private void pass(Tick end) {
    Tick now = clock.now();
    face.move(now);
    Tick next = now.plusNanos(MILLI).earliest(end);
    for (BusPoller poller : pollers) {
      next = next.earliest(poller.work(now));
    }
    next = face.nextDue().map(next::earliest).orElse(next);
    if (link.isPresent()) {
      next = next.earliest(link.get().work(now)).earliest(guard.orElseThrow().nextDue());
    }
    if (scanning) {
      next = next.earliest(scan.work(now));
    }
    face.moveTo(next.latest(now.plusNanos(1_000)));
  }

  void key(boolean pressed) {
    face.key(pressed);
  }

  boolean live(int zone) {
    return face.live(zone);
  }

  /** Ends the scan in order: what it had not handed over to the journal, it does now. */
  void close() {
    scan.close();
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

  /** A journal that is on disk at once, and the requests of a test. */
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
      if (!disk) {
        return -1;
      }
      entries.add(entry);
      return entries.size();
    }

    @Override
    public long recorded() {
      return entries.size();
    }

    @Override
    public void save(Saved saved) {
      latches = Optional.of(saved);
    }

    @Override
    public List<AlarmRequest> alarmRequests() {
      List<AlarmRequest> taken = List.copyOf(alarmRequests);
      alarmRequests.clear();
      return taken;
    }

    @Override
    public void alarmAnswered(AlarmEvent.Answered answered) {
      alarmAnswers.add(answered);
    }

    @Override
    public void saveAlarms(List<davy.controller.alarm.Saved> saved) {
      alarms = saved;
    }

    @Override
    public boolean journalWorks() {
      return disk;
    }

    @Override
    public void shown(Snapshot shown) {
      snapshot = shown;
    }
  }
}
