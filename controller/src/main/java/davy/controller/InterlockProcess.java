package davy.controller;

import davy.bridge.guard.Guard;
import davy.bridge.guard.GuardImage;
import davy.bridge.guard.ScanReport;
import davy.bridge.modbus.BusPoller;
import davy.controller.alarm.AlarmEvent;
import davy.controller.alarm.AlarmRequest;
import davy.controller.config.Folders;
import davy.controller.config.Persons;
import davy.controller.config.Site;
import davy.controller.config.Version;
import davy.controller.event.EventCode;
import davy.controller.interlock.Event;
import davy.controller.interlock.Request;
import davy.controller.interlock.Saved;
import davy.controller.journal.AlarmFile;
import davy.controller.journal.Entry;
import davy.controller.journal.Journal;
import davy.controller.journal.LatchFile;
import davy.controller.link.ConfigurationStatus;
import davy.controller.link.JournalStatus;
import davy.controller.link.LinkServer;
import davy.controller.scan.Field;
import davy.controller.scan.GuardEnd;
import davy.controller.scan.Scan;
import davy.controller.scan.Snapshot;
import davy.controller.scan.Surroundings;
import davy.hal.Agent;
import davy.hal.AgentThread;
import davy.hal.Board;
import davy.hal.Clock;
import davy.hal.signal.Tick;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.tinylog.Logger;

/**
 * The interlock's threads and how they end.
 *
 * <table>
 * <caption>Threads</caption>
 * <tr><td>scan</td><td>samples, decides, drives, tells</td></tr>
 * <tr><td>one a line</td><td>polls its slaves, writes its coils</td></tr>
 * <tr><td>guard</td><td>answers the guard's questions with the reports of scans</td></tr>
 * <tr><td>journal, latches, alarms</td><td>put on disk what the scan handed over</td></tr>
 * <tr><td>signer</td><td>signs what the journal has put on disk</td></tr>
 * <tr><td>keeper</td><td>packs old journal files, and lets the oldest go</td></tr>
 * <tr><td>hourly</td><td>puts the measured times into the journal</td></tr>
 * <tr><td>link</td><td>the sockets of the seam</td></tr>
 * <tr><td>rehearsal</td><td>warms code, then memory up on made-up inputs, and ends</td></tr>
 * </table>
 *
 * <p>Whatever ends the process (a signal, or a throwable of any thread) first withholds every zone,
 * for good: after that no scan can grant one again.
 */
final class InterlockProcess {

  private static final int DEFECT = 70;

  /** Both within the unit's LimitRTPRIO. */
  private static final int LINE_PRIORITY = 30;

  private static final int SCAN_PRIORITY = 40;

  /** How long the end of the process waits for the coils to be written off. */
  private static final long LAST_WRITE_NANOS = 300_000_000L;

  private static final long LAST_LOOK_NANOS = 1_000_000L;

  private final Site site;
  private final Clock clock;
  private final Board board;
  private final Journal journal;
  private final JournalCare care;
  private final LatchFile latches;
  private final AlarmFile alarms;
  private final LinkServer link;
  private final List<GatedBus> buses = new ArrayList<>();
  private final List<BusPoller> pollers = new ArrayList<>();
  private final Optional<Guard> guard;
  private final Scan scan;
  private final List<AgentThread> threads = new ArrayList<>();
  private final Privilege privilege = new Privilege();
  private final AtomicBoolean ending = new AtomicBoolean();
  private volatile Optional<Snapshot> shown = Optional.empty();
  private final Runnable halt;

  /**
   * @param halt ends the process at once, whatever its threads do
   */
  InterlockProcess(Site site, Folders folders, Wires wires, Clock clock, Runnable halt)
      throws IOException {
    this.site = site;
    this.clock = clock;
    this.board = wires.board();
    this.halt = halt;
    this.journal = Journal.open(folders.journal(), site.journal().segmentBytes(), clock);
    this.care = JournalCare.of(journal, site, folders, clock);
    this.latches =
        LatchFile.open(folders.interlock(), Wiring.names(site), journal.continued(), clock.now());
    this.alarms = AlarmFile.open(folders.alarms());
    this.link = link(folders);
    Wake wake = new Wake();
    for (int line = 0; line < wires.lines().size(); line++) {
      BusPoller poller =
          new BusPoller(site.lines().get(line).plan(), wires.lines().get(line), wake);
      pollers.add(poller);
      buses.add(new GatedBus(site.lines().get(line).plan(), poller));
    }
    this.guard = wires.guard().map(port -> new Guard(port, wake));
    this.scan =
        new Scan(
            site,
            clock,
            new Field(site, List.copyOf(buses), board, guardEnd()),
            new Neighbours(),
            latches.atStart(),
            alarms.atStart(),
            clock.now());
    wake.scan = Optional.of(scan);
  }

  private LinkServer link(Folders folders) throws IOException {
    return LinkServer.start(
        site,
        folders.run(),
        new LinkServer.Sources(
            Persons.read(folders.persons()),
            this::journalStatus,
            journal::offer,
            new ConfigurationStatus(
                latches.accepted().digest(), Difference.of(latches.accepted().text(), site.text())),
            folders.interlock().resolve("county-trips")),
        clock);
  }

  /**
   * Starts the interlock and returns; its threads go on until the process ends.
   *
   * @throws IOException when a folder, lock, socket or GPIO line can't be had: nothing is granted
   */
  static void start(Site site, Folders folders, Wires wires, Clock clock) throws IOException {
    InterlockProcess process =
        new InterlockProcess(site, folders, wires, clock, () -> Runtime.getRuntime().halt(DEFECT));
    Thread.setDefaultUncaughtExceptionHandler(process::fail);
    Runtime.getRuntime().addShutdownHook(new Thread(process::stop, "stop"));
    process.begin(() -> process.privilege.take(() -> Rehearsal.run(site)));
  }

  /**
   * Starts the threads.
   *
   * @param rehearsed done when the rehearsal has ended
   */
  void begin(Runnable rehearsed) {
    latches.work(clock.now());
    journal.offer(started());
    journal.offer(
        new Entry(
            EventCode.SITE, clock.now(), Map.of("digest", site.digest(), "text", site.text())));
    Logger.info(
        "interlock {} runs site {} (profile {}{}{}); journal {}",
        Version.text(),
        site.name(),
        site.profile().name(),
        site.profile().demo() ? ", DEMO" : "",
        site.bench() ? ", BENCH" : "",
        journal.status().epoch());
    run(journal);
    care.agents().forEach(agent -> run(agent, Privilege::forgo));
    run(latches);
    run(alarms);
    pollers.forEach(poller -> run(poller, LINE_PRIORITY));
    guard.ifPresent(link -> run(link, LINE_PRIORITY));
    run(scan, SCAN_PRIORITY);
    Rehearsal.start(site, rehearsed, this::fail);
    run(
        new Hourly(
            () -> shown.map(of -> Hourly.fields(of.scans(), of.times(), of.lines())),
            this::measureAnew,
            journal::offer));
  }

  private void measureAnew() {
    scan.measureAnew();
    pollers.forEach(BusPoller::measureAnew);
  }

  private GuardEnd guardEnd() {
    return guard.<GuardEnd>map(LinkedGuard::new).orElse(GuardEnd.NONE);
  }

  private Entry started() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("version", Version.text());
    fields.put("site", site.name());
    fields.put("digest", site.digest());
    fields.put("profile", site.profile().name());
    fields.put("profileDigest", site.profile().digest());
    fields.put("profileReviewed", site.profile().reviewed());
    fields.put("bench", site.bench());
    fields.put("demo", site.profile().demo());
    fields.put("latches", latches.status().note());
    fields.put("alarms", alarms.note());
    fields.put("configurationAccepted", latches.atStart().configurationAccepted());
    fields.put("manualOnly", latches.atStart().manualOnly());
    return new Entry(EventCode.PROCESS_STARTED, clock.now(), fields);
  }

  private void run(Agent agent) {
    run(agent, () -> {});
  }

  private void run(Agent agent, int priority) {
    run(agent, () -> privilege.wish(priority));
  }

  private void run(Agent agent, Runnable first) {
    threads.add(AgentThread.start(agent, clock, first, this::fail));
  }

  private JournalStatus journalStatus() {
    Journal.Status status = journal.status();
    String trouble = trouble();
    return new JournalStatus(
        trouble.isEmpty(),
        trouble,
        status.epoch(),
        status.durableSeq(),
        status.head(),
        care.key(),
        status.lost(),
        status.slowCommits());
  }

  /** What keeps something from the disk; empty while all of it gets there. */
  private String trouble() {
    if (!latches.status().trouble().isEmpty()) {
      return "saved latches: " + latches.status().trouble();
    }
    if (!alarms.trouble().isEmpty()) {
      return "saved alarms: " + alarms.trouble();
    }
    return journal.status().trouble().isEmpty() ? care.trouble() : journal.status().trouble();
  }

  /**
   * The one uncaught handler: a defect anywhere withholds everything and ends the process, whatever
   * fails on the way: without its scan it must not go on, for a GPIO line keeps its level until
   * then.
   */
  private void fail(Thread thread, Throwable defect) {
    if (ending.getAndSet(true)) {
      return;
    }
    try {
      withhold();
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("thread", thread.getName());
      fields.put("defect", String.valueOf(defect));
      long ticket = journal.offer(new Entry(EventCode.PROCESS_FAILED, clock.now(), fields));
      Logger.error(defect, "defect in thread {}: every zone is withheld, the process ends", thread);
      awaitLastWrites(ticket);
    } finally {
      halt.run();
    }
  }

  /** The orderly end, by a signal. */
  void stop() {
    if (ending.getAndSet(true)) {
      return;
    }
    withhold();
    latches.orderlyEnd();
    long ticket = journal.offer(new Entry(EventCode.PROCESS_STOPPED, clock.now(), Map.of()));
    awaitLastWrites(ticket);
    close();
  }

  /** Ends the threads and lets go of every line, socket and file. */
  void close() {
    threads.reversed().forEach(AgentThread::close);
    pollers.forEach(BusPoller::close);
    guard.ifPresent(Guard::close);
    try {
      link.close();
    } catch (IOException e) {
      Logger.warn("a socket can't be closed: {}", e.getMessage());
    }
    latches.close();
    care.close();
    alarms.close();
    journal.close();
  }

  private void withhold() {
    Tick now = clock.now();
    buses.forEach(bus -> bus.withhold(now));
    board.close();
  }

  /** Waits, for a bounded time, until every coil is written off and the last record is on disk. */
  private void awaitLastWrites(long ticket) {
    Tick end = clock.now().plusNanos(LAST_WRITE_NANOS);
    boolean done = false;
    while (!done && clock.now().isBefore(end)) {
      done = buses.stream().allMatch(GatedBus::isOff) && journal.durableTicket() >= ticket;
      LockSupport.parkNanos(LAST_LOOK_NANOS);
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

  /** Wakes the scan once there is one. */
  private static final class Wake implements Runnable {
    private volatile Optional<Scan> scan = Optional.empty();

    @Override
    public void run() {
      scan.ifPresent(Scan::wake);
    }
  }

  private final class Neighbours implements Surroundings {
    @Override
    public List<Request> requests() {
      return link.requests();
    }

    @Override
    public boolean stationAlive(Tick now) {
      return link.stationAlive(now);
    }

    @Override
    public void answered(Event.Answered answered) {
      link.answered(answered);
    }

    @Override
    public long record(Entry entry) {
      return journal.offer(entry);
    }

    @Override
    public long recorded() {
      return journal.durableTicket();
    }

    @Override
    public void save(Saved saved) {
      latches.save(saved);
    }

    @Override
    public List<AlarmRequest> alarmRequests() {
      return link.alarmRequests();
    }

    @Override
    public void alarmAnswered(AlarmEvent.Answered answered) {
      link.answered(answered);
    }

    @Override
    public void saveAlarms(List<davy.controller.alarm.Saved> saved) {
      alarms.save(saved);
    }

    @Override
    public boolean journalWorks() {
      return trouble().isEmpty();
    }

    @Override
    public void shown(Snapshot snapshot) {
      shown = Optional.of(snapshot);
      link.publish(snapshot);
    }
  }
}
