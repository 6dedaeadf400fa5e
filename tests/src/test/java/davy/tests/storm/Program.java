package davy.tests.storm;

import davy.bridge.guard.Guard;
import davy.bridge.guard.GuardImage;
import davy.bridge.guard.ScanReport;
import davy.bridge.modbus.BusPoller;
import davy.bridge.modbus.LineImage;
import davy.bridge.sim.SimBus;
import davy.bridge.sim.SimGuard;
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
import davy.hal.Agent;
import davy.hal.signal.Permit;
import davy.hal.signal.Tick;
import davy.hal.sim.SimBoard;
import davy.tests.sim.SimDisk;
import davy.tests.sim.SimFace;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** One run of the interlock program, from its start to its end, its agents stepped by hand. */
final class Program {

  private static final long SEGMENT_BYTES = 256 * 1024;
  private static final int QUEUE = 1024;
  private static final String BOOT = "storm";

  private final SimFace face;
  private final List<Turn> lines = new ArrayList<>();
  private final Journal journal;
  private final LatchFile latches;
  private final Optional<Turn> guard;
  private final Turn scan;
  private final List<Request> requests = new ArrayList<>();

  /** A scan that does not return: the rest of the process lives. */
  private Tick hangsUntil = new Tick(0);

  private boolean stationAlive = true;
  private Tick latchesDue = new Tick(0);
  private List<davy.controller.alarm.Saved> alarms;
  private Optional<Snapshot> snapshot = Optional.empty();

  /** An agent that works when it is due, was woken, or has news on its wire. */
  private static final class Turn {
    private final Agent agent;
    private final Supplier<Optional<Tick>> news;
    private Tick due = new Tick(0);

    Turn(Agent agent, Supplier<Optional<Tick>> news) {
      this.agent = agent;
      this.news = news;
    }

    void wake() {
      due = new Tick(0);
    }

    Tick work(Tick now) {
      if (!now.isBefore(due) || news.get().map(heard -> !now.isBefore(heard)).orElse(false)) {
        due = agent.work(now);
      }
      return due;
    }
  }

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
    List<FieldBus> fieldBuses = new ArrayList<>();
    for (int line = 0; line < face.site.lines().size(); line++) {
      Site.Line described = face.site.lines().get(line);
      SimBus bus = face.buses.get(line);
      BusPoller poller = new BusPoller(described.plan(), bus, this::wakeScan);
      Turn turn = new Turn(poller, bus::nextDue);
      lines.add(turn);
      fieldBuses.add(new PolledBus(poller, turn));
    }
    Optional<Guard> link = face.guard.map(port -> new Guard(port, this::wakeScan));
    this.guard = link.map(agent -> new Turn(agent, () -> face.guard.map(SimGuard::nextDue)));
    GuardEnd end =
        link.<GuardEnd>map(agent -> new LinkedGuard(agent, guard.orElseThrow()))
            .orElse(GuardEnd.NONE);
    Scan made =
        new Scan(
            face.site,
            face.clock,
            new Field(face.site, fieldBuses, new SimBoard(), end),
            new Around(),
            latches.atStart(),
            alarms,
            face.clock.now());
    this.scan = new Turn(made, Optional::empty);
  }

  private void wakeScan() {
    scan.agent.wake();
    scan.wake();
  }

  /** Lets every agent do what is due; returns when something is due next. */
  Tick work(Tick now) {
    if (latchesDue.isBefore(now)) {
      latchesDue = latches.work(now);
    }
    Tick next = journal.work(now).earliest(latchesDue.plusNanos(1));
    for (Turn line : lines) {
      line.work(now);
    }
    next = next.earliest(now.isBefore(hangsUntil) ? hangsUntil : scan.work(now));
    for (Turn line : lines) {
      next = next.earliest(line.work(now)); // The scan may have driven its coils.
    }
    return guard.isPresent() ? next.earliest(guard.get().work(now)) : next;
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
    lines.forEach(line -> line.agent.close());
    guard.ifPresent(turn -> turn.agent.close());
  }

  List<davy.controller.alarm.Saved> alarms() {
    return alarms;
  }

  Optional<Snapshot> snapshot() {
    return snapshot;
  }

  /** One line of the site, as the scan sees it. */
  private static final class PolledBus implements FieldBus {
    private final BusPoller poller;
    private final Turn turn;
    private List<Permit> driven = List.of();

    PolledBus(BusPoller poller, Turn turn) {
      this.poller = poller;
      this.turn = turn;
    }

    @Override
    public LineImage image() {
      return poller.image();
    }

    @Override
    public void drive(List<Permit> coils, Tick at) {
      poller.drive(coils, at);
      if (!coils.equals(driven)) {
        driven = List.copyOf(coils);
        turn.wake();
      }
    }
  }

  private record LinkedGuard(Guard guard, Turn turn) implements GuardEnd {
    @Override
    public Optional<GuardImage> image() {
      return Optional.of(guard.image());
    }

    @Override
    public void report(ScanReport report) {
      guard.report(report);
      turn.wake();
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
