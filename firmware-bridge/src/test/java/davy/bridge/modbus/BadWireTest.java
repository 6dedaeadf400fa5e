package davy.bridge.modbus;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import davy.bridge.modbus.DeviceMap.Timing;
import davy.bridge.modbus.LinePlan.CoilPlan;
import davy.bridge.modbus.LinePlan.SlavePlan;
import davy.bridge.sim.BadWire;
import davy.bridge.sim.WireFault;
import davy.hal.SerialSettings;
import davy.hal.SerialSettings.Format;
import davy.hal.signal.Permit;
import davy.hal.signal.Reading;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The whole poller on a line that is bad in every way there is. The heads' registers count
 * milliseconds, so that a reading tells by itself how old it is.
 */
final class BadWireTest {

  private static final SerialSettings SETTINGS = new SerialSettings(19_200, Format.F8N1);
  private static final Timing TIMING = new Timing(12, 40, 60, 100);
  private static final long SEED = 7;
  private static final long RUN_NANOS = 20_000_000_000L;

  /** Longer than a second slave of one address stays unnoticed. */
  private static final long TWICE_NANOS = SlaveState.LISTEN_NANOS + RUN_NANOS;

  /** Registers count to here and begin anew. */
  private static final long COUNT = 400;

  private static final List<SlavePlan> SLAVES =
      List.of(
          TestLine.head("T1", 1, TIMING, 1, true),
          TestLine.head("T2", 2, TIMING, 1, true),
          TestLine.board("board", 3, TIMING, List.of(new CoilPlan(0, 1_000))));

  private final TestLine line = new TestLine(SETTINGS, SLAVES, List.of(12_000, 12_000, 12_000));
  private final LineBudget budget = new LineBudget(line.plan);
  private final long[] last = new long[2];
  private final long[] longest = new long[2];

  static Stream<Arguments> everyFaultNowAndThenAndAlways() {
    return Stream.of(WireFault.values())
        .flatMap(fault -> Stream.of(3, 1).map(every -> Arguments.of(fault, every)));
  }

  @ParameterizedTest(name = "{0}, one in {1}")
  @MethodSource("everyFaultNowAndThenAndAlways")
  void noReadingIsOtherThanTheRegisterWasInItsOwnPoll(WireFault fault, int every) {
    BadWire wire = suffer(fault, every);
    assertTrue(wire.struck() > 10, "the wire was bad: " + wire.struck());
    line.bank.harm(Optional.empty());
    line.run(3_000 * TestLine.MILLI, this::look);
    for (int head = 0; head < 2; head++) {
      Reading reading = line.poller.image().readings().get(head);
      if (fault != WireFault.TWICE) {
        assertInstanceOf(Reading.Good.class, reading, "it is back on a good wire");
      } else if (every == 1) {
        assertInstanceOf(Reading.Faulty.class, reading, "two slaves have one address");
      }
    }
  }

  /** One spoilt answer of each slave, then two good ones: the arithmetic allows for that (S19). */
  @ParameterizedTest
  @EnumSource(
      names = {"NOISE", "TWICE", "BABBLE"},
      mode = EnumSource.Mode.EXCLUDE)
  void readingsAreNotFurtherApartThanTheBudgetSays(WireFault fault) {
    suffer(fault, 3);
    for (int head = 0; head < 2; head++) {
      long most = budget.worstGapNanos(head, 0);
      assertTrue(longest[head] <= most, longest[head] / 1e6 + " ms of " + most / 1e6);
      assertTrue(longest[head] > 0);
    }
  }

  private BadWire suffer(WireFault fault, int every) {
    line.levels = List.of(Permit.GRANTED);
    line.run(1_000 * TestLine.MILLI, this::look);
    BadWire wire = new BadWire(fault, every, SEED);
    line.bank.harm(Optional.of(wire));
    line.run(fault == WireFault.TWICE ? TWICE_NANOS : RUN_NANOS, this::look);
    return wire;
  }

  private void look() {
    long millis = line.clock.now().nanos() / TestLine.MILLI;
    line.heads.forEach(head -> head.set(9, (int) (millis % COUNT)));
    List<Reading> readings = new ArrayList<>(line.poller.image().readings());
    for (int head = 0; head < 2; head++) {
      if (readings.get(head) instanceof Reading.Good good && good.arrival().nanos() != last[head]) {
        long arrival = good.arrival().nanos();
        long old = Math.floorMod(arrival / TestLine.MILLI - good.amount(), COUNT);
        long own = budget.worstPollNanos(head) / TestLine.MILLI + 1;
        assertTrue(old <= own, "a value of " + old + " ms ago is from an earlier poll");
        longest[head] = Math.max(longest[head], last[head] == 0 ? 0 : arrival - last[head]);
        last[head] = arrival;
      }
    }
  }
}
