package davy.bridge.modbus;

import static davy.bridge.modbus.TestLine.MILLI;
import static org.junit.jupiter.api.Assertions.assertTrue;

import davy.bridge.modbus.DeviceMap.Timing;
import davy.bridge.modbus.LinePlan.CoilPlan;
import davy.bridge.modbus.LinePlan.SlavePlan;
import davy.bridge.sim.SimFault;
import davy.hal.SerialSettings;
import davy.hal.SerialSettings.Format;
import davy.hal.signal.Permit;
import davy.hal.signal.Reading;
import davy.hal.signal.Tick;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Four heads and the relay board on one line. All heads but the first die, in every order, and fall
 * silent or answer rubbish. The trip of the first takes what it took before.
 */
final class DeadSlavesTest {

  private static final int HEADS = 4;
  private static final int TRIPS = 60;
  private static final Timing HEAD = new Timing(30, 50, 100, 100);
  private static final Timing BOARD = new Timing(5, 30, 100, 0);

  /** The goal for the time with dead slaves beside the time without, in percent. */
  private static final long GOAL_PERCENT = 120;

  private record Times(long mean, long worst) {
    @Override
    public String toString() {
      return mean / MILLI + " ms mean, " + worst / MILLI + " ms worst";
    }
  }

  static Stream<Arguments> everyOrderAndKindOfDeath() {
    List<SimFault> kinds =
        List.of(SimFault.SILENT, new SimFault.Garbage(7), new SimFault.WrongCrc());
    return Stream.of(9600, 19200)
        .flatMap(
            baud ->
                orders(List.of(1, 2, 3)).stream()
                    .flatMap(order -> kinds.stream().map(kind -> Arguments.of(baud, order, kind))));
  }

  private static List<List<Integer>> orders(List<Integer> heads) {
    if (heads.isEmpty()) {
      return List.of(List.of());
    }
    List<List<Integer>> all = new ArrayList<>();
    for (int first : heads) {
      List<Integer> rest = heads.stream().filter(h -> h != first).toList();
      for (List<Integer> order : orders(rest)) {
        all.add(Stream.concat(Stream.of(first), order.stream()).toList());
      }
    }
    return all;
  }

  @ParameterizedTest(name = "{0} baud, {1} die: {2}")
  @MethodSource("everyOrderAndKindOfDeath")
  void anyNumberOfDeadHeadsLeavesTheTripOfAHealthyOneAsItWas(
      int baud, List<Integer> order, SimFault kind) {
    Rig rig = new Rig(baud);
    Times healthy = rig.trips();
    StringBuilder told = new StringBuilder(baud + " baud, " + kind + ": " + healthy);
    for (int dead : order) {
      rig.line.slaves.get(dead).fault(kind);
      rig.trip();
      Times times = rig.trips();
      told.append("; without ").append(dead).append(' ').append(times);
      assertTrue(times.worst() * 100 <= healthy.worst() * GOAL_PERCENT, told.toString());
      assertTrue(times.mean() * 100 <= healthy.mean() * GOAL_PERCENT, told.toString());
    }
    System.out.println("DeadSlavesTest: " + told);
  }

  /** The line, and a scan that looks as soon as a reading comes. */
  private static final class Rig {
    private final TestLine line;
    private final LineBudget budget;
    private final Random random = new Random(4);
    private Tick off;

    Rig(int baud) {
      List<SlavePlan> plans = new ArrayList<>();
      for (int i = 0; i < HEADS; i++) {
        plans.add(TestLine.head("head " + i, i + 1, HEAD, 1, true));
      }
      plans.add(TestLine.board("board", 9, BOARD, List.of(new CoilPlan(0, 0))));
      List<Integer> turnarounds = new ArrayList<>(Collections.nCopies(HEADS, 30_000));
      turnarounds.add(5_000);
      line = new TestLine(new SerialSettings(baud, Format.F8N1), plans, turnarounds);
      budget = new LineBudget(line.plan);
      line.run(2_000 * MILLI);
    }

    Times trips() {
      long[] times = IntStream.range(0, TRIPS).mapToLong(_ -> trip()).toArray();
      return new Times(
          (long) Arrays.stream(times).average().orElseThrow(),
          Arrays.stream(times).max().orElseThrow());
    }

    /** From the register's change to the last byte of the frame that cuts. */
    long trip() {
      line.levels = List.of(Permit.GRANTED);
      line.run(300 * MILLI + random.nextLong(400 * MILLI));
      line.heard.clear();
      Tick changed = line.clock.now();
      line.heads.getFirst().set(9, 150);
      off = changed;
      line.run(3_000 * MILLI, this::scan, () -> !off.equals(changed));
      line.heads.getFirst().set(9, 40);
      long took = off.nanosSince(changed);
      long bound = budget.worstGapNanos(0, HEADS - 1) + budget.worstWriteNanos(HEADS, HEADS - 1);
      assertTrue(took > 0 && took <= bound, "within its bound: " + took / MILLI + " ms");
      return took;
    }

    private void scan() {
      boolean over =
          line.poller.image().readings().getFirst() instanceof Reading.Good good
              && good.amount() >= 150;
      if (over && line.levels.getFirst() == Permit.GRANTED) {
        line.drive(List.of(Permit.WITHHELD));
      }
      if (line.levels.getFirst() == Permit.WITHHELD) {
        line.heard.stream()
            .filter(h -> h.frame()[1] == 5 && h.frame()[4] == 0)
            .forEach(h -> off = h.lastByte());
      }
      line.heard.clear();
    }
  }
}
