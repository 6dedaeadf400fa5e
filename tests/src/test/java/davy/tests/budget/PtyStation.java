package davy.tests.budget;

import static org.junit.jupiter.api.Assertions.fail;

import davy.bridge.modbus.BusPoller;
import davy.bridge.modbus.LineImage;
import davy.bridge.serial.JsscPort;
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
import davy.hal.Agent;
import davy.hal.AgentThread;
import davy.hal.Clock;
import davy.hal.signal.Permit;
import davy.hal.signal.Tick;
import davy.hal.sim.SimBoard;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Lines and scan of a site on threads of their own and real ports, as the interlock runs them,
 * without journal, sockets and real-time priority.
 */
final class PtyStation implements AutoCloseable {

  private static final long LOOK_NANOS = 2_000_000L;

  /** A hand is not as fast as a contactor, which would make the zone manual (S23). */
  private static final long WALK_NANOS = 2_300_000_000L;

  private static final long POWER_NANOS = 60_000_000_000L;

  final Site site;
  final PtyFace face;
  private final List<BusPoller> pollers = new ArrayList<>();
  private final List<AgentThread> threads = new ArrayList<>();
  private volatile Optional<Snapshot> snapshot = Optional.empty();
  private volatile Optional<Throwable> defect = Optional.empty();

  PtyStation(Site site, PtyFace face) throws IOException {
    this.site = site;
    this.face = face;
    Clock clock = Clock.SYSTEM;
    Wake wake = new Wake();
    List<FieldBus> buses = new ArrayList<>();
    for (Site.Line line : site.lines()) {
      JsscPort port = new JsscPort(Path.of(line.port()), line.plan().settings(), false);
      BusPoller poller = new BusPoller(line.plan(), port, wake);
      pollers.add(poller);
      buses.add(new PolledBus(poller));
    }
    Scan scan =
        new Scan(
            site,
            clock,
            new Field(site, buses, new SimBoard(), GuardEnd.NONE),
            new Around(),
            Saved.nothing(site.plan()),
            List.of(),
            clock.now());
    wake.scan = Optional.of(scan);
    pollers.forEach(this::start);
    start(scan);
  }

  private void start(Agent agent) {
    threads.add(
        AgentThread.start(
            agent, Clock.SYSTEM, () -> {}, (_, thrown) -> defect = Optional.of(thrown)));
  }

  /**
   * Waits for the lock of the first zone to open and closes its breaker by hand, if need be again.
   */
  void power() {
    await("power", POWER_NANOS, this::closed);
  }

  private boolean closed() {
    long granted = System.nanoTime();
    while (granted() && !face.live() && System.nanoTime() - granted < WALK_NANOS) {
      LockSupport.parkNanos(LOOK_NANOS);
    }
    if (granted()) {
      face.wish(world -> world.breakers.getFirst().closeByHand(world.clock.now()));
      LockSupport.parkNanos(LOOK_NANOS);
    }
    return face.live();
  }

  boolean granted() {
    return snapshot
        .filter(seen -> seen.decision().zones().getFirst().permit() == Permit.GRANTED)
        .isPresent();
  }

  /** Fails when it does not come. */
  void await(String what, long nanos, BooleanSupplier condition) {
    long end = System.nanoTime() + nanos;
    while (!condition.getAsBoolean()) {
      defect.ifPresent(thrown -> fail("a thread has ended", thrown));
      if (System.nanoTime() - end > 0) {
        fail(what + " did not come: " + snapshot.map(seen -> seen.decision().zones()));
      }
      LockSupport.parkNanos(LOOK_NANOS);
    }
  }

  @Override
  public void close() {
    threads.reversed().forEach(AgentThread::close);
    pollers.forEach(BusPoller::close);
    face.close();
  }

  /** Wakes the scan once there is one. */
  private static final class Wake implements Runnable {
    private volatile Optional<Scan> scan = Optional.empty();

    @Override
    public void run() {
      scan.ifPresent(Scan::wake);
    }
  }

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

  /** Nobody asks anything, and everything is on disk at once. */
  private final class Around implements Surroundings {
    private long recorded;

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

    @Override
    public void shown(Snapshot shown) {
      snapshot = Optional.of(shown);
    }
  }
}
