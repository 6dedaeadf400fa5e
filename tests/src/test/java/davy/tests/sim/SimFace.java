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
            case "digital-inputs" -> new SimInputs(8);
            case "relay-waveshare", "relays-measured" -> new SimRelays(8);
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
      Site.Zone described = site.zones().get(zone);
      Breaker breaker = breakers.get(zone);
      if (described.output() instanceof Site.Output.Coil coil) {
        breaker.coil(supplied && energised(coil, now), now);
      }
      OptionalInt upstream = site.plan().zones().get(zone).upstream();
      if (upstream.isPresent()) {
        breaker.supply(live(upstream.getAsInt()), now);
      }
      breaker.advance(now);
      boolean closed = breaker.feedContactClosed();
      described.feed().ifPresent(feed -> contact(feed, closed));
    }
    for (int fan = 0; fan < fans.length; fan++) {
      boolean runs = fans[fan];
      site.fans().get(fan).machines().forEach(machine -> contact(machine.running(), runs));
    }
  }

  private boolean energised(Site.Output.Coil coil, Tick now) {
    LinePlan.SlavePlan slave = site.lines().get(coil.line()).plan().slaves().get(coil.slave());
    SimRelays board = (SimRelays) devices.get(slave.name());
    return board.energised(slave.coils().get(coil.coil()).coil(), now);
  }

  public void stopFan(int fan) {
    fans[fan] = false;
  }

  /** A person's hand on the start button; false where the start is locked. */
  public boolean startFan(int fan, Tick now) {
    boolean locked =
        site.fans().get(fan).startLock() instanceof Site.Output.Coil coil && energised(coil, now);
    fans[fan] |= !locked;
    return !locked;
  }

  public boolean fanRuns(int fan) {
    return fans[fan];
  }

  private void contact(Site.Contact contact, boolean closed) {
    if (contact instanceof Site.Contact.Bus bus) {
      Site.ChannelRef ref = bus.source();
      LinePlan.SlavePlan slave = site.lines().get(ref.line()).plan().slaves().get(ref.slave());
      ((SimInputs) devices.get(slave.name())).contact(ref.channel(), closed);
    }
  }

  public void key(boolean pressed) {
    contact(site.consentKey().orElseThrow(), pressed);
  }

  public boolean live(int zone) {
    return breakers.get(zone).feed() == Feed.LIVE;
  }
}
