package davy.tests.whole;

import davy.bridge.modbus.BusPoller;
import davy.bridge.modbus.LineImage;
import davy.bridge.modbus.LinePlan;
import davy.bridge.sim.SimBus;
import davy.bridge.sim.SimDevice;
import davy.bridge.sim.SimGasHead;
import davy.bridge.sim.SimInputs;
import davy.bridge.sim.SimRelays;
import davy.bridge.sim.SimSlave;
import davy.bridge.sim.SimTransmitter;
import davy.bridge.sim.SlaveBank;
import davy.controller.config.Site;
import davy.controller.interlock.Event;
import davy.controller.interlock.Request;
import davy.controller.interlock.Saved;
import davy.controller.journal.Entry;
import davy.controller.scan.Field;
import davy.controller.scan.FieldBus;
import davy.controller.scan.Scan;
import davy.controller.scan.Snapshot;
import davy.controller.scan.Surroundings;
import davy.hal.signal.Feed;
import davy.hal.signal.Permit;
import davy.hal.signal.Tick;
import davy.hal.sim.Breaker;
import davy.hal.sim.SimBoard;
import davy.hal.sim.SimClock;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** A substation and its face. The world moves at least every millisecond. */
final class SimStation {

  static final long MILLI = 1_000_000L;
  static final long SECOND = 1_000 * MILLI;

  /** What a simulated slave takes from request to reply. */
  private static final int TURNAROUND_MICROS = 8_000;

  final SimClock clock = new SimClock(new Tick(5 * SECOND));
  final Site site;
  final Map<String, SimSlave> slaves = new HashMap<>();
  final Map<String, SimDevice> devices = new HashMap<>();
  final List<SimBus> buses = new ArrayList<>();
  final List<BusPoller> pollers = new ArrayList<>();
  final List<Breaker> breakers = new ArrayList<>();
  final List<Entry> entries = new ArrayList<>();
  final List<Request> requests = new ArrayList<>();
  final List<Frame> heard = new ArrayList<>();
  boolean scanning = true;

  /** Whether the journal's disk takes anything. */
  boolean disk = true;

  /** What must survive a power cycle, as the scan handed it over last. */
  Optional<Saved> latches = Optional.empty();

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
    this.site = site;
    List<FieldBus> fieldBuses = new ArrayList<>();
    for (Site.Line line : site.lines()) {
      SlaveBank bank = new SlaveBank(line.plan().settings(), bank(line.plan()));
      bank.listen((frame, at) -> heard.add(new Frame(line.plan().name(), frame.clone(), at)));
      SimBus bus = new SimBus(line.plan().name(), bank, clock, this::moveTo);
      BusPoller poller = new BusPoller(line.plan(), bus, this::wakeScan);
      buses.add(bus);
      pollers.add(poller);
      fieldBuses.add(new PolledBus(poller));
    }
    for (Site.Zone zone : site.zones()) {
      breakers.add(new Breaker(zone.name(), zone.dropOutMillis() * MILLI, clock.now()));
    }
    SimBoard board = new SimBoard();
    scan =
        new Scan(site, clock, new Field(site, fieldBuses, board), new Around(), saved, clock.now());
  }

  private List<SimSlave> bank(LinePlan plan) {
    List<SimSlave> bank = new ArrayList<>();
    for (LinePlan.SlavePlan slave : plan.slaves()) {
      SimDevice device =
          switch (slave.map().name()) {
            case "laser-head" -> laserHead();
            case "gas-6in1-co" -> SimGasHead.carbonMonoxide();
            case "wind-speed" -> SimTransmitter.windSpeed(0);
            case "digital-inputs" -> new SimInputs(8);
            case "relay-waveshare", "relays-measured" -> new SimRelays(8);
            default -> throw new IllegalArgumentException("no simulation of " + slave.map());
          };
      SimSlave made = new SimSlave(slave.address(), device, TURNAROUND_MICROS);
      slaves.put(slave.name(), made);
      devices.put(slave.name(), device);
      bank.add(made);
    }
    return bank;
  }

  private static SimTransmitter laserHead() {
    SimTransmitter head = new SimTransmitter();
    head.set(0, 40);
    head.set(1, 1);
    return head;
  }

  private void moveTo(Tick tick) {
    clock.advance(tick.nanosSince(clock.now()));
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
    ((SimTransmitter) devices.get(device)).set(0, hundredths);
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
    world(now);
    Tick next = now.plusNanos(MILLI).earliest(end);
    for (int line = 0; line < pollers.size(); line++) {
      next = next.earliest(pollers.get(line).work(now));
      next = buses.get(line).nextDue().map(next::earliest).orElse(next);
    }
    if (scanning) {
      next = next.earliest(scan.work(now));
    }
    moveTo(next.latest(now.plusNanos(1_000)));
  }

  /** Relays move breakers, breakers move feed contacts. */
  private void world(Tick now) {
    for (int zone = 0; zone < breakers.size(); zone++) {
      Site.Zone described = site.zones().get(zone);
      if (described.output() instanceof Site.Output.Coil coil) {
        LinePlan.SlavePlan slave = site.lines().get(coil.line()).plan().slaves().get(coil.slave());
        SimRelays board = (SimRelays) devices.get(slave.name());
        int relay = slave.coils().get(coil.coil()).coil();
        breakers.get(zone).coil(board.energised(relay, now), now);
      }
      breakers.get(zone).advance(now);
      boolean closed = breakers.get(zone).feedContactClosed();
      described.feed().ifPresent(feed -> contact(feed, closed));
    }
  }

  private void contact(Site.Contact contact, boolean closed) {
    if (contact instanceof Site.Contact.Bus bus) {
      Site.ChannelRef ref = bus.source();
      LinePlan.SlavePlan slave = site.lines().get(ref.line()).plan().slaves().get(ref.slave());
      ((SimInputs) devices.get(slave.name())).contact(ref.channel(), closed);
    }
  }

  void key(boolean pressed) {
    contact(site.consentKey().orElseThrow(), pressed);
  }

  boolean live(int zone) {
    return breakers.get(zone).feed() == Feed.LIVE;
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
      return true;
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
    public void shown(Snapshot shown) {
      snapshot = shown;
    }
  }
}
