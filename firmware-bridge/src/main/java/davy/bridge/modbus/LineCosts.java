package davy.bridge.modbus;

import davy.bridge.modbus.DeviceMap.Block;
import davy.bridge.modbus.DeviceMap.Relay;
import davy.bridge.modbus.DeviceMap.Space;
import davy.bridge.modbus.LinePlan.CoilPlan;
import davy.bridge.modbus.LinePlan.SlavePlan;
import davy.bridge.modbus.RtuRequest.Read;
import davy.bridge.modbus.RtuRequest.WriteCoil;
import davy.hal.signal.Permit;
import java.util.List;
import java.util.stream.Stream;

/**
 * The requests of one line and the longest time that each may take. {@link LineSchedule} asks them,
 * {@link LineBudget} adds them up.
 */
final class LineCosts {

  private final WireTime time;
  private final List<SlavePlan> slaves;
  private final boolean usual;

  LineCosts(LinePlan plan) {
    this(plan, false);
  }

  private LineCosts(LinePlan plan, boolean usual) {
    this.time = new WireTime(plan.settings());
    this.slaves = plan.slaves();
    this.usual = usual;
  }

  /** What they take on a line where nothing is wrong, each device taking its typical time. */
  static LineCosts usually(LinePlan plan) {
    return new LineCosts(plan, true);
  }

  private long transaction(RtuRequest request, SlavePlan slave) {
    return usual
        ? time.usual(request, slave.map().timing())
        : time.transaction(request, slave.map().timing());
  }

  static Read poll(SlavePlan slave, int block) {
    return new Read(slave.address(), slave.map().blocks().get(block));
  }

  static Read readBack(SlavePlan slave) {
    Relay relay = relay(slave);
    return new Read(slave.address(), new Block(Space.COIL, relay.firstCoil(), relay.coils()));
  }

  /** A granted pulse coil is never switched on for good: it gets the length of its pulse (S11). */
  static WriteCoil write(SlavePlan slave, CoilPlan coil, Permit permit) {
    Relay relay = relay(slave);
    int plain = relay.firstCoil() + coil.coil();
    return switch (permit) {
      case WITHHELD -> new WriteCoil(slave.address(), plain, WriteCoil.OFF);
      case GRANTED ->
          coil.pulseMillis() == 0
              ? new WriteCoil(slave.address(), plain, WriteCoil.ON)
              : pulse(slave, coil);
    };
  }

  private static WriteCoil pulse(SlavePlan slave, CoilPlan coil) {
    DeviceMap.Pulse pulse =
        relay(slave)
            .pulse()
            .orElseThrow(() -> new IllegalArgumentException(slave.name() + " has no pulse"));
    int steps = coil.pulseMillis() / pulse.unitMillis();
    if (steps < 1 || steps >= WriteCoil.ON) {
      throw new IllegalArgumentException(slave.name() + ": pulse of " + steps + " steps");
    }
    return new WriteCoil(slave.address(), pulse.firstAddress() + coil.coil(), steps);
  }

  private static Relay relay(SlavePlan slave) {
    return slave
        .map()
        .relay()
        .orElseThrow(() -> new IllegalArgumentException(slave.name() + " has no relays"));
  }

  static boolean polled(SlavePlan slave) {
    return !slave.map().blocks().isEmpty();
  }

  static boolean board(SlavePlan slave) {
    return !slave.coils().isEmpty();
  }

  WireTime time() {
    return time;
  }

  long block(SlavePlan slave, int block) {
    return transaction(poll(slave, block), slave);
  }

  /** All blocks of one slave. */
  long poll(SlavePlan slave) {
    long sum = 0;
    for (int i = 0; i < slave.map().blocks().size(); i++) {
      sum += block(slave, i);
    }
    return sum;
  }

  long longestBlock(SlavePlan slave) {
    long longest = 0;
    for (int i = 0; i < slave.map().blocks().size(); i++) {
      longest = Math.max(longest, block(slave, i));
    }
    return longest;
  }

  /** One coil write; 0 for a slave without coils. */
  long write(SlavePlan slave) {
    return board(slave)
        ? transaction(write(slave, slave.coils().getFirst(), Permit.WITHHELD), slave)
        : 0;
  }

  long readBackTime(SlavePlan slave) {
    return board(slave) ? transaction(readBack(slave), slave) : 0;
  }

  /** Every coil once and the read-back; 0 for a slave without coils. */
  long boardRound(SlavePlan slave) {
    return slave.coils().size() * write(slave) + readBackTime(slave);
  }

  /** The longest transaction that this slave may be asked for. */
  long longest(SlavePlan slave) {
    return Math.max(longestBlock(slave), Math.max(write(slave), readBackTime(slave)));
  }

  /** The longest transaction of the line: what anything may have to wait for. */
  long longest() {
    return slaves.stream().mapToLong(this::longest).max().orElse(0);
  }

  /** Every coil of the line written once. */
  long allWrites() {
    return slaves.stream().mapToLong(slave -> slave.coils().size() * write(slave)).sum();
  }

  /** Every pulse coil of the line. */
  Stream<Pulse> pulses() {
    return slaves.stream()
        .flatMap(
            slave ->
                slave.coils().stream()
                    .filter(coil -> coil.pulseMillis() > 0)
                    .map(coil -> refreshed(slave, coil)));
  }

  Pulse refreshed(SlavePlan slave, CoilPlan coil) {
    return new Pulse(refreshNanos(coil), write(slave));
  }

  /**
   * @param everyNanos how often it is refreshed
   * @param writeNanos what one refresh may take
   */
  record Pulse(long everyNanos, long writeNanos) {}

  /**
   * How often a pulse is refreshed: as seldom as leaves the worst gap within a third of its length
   * (S11), between a tenth and a quarter of it.
   */
  long refreshNanos(CoilPlan coil) {
    long pulse = coil.pulseMillis() * 1_000_000L;
    return Math.clamp(pulse / 3 - refreshDelay(), pulse / 10, pulse / 4);
  }

  /**
   * From the tick at which a refresh is due to the end of a frame that the board takes: the
   * transaction in flight, every coil's write, one of them spoilt and sent again.
   */
  long refreshDelay() {
    return longest() + allWrites() + time.silence() + time.request();
  }
}
