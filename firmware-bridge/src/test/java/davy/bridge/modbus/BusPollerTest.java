package davy.bridge.modbus;

import static davy.bridge.modbus.TestLine.MILLI;
import static davy.hal.signal.Permit.GRANTED;
import static davy.hal.signal.Permit.WITHHELD;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
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
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

final class BusPollerTest {

  private static final SerialSettings FAST = new SerialSettings(19200, Format.F8N1);
  private static final Timing HEAD = new Timing(8, 40, 100, 100);
  private static final Timing BOARD = new Timing(5, 15, 50, 0);

  private static TestLine heads(int count) {
    List<SlavePlan> plans = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      plans.add(TestLine.head("head " + i, i + 1, HEAD, 1, true));
    }
    return new TestLine(FAST, plans, Collections.nCopies(count, 8_000));
  }

  private static TestLine relays(int pulseMillis) {
    return relays(pulseMillis, BOARD);
  }

  private static TestLine relays(int pulseMillis, Timing board) {
    List<CoilPlan> coils = List.of(new CoilPlan(0, pulseMillis), new CoilPlan(3, pulseMillis));
    return new TestLine(
        FAST,
        List.of(TestLine.board("board", 9, board, coils), TestLine.head("head", 1, HEAD, 1, true)),
        List.of(5_000, 8_000));
  }

  @Test
  void readingsArriveAndNothingIsThereBefore() {
    TestLine line = heads(3);
    assertEquals(Collections.nCopies(3, Reading.NEVER), line.poller.image().readings());
    assertFalse(line.poller.image().port().isEmpty());
    line.heads.get(1).set(9, 150);
    line.run(300 * MILLI);
    assertEquals("", line.poller.image().port());
    Reading.Good good = (Reading.Good) line.poller.image().readings().get(1);
    assertEquals(150, good.amount());
    assertTrue(good.ageNanos(line.clock.now()) < 150 * MILLI);
    assertTrue(line.published >= 6);
    LineImage.SlaveHealth health = line.poller.image().slaves().get(1);
    assertTrue(health.alive() && health.replies() >= 2);
    assertTrue(health.replyMicros() >= 8_000 && health.replyMicros() < 30_000);
  }

  @Test
  void aSilentSlaveAgesAndComesBack() {
    TestLine line = heads(3);
    line.run(300 * MILLI);
    line.slaves.get(1).fault(SimFault.SILENT);
    line.run(3_000 * MILLI);
    assertFalse(line.poller.image().slaves().get(1).alive());
    assertTrue(line.poller.image().readings().get(1).ageNanos(line.clock.now()) > 2_800 * MILLI);
    assertTrue(line.poller.image().readings().get(0).ageNanos(line.clock.now()) < 250 * MILLI);
    line.slaves.get(1).fault(SimFault.NONE);
    line.run(800 * MILLI);
    assertTrue(line.poller.image().slaves().get(1).alive());
    assertTrue(line.poller.image().readings().get(1).ageNanos(line.clock.now()) < 250 * MILLI);
  }

  @Test
  void aLineShowsThatItIsThereHoweverLongItsSlavesKeepItWaiting() {
    TestLine line = heads(3);
    line.slaves.forEach(slave -> slave.fault(SimFault.SILENT));
    for (int step = 0; step < 300; step++) {
      line.run(17 * MILLI);
      long age = line.clock.now().nanosSince(line.poller.image().at());
      assertTrue(age <= BusPoller.PRESENT_NANOS + 20 * MILLI, age + " ns");
    }
  }

  @Test
  void everyCoilIsWrittenOffFromTheStartAndAgainInEveryRound() {
    TestLine line = relays(0);
    line.scanning = false;
    line.run(1_000 * MILLI);
    long offs = line.heard.stream().filter(h -> isWrite(h, 3, 0)).count();
    assertTrue(offs >= 8, offs + " times OFF");
    assertTrue(line.heard.stream().noneMatch(h -> h.frame()[1] == 5 && h.frame()[4] != 0));
    assertEquals(0, ((Reading.Good) line.poller.image().coils().get(1).readBack()).amount());
  }

  @Test
  void aChangeIsWrittenAheadOfEveryPollAndReadBack() {
    TestLine line = relays(0);
    line.run(500 * MILLI);
    line.drive(List.of(GRANTED, GRANTED));
    line.run(200 * MILLI);
    assertTrue(line.boards.getFirst().energised(3, line.clock.now()));
    long bound = new LineBudget(line.plan).worstWriteNanos(0, 0);
    for (int i = 0; i < 200; i++) {
      line.run((37 + i % 13) * MILLI + i * 7_919L);
      line.heard.clear();
      Tick asked = line.clock.now();
      Permit wanted = i % 2 == 0 ? WITHHELD : GRANTED;
      line.drive(List.of(GRANTED, wanted));
      line.run(150 * MILLI);
      LineImage.CoilImage coil = line.poller.image().coils().get(1);
      assertEquals(wanted, coil.written());
      assertTrue(coil.writtenAt().nanosSince(asked) <= bound);
      int high = wanted == GRANTED ? 0xFF : 0;
      TestLine.Heard frame =
          line.heard.stream().filter(h -> isWrite(h, 3, high)).findFirst().orElseThrow();
      assertEquals(coil.writtenAt(), frame.lastByte());
      assertEquals(wanted == GRANTED ? 1 : 0, ((Reading.Good) coil.readBack()).amount());
      assertTrue(line.heard.indexOf(frame) <= 1, "a poll went ahead of the change");
    }
  }

  @Test
  void plainCoilsAreWrittenOffTwoSecondsAfterTheLastScan() {
    TestLine line = relays(0);
    line.levels = List.of(GRANTED, GRANTED);
    line.run(500 * MILLI);
    Tick last = line.clock.now();
    line.scanning = false;
    line.run(1_900 * MILLI);
    assertTrue(line.boards.getFirst().energised(0, line.clock.now()));
    line.run(300 * MILLI);
    assertFalse(line.boards.getFirst().energised(0, line.clock.now()));
    assertTrue(line.poller.image().coils().getFirst().writtenAt().nanosSince(last) < 2_200 * MILLI);
  }

  @Test
  void aFansCoilStaysAsItWasWhenTheScansStopBesideAZonesThatFalls() {
    List<CoilPlan> coils = List.of(new CoilPlan(0, 0), new CoilPlan(3, 0, true));
    TestLine line =
        new TestLine(
            FAST,
            List.of(
                TestLine.board("board", 9, HEAD, coils), TestLine.head("head", 1, HEAD, 1, true)),
            List.of(5_000, 8_000));
    line.levels = List.of(GRANTED, GRANTED);
    line.run(500 * MILLI);
    line.scanning = false;
    line.run(3_000 * MILLI);
    assertFalse(line.boards.getFirst().energised(0, line.clock.now()), "the zone's");
    assertTrue(line.boards.getFirst().energised(3, line.clock.now()), "the fan's");
  }

  @Test
  void aGrantedPulseHoldsWhileScansComeAndDropsWhenTheyStop() {
    TestLine line = relays(1_000);
    line.levels = List.of(GRANTED, WITHHELD);
    line.run(1_000 * MILLI);
    line.run(
        5_000 * MILLI,
        () -> assertTrue(line.boards.getFirst().energised(0, line.clock.now()), "chatter"));
    line.scanning = false;
    Tick stopped = line.clock.now();
    line.heard.clear();
    line.run(1_200 * MILLI);
    assertFalse(line.boards.getFirst().energised(0, line.clock.now()));
    assertTrue(
        line.heard.stream()
            .filter(h -> h.frame()[2] == 2)
            .allMatch(h -> h.lastByte().nanosSince(stopped) <= 150 * MILLI));
  }

  @Test
  void aPulseCoilIsNeverSwitchedOnForGoodAndATripWritesPlainOff() {
    TestLine line = relays(1_000);
    line.levels = List.of(GRANTED, GRANTED);
    line.run(2_000 * MILLI);
    line.heard.clear();
    line.drive(List.of(GRANTED, WITHHELD));
    line.run(100 * MILLI);
    assertFalse(line.boards.getFirst().energised(3, line.clock.now()));
    assertTrue(line.boards.getFirst().energised(0, line.clock.now()));
    assertTrue(line.heard.stream().anyMatch(h -> isWrite(h, 3, 0)));
    line.run(3_000 * MILLI);
    assertTrue(
        line.heard.stream()
            .filter(h -> h.frame()[1] == 5 && h.frame()[2] == 0)
            .allMatch(h -> h.frame()[4] == 0));
    assertTrue(line.heard.stream().noneMatch(h -> h.frame()[1] == 15 || h.frame()[0] == 0));
  }

  @Test
  void spoiltAnswersOfABoardWhoseCoilsAreAllGrantedDisturbNobody() {
    TestLine line = relays(1_000, new Timing(5, 15, 300, 0));
    line.levels = List.of(GRANTED, GRANTED);
    line.run(1_000 * MILLI);
    for (int i = 0; i < 400; i++) {
      line.slaves.getFirst().faultOnce(new SimFault.WrongCrc());
      line.run((60 + i % 29) * MILLI);
      assertTrue(line.boards.getFirst().energised(0, line.clock.now()));
      assertTrue(line.boards.getFirst().energised(3, line.clock.now()));
    }
    assertTrue(line.poller.image().slaves().getFirst().badFrames() > 200);
    assertTrue(line.poller.image().readings().getFirst().ageNanos(line.clock.now()) < 500 * MILLI);
  }

  @Test
  void aBoardThatDiesAndComesBackGetsItsLevels() {
    TestLine line = relays(0);
    line.levels = List.of(GRANTED, GRANTED);
    line.run(500 * MILLI);
    line.slaves.getFirst().fault(SimFault.SILENT);
    line.run(1_000 * MILLI);
    line.boards.getFirst().powerUp();
    line.slaves.getFirst().fault(SimFault.NONE);
    line.run(900 * MILLI);
    assertTrue(line.boards.getFirst().energised(0, line.clock.now()));
    assertTrue(line.boards.getFirst().energised(3, line.clock.now()));
  }

  @Test
  void aTripIsSentToABoardThatDoesNotAnswer() {
    TestLine line = relays(0);
    line.levels = List.of(GRANTED, GRANTED);
    line.run(500 * MILLI);
    line.slaves.getFirst().fault(new SimFault.Late(30));
    line.run(2_000 * MILLI);
    line.heard.clear();
    line.drive(List.of(WITHHELD, WITHHELD));
    line.run(150 * MILLI);
    assertTrue(line.heard.stream().anyMatch(h -> isWrite(h, 0, 0)));
    assertTrue(line.heard.stream().anyMatch(h -> isWrite(h, 3, 0)));
    assertEquals(WITHHELD, line.poller.image().coils().getFirst().written());
  }

  @Test
  void aLostPortIsToldAgesTheReadingsAndIsOpenedAgain() {
    TestLine line = relays(0);
    line.levels = List.of(GRANTED, GRANTED);
    line.run(500 * MILLI);
    line.bus.unplug();
    line.run(2_000 * MILLI);
    assertTrue(line.poller.image().port().contains("plug"));
    assertTrue(line.poller.image().readings().getFirst().ageNanos(line.clock.now()) > 1900 * MILLI);
    line.boards.getFirst().powerUp();
    line.bus.plug();
    line.run(900 * MILLI);
    assertEquals("", line.poller.image().port());
    assertTrue(line.poller.image().readings().getFirst().ageNanos(line.clock.now()) < 200 * MILLI);
    assertTrue(line.boards.getFirst().energised(0, line.clock.now()));
  }

  @Test
  void theNumberOfLevelsIsThePlansOwn() {
    TestLine line = relays(0);
    assertThrows(
        IllegalArgumentException.class,
        () -> line.poller.drive(List.of(GRANTED), line.clock.now()));
  }

  private static boolean isWrite(TestLine.Heard heard, int address, int high) {
    byte[] frame = heard.frame();
    return frame[1] == 5 && frame[2] == 0 && frame[3] == address && frame[4] == (byte) high;
  }
}
