package davy.bridge.modbus;

import static davy.bridge.modbus.Frames.noise;
import static davy.bridge.modbus.Frames.right;
import static davy.bridge.modbus.Frames.values;
import static davy.bridge.modbus.MasterRig.MILLI;
import static davy.bridge.modbus.MasterRig.QUIET;
import static davy.bridge.modbus.MasterRig.REQUESTS;
import static davy.bridge.modbus.MasterRig.SETTINGS;
import static davy.bridge.modbus.MasterRig.TIME;
import static davy.bridge.modbus.MasterRig.TIMING;
import static davy.bridge.modbus.MasterRig.at;
import static davy.bridge.modbus.MasterRig.echo;
import static davy.bridge.modbus.MasterRig.good;
import static davy.bridge.modbus.MasterRig.kind;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import davy.bridge.modbus.DeviceMap.Block;
import davy.bridge.modbus.DeviceMap.Space;
import davy.bridge.modbus.MasterRig.Kind;
import davy.bridge.modbus.RtuRequest.Read;
import davy.bridge.modbus.RtuRequest.WriteCoil;
import davy.bridge.modbus.ScriptedLine.Burst;
import davy.hal.signal.Tick;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The master's promises one by one; every fault of a line is in {@link FaultCatalogueTest}. */
final class RtuMasterTest {

  @Test
  void anEchoAloneIsSilence() {
    for (RtuRequest request : REQUESTS.subList(0, 4)) {
      MasterRig rig = new MasterRig((frame, _) -> echo(frame));
      assertEquals(Kind.SILENCE, kind(rig.transact(request)));
    }
  }

  @Test
  void theFirstEchoOfACoilWriteProvesNothingUntilTheAdapterIsKnown() {
    RtuRequest write = new WriteCoil(7, 0, WriteCoil.OFF);
    MasterRig rig =
        new MasterRig((frame, _) -> frame[1] == 5 ? echo(frame) : good(REQUESTS.getFirst(), 1));
    assertFalse(((Outcome.Reply) rig.transact(write)).proven());
    rig.transact(REQUESTS.getFirst());
    assertTrue(((Outcome.Reply) rig.transact(write)).proven());
  }

  /** The slave's answer to the first request comes late, at every moment up to its limit. */
  @Test
  void aLateReplyIsNeverTakenForTheAnswerToANewerRequest() {
    for (RtuRequest request : REQUESTS) {
      long worst = TIME.answer(request, TIMING) - TIME.characters(request.replyBytes());
      for (long late = 0; late <= TIMING.lateReplyMillis() * MILLI; late += MILLI / 4) {
        long after = worst + late + 1;
        MasterRig rig =
            new MasterRig(
                (_, number) ->
                    number == 1 ? at(after, right(request, 1)) : at(QUIET, right(request, 2)));
        Outcome first = rig.transact(request);
        if (first instanceof Outcome.Reply reply) {
          assertArrayEquals(values(request, 1), reply.values());
          continue;
        }
        Outcome second = rig.transact(request);
        switch (request) {
          case Read _ ->
              assertArrayEquals(
                  values(request, 2), assertInstanceOf(Outcome.Reply.class, second).values());
          case WriteCoil _ -> assertFalse(second instanceof Outcome.Reply reply && reply.proven());
        }
      }
    }
  }

  @Test
  void anotherSlaveIsAskedWhileOneRests() {
    RtuRequest silent = REQUESTS.get(2);
    RtuRequest other = new Read(8, new Block(Space.HOLDING, 0, 1));
    MasterRig rig = new MasterRig((frame, _) -> frame[0] == 7 ? List.of() : good(other, 1));
    rig.transact(silent);
    Tick now = rig.line.now;
    assertEquals(now, rig.master.readyAt(other, now));
    assertTrue(now.isBefore(rig.master.readyAt(silent, now)));
    assertThrows(IllegalStateException.class, () -> rig.master.begin(silent, TIMING, false, now));
    assertEquals(Kind.REPLY, kind(rig.transact(other)));
  }

  @Test
  void everyRequestKeepsThreeAndAHalfCharactersOfSilence() {
    RtuRequest request = REQUESTS.get(2);
    MasterRig rig = new MasterRig((_, _) -> good(request, 1));
    rig.transact(request);
    Tick replied = rig.line.now;
    rig.transact(request);
    long start = rig.line.sentAt.get(1).nanos() - TIME.request();
    assertEquals(SETTINGS.silenceNanos(), start - replied.nanos());
  }

  @Test
  void bytesThatArriveWhileIdleAreDroppedAndDelayTheNextRequest() {
    RtuRequest request = REQUESTS.get(2);
    MasterRig rig = new MasterRig((_, _) -> good(request, 1));
    rig.line.send(new Burst(MILLI, 0, right(request, 9)), rig.line.now);
    rig.pass(QUIET);
    Outcome.Reply reply = assertInstanceOf(Outcome.Reply.class, rig.transact(request));
    assertArrayEquals(values(request, 1), reply.values());
  }

  @Test
  void onABabblingLineAReadGivesUpUnsentButACoilWriteIsTried() {
    for (RtuRequest request : REQUESTS) {
      MasterRig rig = new MasterRig((_, _) -> List.of());
      rig.line.send(new Burst(0, 0, noise(1000)), rig.line.now);
      rig.pass(MILLI * 5);
      Tick began = rig.line.now;
      assertEquals(Kind.GARBLED, kind(rig.transact(request)));
      assertTrue(rig.line.now.nanosSince(began) <= TIME.transaction(request, TIMING));
      assertEquals(request instanceof WriteCoil ? 1 : 0, rig.line.requests.size());
    }
  }

  @Test
  void aLostPortEndsTheTransactionAtOnce() {
    MasterRig rig = new MasterRig((_, _) -> List.of());
    rig.master.begin(REQUESTS.get(2), TIMING, false, rig.line.now);
    rig.master.work(rig.line.now);
    rig.line.unplug();
    RtuMaster.Progress progress = rig.master.work(rig.line.now);
    assertEquals(new RtuMaster.Progress.Done(new Outcome.Lost("unplugged")), progress);
  }

  @Test
  void framesAreWhatTheBooksShow() {
    RtuRequest gas = new Read(1, new Block(Space.HOLDING, 0, 10));
    assertEquals("01030000000ac5cd", hex(RtuCodec.encode(gas)));
    assertEquals("010500000000cdca", hex(RtuCodec.encode(new WriteCoil(1, 0, WriteCoil.OFF))));
    assertEquals("01050000ff008c3a", hex(RtuCodec.encode(new WriteCoil(1, 0, WriteCoil.ON))));
    assertEquals("010502000007 8db0".replace(" ", ""), hex(RtuCodec.encode(pulse())));
    assertThrows(IllegalArgumentException.class, () -> new WriteCoil(0, 0, 0));
  }

  private static RtuRequest pulse() {
    return new WriteCoil(1, 0x0200, 7);
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  @Test
  void aReplyThatLayInTheDriverWhileTheThreadWasHeldUpIsAsOldAsItIs() throws Exception {
    RtuRequest request = REQUESTS.get(2);
    ScriptedLine line = new ScriptedLine(SETTINGS, (_, _) -> at(QUIET, right(request, 1)));
    RtuMaster master = new RtuMaster(SETTINGS, line, FrameTap.NONE, line.now);
    line.now = line.now.plusMillis(100);
    master.begin(request, TIMING, false, line.now);
    assertInstanceOf(RtuMaster.Progress.Pending.class, master.work(line.now));
    Tick latest = line.now.plusNanos(TIME.transaction(request, TIMING));
    line.now = line.now.plusMillis(5_000);
    RtuMaster.Progress.Done done =
        assertInstanceOf(RtuMaster.Progress.Done.class, master.work(line.now));
    Outcome.Reply reply = assertInstanceOf(Outcome.Reply.class, done.outcome());
    assertFalse(latest.isBefore(reply.arrival()), "it counts as fresh: " + reply.arrival());
  }
}
