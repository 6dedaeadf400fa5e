package davy.tests.sim;

import davy.bridge.guard.ScanReport;
import davy.bridge.modbus.LinePlan;
import davy.bridge.sim.SimBus;
import davy.bridge.sim.SimDevice;
import davy.bridge.sim.SimGasHead;
import davy.bridge.sim.SimGuard;
import davy.bridge.sim.SimInputs;
import davy.bridge.sim.SimRelays;
import davy.bridge.sim.SimSlave;
import davy.bridge.sim.SimTransmitter;
import davy.bridge.sim.SlaveBank;
import davy.controller.config.Site;
import davy.hal.signal.Feed;
import davy.hal.signal.Tick;
import davy.hal.sim.Breaker;
import davy.hal.sim.SimClock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BiFunction;

/**
 * The far side of every wire of a site, in simulated time: slaves on their lines, relays, breakers
 * and feed contacts. Knows nothing of the program at the near side, and outlives its restarts.
 */
public final class SimFace {

  public static final long MILLI = 1_000_000L;
  public static final long SECOND = 1_000 * MILLI;

  /** What a simulated slave takes from request to reply. */
  private static final int TURNAROUND_MICROS = 8_000;

  public final SimClock clock = new SimClock(new Tick(5 * SECOND));
  public final Site site;
  public final Map<String, SimSlave> slaves = new HashMap<>();
  public final Map<String, SimDevice> devices = new HashMap<>();

  /** In the order of the site's lines: what a driver in real time pumps. */
  public final List<SlaveBank> banks = new ArrayList<>();

  /** In the order of the site's lines. */
  public final List<SimBus> buses = new ArrayList<>();

  /** In the order of the site's zones. */
  public final List<Breaker> breakers = new ArrayList<>();

  /** Its master relays feed the coils of all zones; empty where the site has none. */
  public final Optional<SimGuard> guard;

  /** Which fans run, in the order of the site's. */
  private final boolean[] fans;

  private final List<ZoneWires> zoneWires = new ArrayList<>();

  /** The run contacts of each fan's machines. */
  private final List<List<Input>> fanContacts = new ArrayList<>();

  /** A coil of a board. */
  private record Relay(SimRelays board, int coil) {}

  /** An input of a module. */
  private record Input(SimInputs module, int channel) {
    void closed(boolean is) {
      module.contact(channel, is);
    }
  }

  /** What leads to and from the breaker of one zone. */
  private record ZoneWires(Optional<Relay> relay, OptionalInt upstream, Optional<Input> feed) {}

  /** Hears every frame of ours, whole or not, as the slaves of a line hear it. */
  @FunctionalInterface
  public interface Ear {

    /**
     * @param lastByte when its last byte had arrived
     */
    void heard(String line, byte[] frame, Tick lastByte);
  }

  public SimFace(Site site, Ear ear) {
    this(site, ear, (_, device) -> device);
  }

  /**
   * @param wired what stands between a slave's name and device and its wire: a spy, for one
   */
  public SimFace(Site site, Ear ear, BiFunction<String, SimDevice, SimDevice> wired) {
    this.site = site;
    for (Site.Line line : site.lines()) {
      SlaveBank bank = new SlaveBank(line.plan().settings(), bank(line.plan(), wired));
      bank.listen((frame, at) -> ear.heard(line.plan().name(), frame, at));
      banks.add(bank);
      buses.add(new SimBus(line.plan().name(), bank, clock, this::moveTo));
    }
    this.guard =
        site.guard()
            .map(_ -> new SimGuard("guard", ScanReport.digest(site.digest()), clock, this::moveTo));
    this.fans = new boolean[site.fans().size()];
    Arrays.fill(fans, true);
    for (Site.Zone zone : site.zones()) {
      breakers.add(new Breaker(zone.name(), zone.dropOutMillis() * MILLI, clock.now()));
      zoneWires.add(
          new ZoneWires(
              relay(Optional.of(zone.output())),
              site.plan().zones().get(zoneWires.size()).upstream(),
              zone.feed().flatMap(this::input)));
    }
    for (Site.Fan fan : site.fans()) {
      fanContacts.add(fan.machines().stream().flatMap(m -> input(m.running()).stream()).toList());
    }
  }

  private List<SimSlave> bank(LinePlan plan, BiFunction<String, SimDevice, SimDevice> wired) {
    List<SimSlave> bank = new ArrayList<>();
    for (LinePlan.SlavePlan slave : plan.slaves()) {
      SimDevice device =
          switch (slave.map().name()) {
            case "laser-head" -> laserHead();
            case "gas-6in1-co" -> SimGasHead.carbonMonoxide();
            case "wind-speed" -> SimTransmitter.windSpeed(0);
            case "digital-inputs", "storm-inputs" -> new SimInputs(8);
            case "relay-waveshare", "relays-measured", "storm-relays" -> new SimRelays(8);
            default -> throw new IllegalArgumentException("no simulation of " + slave.map());
          };
      SimSlave made =
          new SimSlave(slave.address(), wired.apply(slave.name(), device), TURNAROUND_MICROS);
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
    head.set(2, 200);
    return head;
  }

  public void moveTo(Tick tick) {
    clock.advance(tick.nanosSince(clock.now()));
  }

  /** When something happens next on any wire. */
  public Optional<Tick> nextDue() {
    Optional<Tick> next = Optional.empty();
    for (SimBus bus : buses) {
      Optional<Tick> due = bus.nextDue();
      next =
          next.isPresent() && due.isPresent() ? due.map(next.get()::earliest) : next.or(() -> due);
    }
    if (guard.isPresent()) {
      Tick due = guard.get().nextDue();
      next = Optional.of(next.map(due::earliest).orElse(due));
    }
    return next;
  }

  /** When a byte comes next on any line, whoever holds it. */
  public Optional<Tick> nextByte() {
    return banks.stream().flatMap(bank -> bank.nextDue().stream()).reduce(Tick::earliest);
  }

  /** Sets what a head shows. */
  public void measure(String device, int hundredths) {
    ((SimTransmitter) devices.get(device)).set(0, hundredths);
  }

  /** Relays move breakers, breakers what they feed, and all of them contacts. */
  public void move(Tick now) {
    boolean supplied = guard.isEmpty() || guard.get().energised(now);
    for (int zone = 0; zone < breakers.size(); zone++) {
      ZoneWires wires = zoneWires.get(zone);
      Breaker breaker = breakers.get(zone);
      if (wires.relay().isPresent()) {
        Relay relay = wires.relay().get();
        breaker.coil(supplied && relay.board().energised(relay.coil(), now), now);
      }
      if (wires.upstream().isPresent()) {
        breaker.supply(live(wires.upstream().getAsInt()), now);
      }
      breaker.advance(now);
      if (wires.feed().isPresent()) {
        wires.feed().get().closed(breaker.feedContactClosed());
      }
    }
    for (int fan = 0; fan < fans.length; fan++) {
      for (Input contact : fanContacts.get(fan)) {
        contact.closed(fans[fan]);
      }
    }
  }

  private Optional<Relay> relay(Optional<Site.Output> output) {
    return output
        .filter(Site.Output.Coil.class::isInstance)
        .map(Site.Output.Coil.class::cast)
        .map(
            coil -> {
              LinePlan.SlavePlan slave = slave(coil.line(), coil.slave());
              SimRelays board = (SimRelays) devices.get(slave.name());
              return new Relay(board, slave.coils().get(coil.coil()).coil());
            });
  }

  private Optional<Input> input(Site.Contact contact) {
    if (contact instanceof Site.Contact.Bus bus) {
      Site.ChannelRef ref = bus.source();
      SimInputs module = (SimInputs) devices.get(slave(ref.line(), ref.slave()).name());
      return Optional.of(new Input(module, ref.channel()));
    }
    return Optional.empty();
  }

  private LinePlan.SlavePlan slave(int line, int slave) {
    return site.lines().get(line).plan().slaves().get(slave);
  }

  public void stopFan(int fan) {
    fans[fan] = false;
  }

  /** A person's hand on the start button; false where the start is locked. */
  public boolean startFan(int fan, Tick now) {
    boolean locked =
        relay(Optional.of(site.fans().get(fan).startLock()))
            .filter(relay -> relay.board().energised(relay.coil(), now))
            .isPresent();
    fans[fan] |= !locked;
    return !locked;
  }

  public boolean fanRuns(int fan) {
    return fans[fan];
  }

  public void key(boolean pressed) {
    site.consentKey().flatMap(this::input).orElseThrow().closed(pressed);
  }

  public boolean live(int zone) {
    return breakers.get(zone).feed() == Feed.LIVE;
  }
}
