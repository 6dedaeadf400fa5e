package davy.bridge.modbus;

import static davy.bridge.modbus.TestLine.MILLI;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import davy.bridge.modbus.DeviceMap.Timing;
import davy.bridge.modbus.LinePlan.CoilPlan;
import davy.bridge.modbus.LinePlan.SlavePlan;
import davy.bridge.sim.SimFault;
import davy.bridge.sim.SimRelays;
import davy.bridge.sim.SimSlave;
import davy.bridge.sim.SimTransmitter;
import davy.hal.SerialSettings;
import davy.hal.SerialSettings.Format;
import davy.hal.signal.Permit;
import davy.hal.signal.Reading;
import davy.hal.signal.SensorFault;
import davy.hal.signal.Tick;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Two devices with one address: no reading of it is believed, whatever lies between their
 * turn-arounds.
 */
final class DuplicateAddressTest {

  private static final SerialSettings SETTINGS = new SerialSettings(19200, Format.F8N1);
  private static final Timing HEAD = new Timing(8, 60, 100, 100);
  private static final int FIRST_MICROS = 8_000;
  private static final long LISTENED = 2_000 * MILLI;

  private final SimSlave twin = new SimSlave(1, gasOf(30), 0);

  private static SimTransmitter gasOf(int amount) {
    SimTransmitter head = new SimTransmitter();
    IntStream.range(0, 40).forEach(register -> head.set(register, amount));
    return head;
  }

  private TestLine heads(int count) {
    List<SlavePlan> plans = new ArrayList<>();
    List<Integer> turnarounds = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      plans.add(TestLine.head("head " + i, i + 1, HEAD, 1, true));
      turnarounds.add(FIRST_MICROS);
    }
    return new TestLine(SETTINGS, plans, turnarounds, List.of(twin));
  }

  private static boolean believed(TestLine line) {
    return line.poller.image().readings().getFirst() instanceof Reading.Good good
        && good.ageNanos(line.clock.now()) < 1_000 * MILLI;
  }

  private static boolean toldOf(TestLine line) {
    return line.poller.image().readings().getFirst()
            instanceof Reading.Faulty(SensorFault fault, var _)
        && fault == SensorFault.DUPLICATE_ADDRESS;
  }

  @Test
  void aSecondAnswerIsNewsOnceAsLongAsTheyGoOn() {
    Tick now = new Tick(0);
    SlaveState slave = new SlaveState(TestLine.head("head", 1, HEAD, 1, true), now);
    assertTrue(slave.shared(now));
    for (int again = 0; again < 5; again++) {
      now = now.plusNanos(SlaveState.SHARED_NANOS - 1);
      assertFalse(slave.shared(now), "told at every answer");
    }
    assertTrue(slave.shared(now.plusNanos(SlaveState.SHARED_NANOS)));
  }

  @Test
  void whateverLiesBetweenTheirAnswersNeitherIsBelieved() {
    int told = 0;
    int steps = 0;
    for (int later = 0; later <= 52_000; later += 500) {
      for (int heads = 1; heads <= 3; heads++) {
        twin.turnaround(FIRST_MICROS + later);
        TestLine line = heads(heads);
        line.run(LISTENED);
        line.run(2_000 * MILLI);
        assertFalse(believed(line), "a twin that answers " + later + " µs later, of " + heads);
        told += toldOf(line) ? 1 : 0;
        steps++;
      }
    }
    assertTrue(told * 100 >= steps * 95, "named as what it is: " + told + " of " + steps);
  }

  @Test
  void aTwinThatComesWhileTheLineRunsIsFoundAndOneThatGoesIsForgotten() {
    twin.turnaround(30_000);
    twin.fault(SimFault.SILENT);
    TestLine line = heads(1);
    line.run(LISTENED);
    assertTrue(believed(line));
    twin.fault(SimFault.NONE);
    line.run(1_000 * MILLI);
    assertTrue(toldOf(line), "it is heard in the pauses of the line");
    twin.fault(SimFault.SILENT);
    line.run(SlaveState.SHARED_NANOS + 6_000 * MILLI);
    assertTrue(believed(line));
  }

  @Test
  void onABusyLineATwinIsFoundWithinTheTimeBetweenTwoPauses() {
    twin.turnaround(14_000);
    twin.fault(SimFault.SILENT);
    TestLine line = heads(6);
    line.run(LISTENED);
    twin.fault(SimFault.NONE);
    line.run(SlaveState.LISTEN_NANOS + 2_000 * MILLI);
    assertFalse(believed(line));
  }

  @Test
  void twoBoardsOfOneAddressHaveNoReadBack() {
    SimSlave board = new SimSlave(9, new SimRelays(8), 25_000);
    SlavePlan plan = TestLine.board("board", 9, HEAD, List.of(new CoilPlan(0, 0)));
    TestLine line = new TestLine(SETTINGS, List.of(plan), List.of(5_000), List.of(board));
    line.levels = List.of(Permit.GRANTED);
    line.run(LISTENED);
    Reading readBack = line.poller.image().coils().getFirst().readBack();
    assertEquals(SensorFault.DUPLICATE_ADDRESS, ((Reading.Faulty) readBack).fault());
    board.fault(SimFault.SILENT);
    line.run(SlaveState.SHARED_NANOS + 6_000 * MILLI);
    readBack = line.poller.image().coils().getFirst().readBack();
    assertEquals(1, ((Reading.Good) readBack).amount());
  }

  @Test
  void aHeadThatIsSpoiltOrLateInItsOwnTimeIsNoTwin() {
    TestLine line = heads(2);
    twin.fault(SimFault.SILENT);
    List<SimFault> faults =
        List.of(
            new SimFault.WrongCrc(),
            new SimFault.Garbage(3),
            new SimFault.Truncated(9),
            new SimFault.Late(45),
            new SimFault.Late(140),
            new SimFault.Refusal(4),
            SimFault.SILENT);
    for (SimFault fault : faults) {
      line.slaves.getFirst().fault(fault);
      line.run(3_000 * MILLI, () -> assertFalse(toldOf(line), fault.toString()));
      assertTrue(line.poller.image().readings().get(1) instanceof Reading.Good, "the neighbour's");
      line.slaves.getFirst().fault(SimFault.NONE);
      line.run(3_000 * MILLI, () -> assertFalse(toldOf(line), "after " + fault));
      assertTrue(believed(line));
    }
  }
}
