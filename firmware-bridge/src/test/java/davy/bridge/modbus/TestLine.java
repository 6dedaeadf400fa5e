package davy.bridge.modbus;

import davy.bridge.modbus.DeviceMap.Block;
import davy.bridge.modbus.DeviceMap.Channel;
import davy.bridge.modbus.DeviceMap.Encoding;
import davy.bridge.modbus.DeviceMap.Field;
import davy.bridge.modbus.DeviceMap.Pulse;
import davy.bridge.modbus.DeviceMap.Relay;
import davy.bridge.modbus.DeviceMap.Scale;
import davy.bridge.modbus.DeviceMap.Space;
import davy.bridge.modbus.DeviceMap.Timing;
import davy.bridge.modbus.DeviceMap.Unit;
import davy.bridge.modbus.LinePlan.CoilPlan;
import davy.bridge.modbus.LinePlan.SlavePlan;
import davy.bridge.sim.SimBus;
import davy.bridge.sim.SimDevice;
import davy.bridge.sim.SimRelays;
import davy.bridge.sim.SimSlave;
import davy.bridge.sim.SimTransmitter;
import davy.bridge.sim.SlaveBank;
import davy.hal.SerialSettings;
import davy.hal.signal.Permit;
import davy.hal.signal.Quantity;
import davy.hal.signal.Reading;
import davy.hal.signal.Tick;
import davy.hal.sim.SimClock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

/** A poller on a simulated line of heads and relay boards, stepped by a simulated clock. */
final class TestLine {

  static final long MILLI = 1_000_000;
  static final int SCAN_MILLIS = 50;

  /** A frame that the slaves heard whole. */
  record Heard(byte[] frame, Tick lastByte) {}

  final SimClock clock = new SimClock(new Tick(7_000_000_000L));
  final LinePlan plan;
  final List<SimSlave> slaves = new ArrayList<>();
  final List<SimTransmitter> heads = new ArrayList<>();
  final List<SimRelays> boards = new ArrayList<>();
  final List<Heard> heard = new ArrayList<>();
  final SlaveBank bank;
  final SimBus bus;
  final BusPoller poller;
  int published;
  List<Permit> levels;
  boolean scanning = true;
  private Tick nextScan = clock.now();

  /**
   * @param turnaroundMicros what each slave really takes
   */
  TestLine(SerialSettings settings, List<SlavePlan> plans, List<Integer> turnaroundMicros) {
    this(settings, plans, turnaroundMicros, List.of());
  }

  /**
   * @param strangers slaves on the wire of which the plan knows nothing
   */
  TestLine(
      SerialSettings settings,
      List<SlavePlan> plans,
      List<Integer> turnaroundMicros,
      List<SimSlave> strangers) {
    plan = new LinePlan("line", settings, SCAN_MILLIS, plans);
    for (SlavePlan slave : plans) {
      SimDevice device = slave.coils().isEmpty() ? head() : board();
      slaves.add(new SimSlave(slave.address(), device, turnaroundMicros.get(slaves.size())));
    }
    List<SimSlave> all = new ArrayList<>(slaves);
    all.addAll(strangers);
    bank = new SlaveBank(settings, all);
    bank.listen((frame, at) -> heard.add(new Heard(frame, at)));
    bus = new SimBus("sim", bank, clock, this::moveTo);
    poller = new BusPoller(plan, bus, () -> published++);
    int coils = plans.stream().mapToInt(s -> s.coils().size()).sum();
    levels = Collections.nCopies(coils, Permit.WITHHELD);
  }

  private SimDevice head() {
    SimTransmitter head = new SimTransmitter();
    IntStream.range(0, 40).forEach(register -> head.set(register, 0));
    heads.add(head);
    return head;
  }

  private SimDevice board() {
    SimRelays board = new SimRelays(8);
    boards.add(board);
    return board;
  }

  private void moveTo(Tick tick) {
    clock.advance(tick.nanosSince(clock.now()));
  }

  /** Lets the line run; a scan drives the levels every period while scanning. */
  void run(long nanos, Runnable after) {
    run(nanos, after, () -> false);
  }

  /** The same, and ends as soon as it is enough. */
  void run(long nanos, Runnable after, BooleanSupplier enough) {
    Tick end = clock.now().plusNanos(nanos);
    while (clock.now().isBefore(end) && !enough.getAsBoolean()) {
      if (scanning && !clock.now().isBefore(nextScan)) {
        poller.drive(levels, clock.now());
        nextScan = clock.now().plusMillis(SCAN_MILLIS);
      }
      Tick until = poller.work(clock.now()).earliest(end);
      after.run();
      Tick stop = scanning ? until.earliest(nextScan) : until;
      Tick soonest = clock.now().plusNanos(1);
      Tick wire = bus.nextDue().filter(soonest::isBefore).map(stop::earliest).orElse(stop);
      moveTo(wire.latest(soonest));
    }
  }

  void run(long nanos) {
    run(nanos, () -> {});
  }

  /** Drives at once, as a scan does that a reading woke. */
  void drive(List<Permit> wanted) {
    levels = wanted;
    poller.drive(levels, clock.now());
  }

  Optional<Tick> arrival(int reading) {
    return switch (poller.image().readings().get(reading)) {
      case Reading.Never _ -> Optional.empty();
      case Reading.Good good -> Optional.of(good.arrival());
      case Reading.OverRange over -> Optional.of(over.arrival());
      case Reading.Faulty faulty -> Optional.of(faulty.arrival());
    };
  }

  /** A head with one methane channel in the last register of its last block. */
  static SlavePlan head(String name, int address, Timing timing, int blocks, boolean interlock) {
    List<Block> list =
        IntStream.range(0, blocks).mapToObj(i -> new Block(Space.HOLDING, i * 10, 10)).toList();
    Field value = new Field(Space.HOLDING, blocks * 10 - 1, Encoding.U16, 0xFFFF);
    Channel channel =
        new Channel(
            "gas",
            Quantity.METHANE,
            value,
            new Scale.Fixed(Unit.PERCENT_VOLUME, 2, 0),
            List.of(),
            List.of(),
            Optional.empty(),
            0,
            400);
    DeviceMap map =
        new DeviceMap(
            "head",
            "head",
            "test",
            true,
            timing,
            list,
            List.of(),
            List.of(channel),
            Optional.empty());
    return new SlavePlan(name, address, map, interlock, 700, 0, List.of());
  }

  static SlavePlan board(String name, int address, Timing timing, List<CoilPlan> coils) {
    DeviceMap map =
        new DeviceMap(
            "board",
            "board",
            "test",
            true,
            timing,
            List.of(),
            List.of(),
            List.of(),
            Optional.of(new Relay(8, 0, Optional.of(new Pulse(0x200, 100)))));
    return new SlavePlan(name, address, map, true, 100, 0, coils);
  }
}
