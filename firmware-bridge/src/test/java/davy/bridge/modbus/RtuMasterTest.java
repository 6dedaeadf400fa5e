package davy.bridge.modbus;

import static davy.bridge.modbus.Frames.counted;
import static davy.bridge.modbus.Frames.cut;
import static davy.bridge.modbus.Frames.cutTo;
import static davy.bridge.modbus.Frames.flip;
import static davy.bridge.modbus.Frames.noise;
import static davy.bridge.modbus.Frames.other;
import static davy.bridge.modbus.Frames.refusal;
import static davy.bridge.modbus.Frames.resized;
import static davy.bridge.modbus.Frames.right;
import static davy.bridge.modbus.Frames.values;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import davy.bridge.modbus.DeviceMap.Block;
import davy.bridge.modbus.DeviceMap.Space;
import davy.bridge.modbus.DeviceMap.Timing;
import davy.bridge.modbus.RtuRequest.Read;
import davy.bridge.modbus.RtuRequest.WriteCoil;
import davy.bridge.modbus.ScriptedLine.Burst;
import davy.hal.SerialSettings;
import davy.hal.SerialSettings.Format;
import davy.hal.signal.Tick;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every fault a line can have, for every function code, byte by byte in simulated time. */
final class RtuMasterTest {

  private static final long MILLI = 1_000_000;
  private static final SerialSettings SETTINGS = new SerialSettings(9600, Format.F8N1);
  private static final Timing TIMING = new Timing(10, 60, 150, 0);
  private static final WireTime TIME = new WireTime(SETTINGS);
  private static final long QUIET = 10 * MILLI;

  private static final List<RtuRequest> REQUESTS =
      List.of(
          new Read(7, new Block(Space.COIL, 0, 8)),
          new Read(7, new Block(Space.DISCRETE, 3, 19)),
          new Read(7, new Block(Space.HOLDING, 100, 10)),
          new Read(7, new Block(Space.INPUT, 0, 1)),
          new WriteCoil(7, 0x0203, 5));

  /** What must come of it. */
  private enum Expect {
    REPLY,
    REFUSED,
    SILENCE,
    GARBLED
  }

  private record Row(String fault, Expect expect, Play play) {}

  @FunctionalInterface
  private interface Play {
    List<Burst> bursts(RtuRequest request);
  }

  private static List<Row> faultTable() {
    return Stream.concat(faultsOfTheWire().stream(), faultsOfTheMessage().stream()).toList();
  }

  private static List<Row> faultsOfTheWire() {
    return List.of(
        new Row("none", Expect.REPLY, r -> at(QUIET, right(r, 1))),
        new Row("answers at the last moment", Expect.REPLY, r -> at(60 * MILLI, right(r, 1))),
        new Row("silence", Expect.SILENCE, _ -> List.of()),
        new Row("one byte each 20 ms", Expect.GARBLED, r -> dribble(right(r, 1))),
        new Row("noise before", Expect.REPLY, r -> at(QUIET, Frames.join(noise(3), right(r, 1)))),
        new Row(
            "a zero before", Expect.REPLY, r -> at(QUIET, Frames.join(new byte[1], right(r, 1)))),
        new Row("noise after", Expect.REPLY, r -> at(QUIET, Frames.join(right(r, 1), noise(3)))),
        new Row(
            "noise on both sides",
            Expect.GARBLED,
            r -> at(QUIET, Frames.join(noise(3), Frames.join(right(r, 1), noise(2))))),
        new Row("truncated", Expect.GARBLED, r -> at(QUIET, cut(right(r, 1), 1))),
        new Row("only the first byte", Expect.GARBLED, r -> at(QUIET, cutTo(right(r, 1), 1))),
        new Row("wrong CRC", Expect.GARBLED, r -> at(QUIET, flip(right(r, 1), -1))),
        new Row("a flipped data bit", Expect.GARBLED, r -> at(QUIET, flip(right(r, 1), 3))));
  }

  private static List<Row> faultsOfTheMessage() {
    return List.of(
        new Row("wrong unit", Expect.GARBLED, r -> at(QUIET, other(r, 8, r.function()))),
        new Row("wrong function", Expect.GARBLED, r -> at(QUIET, other(r, 7, r.function() ^ 7))),
        new Row("fewer than asked", Expect.GARBLED, r -> at(QUIET, resized(r, -1))),
        new Row("more than asked", Expect.GARBLED, r -> at(QUIET, resized(r, 1))),
        new Row("byte count 253", Expect.GARBLED, r -> at(QUIET, counted(r, 253))),
        new Row("byte count 255", Expect.GARBLED, r -> at(QUIET, counted(r, 255))),
        new Row("exception", Expect.REFUSED, r -> at(QUIET, refusal(r, 2))),
        new Row(
            "noise, exception",
            Expect.REFUSED,
            r -> at(QUIET, Frames.join(noise(2), refusal(r, 6)))),
        new Row(
            "a foreign frame first",
            Expect.REPLY,
            r -> join(at(QUIET, other(r, 8, 3)), at(45 * MILLI, right(r, 1)))),
        new Row(
            "a foreign frame touching",
            Expect.REPLY,
            r -> at(QUIET, Frames.join(other(r, 8, 3), right(r, 1)))),
        new Row(
            "a wrong CRC, then the right reply",
            Expect.REPLY,
            r -> join(at(5 * MILLI, flip(right(r, 2), -1)), at(40 * MILLI, right(r, 1)))),
        new Row("600 bytes of babble", Expect.GARBLED, _ -> at(0, noise(600))));
  }

  static Stream<Arguments> everyFaultOfEveryFunction() {
    return REQUESTS.stream()
        .flatMap(r -> faultTable().stream().map(row -> Arguments.of(r, row.fault(), row)));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("everyFaultOfEveryFunction")
  void aFaultNeverPassesForAReplyAndNeverOutlastsTheDeadline(
      RtuRequest request, String fault, Row row) {
    Rig rig = new Rig((_, number) -> number == 1 ? row.play().bursts(request) : good(request));
    Outcome outcome = rig.transact(request);

    assertEquals(row.expect(), kind(outcome), fault);
    assertTrue(
        rig.line.now.nanos() <= TIME.transaction(request, TIMING), "later than its deadline");
    if (outcome instanceof Outcome.Reply reply) {
      assertArrayEquals(values(request, 1), reply.values());
    }
    rig.rest(request);
    rig.pass(700 * MILLI);
    assertEquals(Expect.REPLY, kind(rig.transact(request)), "the next transaction after " + fault);
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("everyFaultOfEveryFunction")
  void anAdapterThatEchoesChangesNothing(RtuRequest request, String fault, Row row) {
    RtuRequest probe = new Read(9, new Block(Space.HOLDING, 0, 1));
    Rig rig =
        new Rig(
            (frame, number) ->
                join(
                    echo(frame),
                    number == 1
                        ? good(probe)
                        : number == 2 ? row.play().bursts(request) : good(request)));
    rig.transact(probe);
    assertEquals(row.expect(), kind(rig.transact(request)), fault);
    rig.rest(request);
    rig.pass(700 * MILLI);
    assertEquals(Expect.REPLY, kind(rig.transact(request)));
  }

  @Test
  void anEchoAloneIsSilence() {
    for (RtuRequest request : REQUESTS.subList(0, 4)) {
      Rig rig = new Rig((frame, _) -> echo(frame));
      assertEquals(Expect.SILENCE, kind(rig.transact(request)));
    }
  }

  @Test
  void theFirstEchoOfACoilWriteProvesNothingUntilTheAdapterIsKnown() {
    RtuRequest write = new WriteCoil(7, 0, WriteCoil.OFF);
    Rig rig = new Rig((frame, _) -> frame[1] == 5 ? echo(frame) : good(REQUESTS.getFirst()));
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
        Rig rig =
            new Rig(
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
    Rig rig = new Rig((frame, _) -> frame[0] == 7 ? List.of() : good(other));
    rig.transact(silent);
    Tick now = rig.line.now;
    assertEquals(now, rig.master.readyAt(other, now));
    assertTrue(now.isBefore(rig.master.readyAt(silent, now)));
    assertThrows(IllegalStateException.class, () -> rig.master.begin(silent, TIMING, now));
    assertEquals(Expect.REPLY, kind(rig.transact(other)));
  }

  @Test
  void everyRequestKeepsThreeAndAHalfCharactersOfSilence() {
    RtuRequest request = REQUESTS.get(2);
    Rig rig = new Rig((_, _) -> good(request));
    rig.transact(request);
    Tick replied = rig.line.now;
    rig.transact(request);
    long start = rig.line.sentAt.get(1).nanos() - TIME.request();
    assertEquals(SETTINGS.silenceNanos(), start - replied.nanos());
  }

  @Test
  void bytesThatArriveWhileIdleAreDroppedAndDelayTheNextRequest() {
    RtuRequest request = REQUESTS.get(2);
    Rig rig = new Rig((_, _) -> good(request));
    rig.line.send(new Burst(MILLI, 0, right(request, 9)), rig.line.now);
    rig.pass(QUIET);
    Outcome.Reply reply = assertInstanceOf(Outcome.Reply.class, rig.transact(request));
    assertArrayEquals(values(request, 1), reply.values());
  }

  @Test
  void onABabblingLineAReadGivesUpUnsentButACoilWriteIsTried() {
    for (RtuRequest request : REQUESTS) {
      Rig rig = new Rig((_, _) -> List.of());
      rig.line.send(new Burst(0, 0, noise(1000)), rig.line.now);
      rig.pass(MILLI * 5);
      Tick began = rig.line.now;
      assertEquals(Expect.GARBLED, kind(rig.transact(request)));
      assertTrue(rig.line.now.nanosSince(began) <= TIME.transaction(request, TIMING));
      assertEquals(request instanceof WriteCoil ? 1 : 0, rig.line.requests.size());
    }
  }

  @Test
  void aLostPortEndsTheTransactionAtOnce() {
    Rig rig = new Rig((_, _) -> List.of());
    rig.master.begin(REQUESTS.get(2), TIMING, rig.line.now);
    rig.master.work(rig.line.now);
    rig.line.lost = true;
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

  /** A master on a scripted line, and the clock that steps both. */
  private static final class Rig {
    final ScriptedLine line;
    final RtuMaster master;

    Rig(ScriptedLine.Script script) {
      line = new ScriptedLine(SETTINGS, script);
      master = new RtuMaster(SETTINGS, line, FrameTap.NONE, line.now);
      line.now = line.now.plusNanos(-QUIET);
      master.attach(line, line.now);
      line.now = new Tick(0);
    }

    Outcome transact(RtuRequest request) {
      rest(request);
      master.begin(request, TIMING, line.now);
      while (true) {
        switch (master.work(line.now)) {
          case RtuMaster.Progress.Done done -> {
            return done.outcome();
          }
          case RtuMaster.Progress.Pending pending -> step(pending.until());
        }
      }
    }

    void rest(RtuRequest request) {
      pass(master.readyAt(request, line.now).nanosSince(line.now));
    }

    void pass(long nanos) {
      Tick end = line.now.plusNanos(nanos);
      while (line.now.isBefore(end)) {
        step(end);
        master.work(line.now);
      }
    }

    private void step(Tick until) {
      Tick next = line.nextDue().map(due -> due.earliest(until)).orElse(until);
      line.now = next.latest(line.now);
    }
  }

  private static Expect kind(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Reply _ -> Expect.REPLY;
      case Outcome.Refused _ -> Expect.REFUSED;
      case Outcome.Silence _ -> Expect.SILENCE;
      case Outcome.Garbled _ -> Expect.GARBLED;
      case Outcome.Lost lost -> throw new AssertionError(lost);
    };
  }

  private static List<Burst> good(RtuRequest request) {
    return at(QUIET, right(request, 1));
  }

  private static List<Burst> at(long after, byte[] bytes) {
    return List.of(new Burst(after, 0, bytes));
  }

  private static List<Burst> echo(byte[] frame) {
    return at(-TIME.request() + MILLI / 10, frame);
  }

  private static List<Burst> dribble(byte[] bytes) {
    return List.of(new Burst(QUIET, 20 * MILLI, bytes));
  }

  private static List<Burst> join(List<Burst> first, List<Burst> second) {
    List<Burst> both = new ArrayList<>(first);
    both.addAll(second);
    return both;
  }

  @Test
  void aReplyThatLayInTheDriverWhileTheThreadWasHeldUpIsAsOldAsItIs() throws Exception {
    RtuRequest request = REQUESTS.get(2);
    ScriptedLine line = new ScriptedLine(SETTINGS, (_, _) -> at(QUIET, right(request, 1)));
    RtuMaster master = new RtuMaster(SETTINGS, line, FrameTap.NONE, line.now);
    line.now = line.now.plusMillis(100);
    master.begin(request, TIMING, line.now);
    assertInstanceOf(RtuMaster.Progress.Pending.class, master.work(line.now));
    Tick latest = line.now.plusNanos(TIME.transaction(request, TIMING));
    line.now = line.now.plusMillis(5_000);
    RtuMaster.Progress.Done done =
        assertInstanceOf(RtuMaster.Progress.Done.class, master.work(line.now));
    Outcome.Reply reply = assertInstanceOf(Outcome.Reply.class, done.outcome());
    assertFalse(latest.isBefore(reply.arrival()), "it counts as fresh: " + reply.arrival());
  }
}
