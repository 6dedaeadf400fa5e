package davy.bridge.modbus;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import davy.bridge.modbus.DeviceMap.Block;
import davy.bridge.modbus.DeviceMap.Space;
import davy.bridge.modbus.DeviceMap.Timing;
import davy.bridge.modbus.RtuRequest.Read;
import davy.bridge.modbus.RtuRequest.WriteCoil;
import davy.bridge.sim.SimBus;
import davy.bridge.sim.SimDevice;
import davy.bridge.sim.SimSlave;
import davy.bridge.sim.SlaveBank;
import davy.hal.SerialSettings;
import davy.hal.SerialSettings.Format;
import davy.hal.signal.Tick;
import davy.hal.sim.SimClock;
import java.io.IOException;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A slave answers late, by every delay in steps of 0.1 ms from none to the end of its late-reply
 * window, on a wire where bytes take time and collide. Each answer carries the number of the
 * request that it answers, so a late one that is taken for a newer one's shows. None is.
 */
final class LateReplySweepTest {

  private static final SerialSettings SETTINGS = new SerialSettings(19200, Format.F8N1);
  private static final Timing TIMING = new Timing(2, 15, 30, 0);
  private static final int PROMPT_MICROS = 2_000;
  private static final int STEP_MICROS = 100;
  private static final int ROUNDS = 5;

  private static final int LATE = 7;
  private static final int NEIGHBOUR = 8;

  private static final List<RtuRequest> REQUESTS =
      List.of(
          new Read(LATE, new Block(Space.COIL, 0, 16)),
          new Read(LATE, new Block(Space.DISCRETE, 0, 16)),
          new Read(LATE, new Block(Space.HOLDING, 0, 4)),
          new Read(LATE, new Block(Space.INPUT, 0, 1)),
          new WriteCoil(LATE, 3, WriteCoil.OFF));

  /** Which of the slave's answers are late. */
  private enum Pattern {
    ALL,
    FIRST,
    EVERY_OTHER,
    ALL_BUT_FIRST;

    boolean late(int round) {
      return switch (this) {
        case ALL -> true;
        case FIRST -> round == 0;
        case EVERY_OTHER -> round % 2 == 0;
        case ALL_BUT_FIRST -> round > 0;
      };
    }
  }

  static Stream<Arguments> everyFunctionAndPattern() {
    return REQUESTS.stream()
        .flatMap(r -> Stream.of(Pattern.values()).map(pattern -> Arguments.of(r, pattern)));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("everyFunctionAndPattern")
  void noDelayMakesALateReplyPassForANewerOnes(RtuRequest request, Pattern pattern)
      throws IOException {
    int window = (TIMING.turnaroundMaxMillis() + TIMING.lateReplyMillis()) * 1_000;
    int taken = 0;
    int given = 0;
    for (int delay = 0; delay <= window; delay += STEP_MICROS) {
      Wire wire = new Wire();
      for (int round = 0; round < ROUNDS; round++) {
        wire.slave.turnaround(pattern.late(round) ? delay : PROMPT_MICROS);
        taken += wire.askLate(request, delay) ? 1 : 0;
        given++;
      }
      wire.quietLateSlaveLeavesItsNeighbourAlone(delay);
    }
    assertTrue(taken > 0 && taken < given, "both kinds were met: " + taken + " of " + given);
  }

  /** Blocks of one poll that look alike: the second must not take the first's late answer. */
  @Test
  void twoBlocksOfOneShapeAreNotMixedUp() throws IOException {
    RtuRequest low = new Read(LATE, new Block(Space.HOLDING, 0, 4));
    RtuRequest high = new Read(LATE, new Block(Space.HOLDING, 100, 4));
    int window = (TIMING.turnaroundMaxMillis() + TIMING.lateReplyMillis()) * 1_000;
    for (int delay = 0; delay <= window; delay += STEP_MICROS) {
      Wire wire = new Wire();
      for (int round = 0; round < ROUNDS; round++) {
        wire.slave.turnaround(round % 3 == 0 ? delay : PROMPT_MICROS);
        wire.askLate(round % 2 == 0 ? low : high, delay);
      }
    }
  }

  /** The n-th request that it executes reads n everywhere; bit i of a number for coil i. */
  private static final class Numbered implements SimDevice {
    private int number;
    private Tick last = new Tick(-1);

    private int number(Tick now) {
      if (!now.equals(last)) {
        last = now;
        number++;
      }
      return number;
    }

    @Override
    public OptionalInt coil(int address, Tick now) {
      return OptionalInt.of(number(now) >> address & 1);
    }

    @Override
    public OptionalInt discrete(int address, Tick now) {
      return coil(address, now);
    }

    @Override
    public OptionalInt holding(int address, Tick now) {
      return OptionalInt.of(number(now) * 1_000 + address);
    }

    @Override
    public OptionalInt input(int address, Tick now) {
      return holding(address, now);
    }

    @Override
    public boolean write(int address, int value, Tick now) {
      number(now);
      return true;
    }

    /** What the answer to its n-th request says. */
    int[] values(RtuRequest request) {
      return switch (request) {
        case WriteCoil _ -> new int[0];
        case Read read ->
            IntStream.range(read.block().address(), read.block().address() + read.block().count())
                .map(
                    a ->
                        switch (read.block().space()) {
                          case COIL, DISCRETE -> number >> a & 1;
                          case HOLDING, INPUT -> number * 1_000 + a;
                        })
                .toArray();
      };
    }
  }

  /** A master, a late slave and a prompt one on one simulated line. */
  private static final class Wire {
    private final SimClock clock = new SimClock(new Tick(1_000_000_000));
    private final Numbered device = new Numbered();
    private final Numbered other = new Numbered();
    private final SimSlave slave = new SimSlave(LATE, device, PROMPT_MICROS);
    private final SimBus bus =
        new SimBus(
            "sim",
            new SlaveBank(SETTINGS, List.of(slave, new SimSlave(NEIGHBOUR, other, PROMPT_MICROS))),
            clock,
            this::moveTo);
    private final RtuMaster master;
    private int askedMeanwhile;
    private int rests;

    Wire() throws IOException {
      master = new RtuMaster(SETTINGS, bus.open(), FrameTap.NONE, clock.now());
      moveTo(clock.now().plusMillis(10));
    }

    private void moveTo(Tick tick) {
      clock.advance(tick.nanosSince(clock.now()));
    }

    /** Asks the late slave as soon as it may be, and its neighbour until then. */
    boolean askLate(RtuRequest request, int delay) {
      Read next = new Read(NEIGHBOUR, new Block(Space.HOLDING, 0, 4));
      rests += clock.now().isBefore(master.readyAt(request, clock.now())) ? 1 : 0;
      while (clock.now().isBefore(master.readyAt(request, clock.now()))) {
        Tick ready = master.readyAt(next, clock.now());
        if (clock.now().isBefore(ready)) {
          // The late reply fell upon the neighbour's: it rests as well.
          idle(ready.earliest(master.readyAt(request, clock.now())));
        } else {
          ask(next, other, delay);
          askedMeanwhile++;
        }
      }
      return ask(request, device, delay);
    }

    /** True when an answer was taken. It is the one to this request. */
    private boolean ask(RtuRequest request, Numbered asked, int delay) {
      int before = asked.number;
      master.begin(request, TIMING, false, clock.now());
      if (transact() instanceof Outcome.Reply reply) {
        String what = request + " delayed by " + delay + " µs";
        boolean proof = request instanceof Read || reply.proven();
        assertEquals(proof ? before + 1 : asked.number, asked.number, what + " was not heard");
        assertArrayEquals(asked.values(request), reply.values(), what);
        return true;
      }
      return false;
    }

    private void idle(Tick until) {
      while (clock.now().isBefore(until)) {
        moveTo(bus.nextDue().map(until::earliest).orElse(until).latest(clock.now().plusNanos(1)));
        master.work(clock.now());
      }
    }

    private Outcome transact() {
      while (true) {
        switch (master.work(clock.now())) {
          case RtuMaster.Progress.Done done -> {
            return done.outcome();
          }
          case RtuMaster.Progress.Pending pending -> {
            Tick until = bus.nextDue().map(pending.until()::earliest).orElse(pending.until());
            moveTo(until.latest(clock.now().plusNanos(1)));
          }
        }
      }
    }

    void quietLateSlaveLeavesItsNeighbourAlone(int delay) {
      assertTrue(askedMeanwhile >= rests, "asked " + askedMeanwhile + " at " + delay + " µs");
    }
  }
}
