package davy.bridge.sim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import davy.hal.SerialLine;
import davy.hal.SerialSettings;
import davy.hal.signal.Tick;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The simulated line against frames from makers' documents, byte by byte and tick by tick. */
final class WireTest {

  private static final SerialSettings SETTINGS =
      new SerialSettings(9600, SerialSettings.Format.F8N1);
  private static final long CHARACTER = SETTINGS.characterNanos();
  private static final long SILENCE = SETTINGS.silenceNanos();
  private static final int TURNAROUND_MICROS = 20_000;
  private static final String READ_TEN = "0103 0000 000A C5CD";

  private final SimGasHead head = SimGasHead.methane();
  private final SimRelays relays = new SimRelays(8);
  private final SimInputs inputs = new SimInputs(8);
  private final SimSlave headSlave = new SimSlave(1, head, TURNAROUND_MICROS);
  private final SimSlave twin = new SimSlave(1, SimGasHead.carbonMonoxide(), TURNAROUND_MICROS);
  private final SimSlave relaySlave = new SimSlave(2, relays, TURNAROUND_MICROS);
  private final SlaveBank bank =
      new SlaveBank(
          SETTINGS,
          List.of(headSlave, twin, relaySlave, new SimSlave(0xFE, inputs, TURNAROUND_MICROS)));
  private Tick now = new Tick(0);
  private final SimBus bus = new SimBus("line", bank, () -> now, to -> now = to);

  WireTest() {
    twin.fault(SimFault.SILENT);
  }

  @Test
  void theGasModuleAnswersItsMakersExampleQuery() throws IOException {
    head.measure(149);
    byte[] reply = ask(READ_TEN);
    assertEquals(25, reply.length);
    assertEquals("010314", hex(reply, 0, 3));
    assertEquals("4800" + "0095" + "0064" + "00C8" + "0190" + "0001", hex(reply, 3, 15));
    assertEquals("02BC" + "0B00", hex(reply, 17, 21));
    assertTrue(Crc16.holds(reply));
  }

  @Test
  void theCheckIsThatOfMakersExampleFrames() {
    for (String frame : List.of("04030000000AC598", "05030000000AC449", "FF02000000086C12")) {
      assertTrue(Crc16.holds(bytes(frame)), frame);
    }
    assertTrue(Crc16.holds(bytes("FF02010151A0")));
    assertFalse(Crc16.holds(bytes("FF02010150A0")));
    assertFalse(Crc16.holds(bytes("A0")));
  }

  @Test
  void everyByteTakesItsTimeAndTheSlaveItsTurnaround() throws IOException {
    SerialLine line = bus.open();
    line.write(bytes(READ_TEN), 0, 8);
    Tick expected = new Tick(8 * CHARACTER + TURNAROUND_MICROS * 1_000L + CHARACTER);
    line.await(now, expected.plusMillis(1000));
    assertEquals(expected, now);
    byte[] one = new byte[300];
    assertEquals(1, line.read(one, 0, 300));
    assertEquals(0, line.read(one, 0, 300));
    line.await(now, now.plusMillis(1000));
    assertEquals(expected.plusNanos(CHARACTER), now);
  }

  @Test
  void aTurnaroundShorterThanTheSilenceWaitsForTheSilence() throws IOException {
    SlaveBank quick = new SlaveBank(SETTINGS, List.of(new SimSlave(1, head, 0)));
    quick.send(bytes(READ_TEN), 0, 8, now);
    Tick frameEnd = new Tick(8 * CHARACTER + SILENCE);
    assertEquals(0, quick.take(frameEnd.plusNanos(CHARACTER - 1)).length);
    assertEquals(1, quick.take(frameEnd.plusNanos(CHARACTER)).length);
  }

  @Test
  void aRequestSoonerThanTheSilenceAfterAReplyIsAnsweredByNobody() throws IOException {
    SerialLine line = bus.open();
    line.write(bytes(READ_TEN), 0, 8);
    now = now.plusNanos(33 * CHARACTER + TURNAROUND_MICROS * 1_000L);
    assertEquals(25, line.read(new byte[99], 0, 99));
    now = now.plusNanos(SILENCE - CHARACTER - 1);
    line.write(bytes(READ_TEN), 0, 8);
    assertEquals(0, collect(line, 200).length);
    assertEquals(1, headSlave.requests());
    line.write(bytes(READ_TEN), 0, 8);
    assertEquals(25, collect(line, 200).length);
  }

  @Test
  void everyFaultDoesToTheReplyWhatItsNameSays() throws IOException {
    byte[] right = ask(READ_TEN);
    headSlave.fault(SimFault.SILENT);
    assertEquals(0, ask(READ_TEN).length);
    headSlave.fault(new SimFault.WrongCrc());
    byte[] wrong = ask(READ_TEN);
    assertEquals(25, wrong.length);
    assertFalse(Crc16.holds(wrong));
    headSlave.fault(new SimFault.Garbage(7));
    byte[] garbage = ask(READ_TEN);
    assertEquals(25, garbage.length);
    assertFalse(Crc16.holds(garbage));
    assertArrayEquals(garbage, ask(READ_TEN));
    headSlave.fault(new SimFault.Truncated(4));
    assertEquals(4, ask(READ_TEN).length);
    headSlave.fault(new SimFault.Refusal(4));
    assertArrayEquals(Crc16.closed(bytes("018304")), ask(READ_TEN));
    headSlave.fault(SimFault.NONE);
    assertEquals(right.length, ask(READ_TEN).length);
  }

  @Test
  void aFaultOnceSpoilsOneReplyOnly() throws IOException {
    headSlave.faultOnce(SimFault.SILENT);
    assertEquals(0, ask(READ_TEN).length);
    assertEquals(25, ask(READ_TEN).length);
  }

  @Test
  void aLateSlaveAnswersRightAndLate() throws IOException {
    headSlave.fault(new SimFault.Late(100));
    SerialLine line = bus.open();
    line.write(bytes(READ_TEN), 0, 8);
    Tick asked = now;
    line.await(now, now.plusMillis(1000));
    assertEquals(asked.plusNanos(9 * CHARACTER + TURNAROUND_MICROS * 1_000L).plusMillis(100), now);
  }

  @Test
  void aLateReplyAndTheNextRequestSpoilEachOther() throws IOException {
    headSlave.fault(new SimFault.Late(100));
    SerialLine line = bus.open();
    line.write(bytes(READ_TEN), 0, 8);
    now = now.plusNanos(10 * CHARACTER + TURNAROUND_MICROS * 1_000L).plusMillis(100);
    line.write(Crc16.closed(bytes("020100000008")), 0, 8);
    byte[] reply = collect(line, 300);
    assertEquals(25, reply.length);
    assertFalse(Crc16.holds(reply));
    assertEquals(0, relaySlave.requests());
  }

  @Test
  void twoSlavesWithOneAddressSpoilEachOther() throws IOException {
    twin.fault(SimFault.NONE);
    byte[] reply = ask(READ_TEN);
    assertEquals(50, reply.length);
    assertFalse(Crc16.holds(Arrays.copyOf(reply, 25)));
  }

  @Test
  void aFrozenSlaveRepeatsItselfWhileTheGasRises() throws IOException {
    head.measure(20);
    byte[] before = ask(READ_TEN);
    headSlave.fault(new SimFault.Frozen());
    head.measure(200);
    assertArrayEquals(before, ask(READ_TEN));
    headSlave.fault(SimFault.NONE);
    assertNotEquals(hex(before, 0, 25), hex(ask(READ_TEN), 0, 25));
  }

  @Test
  void noiseSpoilsWhatItFallsUpon() throws IOException {
    SerialLine line = bus.open();
    line.write(bytes(READ_TEN), 0, 8);
    now = now.plusNanos(8 * CHARACTER + TURNAROUND_MICROS * 1_000L + 5 * CHARACTER);
    bus.disturb(new byte[] {0x55});
    byte[] reply = collect(line, 200);
    assertFalse(Crc16.holds(reply));
    line.close();
    assertTrue(Crc16.holds(ask(READ_TEN)));
  }

  @Test
  void aRelayPulseDropsByItselfARepeatExtendsItAndOffEndsItAtOnce() throws IOException {
    byte[] pulse = Crc16.closed(bytes("020502030005"));
    assertArrayEquals(pulse, exchange(pulse));
    exchange(pulse);
    assertEquals(new Tick(600_000_000), now);
    assertTrue(relays.energised(3, now), "the repeat extends");
    assertEquals("02010108", hex(exchange(Crc16.closed(bytes("020100000008"))), 0, 4));
    assertFalse(relays.energised(3, now), "silence drops");
    exchange(pulse);
    assertTrue(relays.energised(3, now));
    exchange(Crc16.closed(bytes("020500030000")));
    assertFalse(relays.energised(3, now.plusMillis(-250)), "OFF ends it at once");
  }

  @Test
  void aPulseEndsExactlyAtItsLength() {
    Tick start = new Tick(1_000);
    assertTrue(relays.write(0x0200, 5, start));
    assertTrue(relays.energised(0, start.plusMillis(500).plusNanos(-1)));
    assertFalse(relays.energised(0, start.plusMillis(500)));
  }

  @Test
  void powerUpIsOffAndPlainOnLasts() {
    relays.write(7, 0xFF00, now);
    assertTrue(relays.energised(7, now.plusMillis(86_400_000)));
    relays.powerUp();
    assertFalse(relays.energised(7, now));
    assertFalse(relays.write(8, 0xFF00, now));
    assertFalse(relays.write(0x0208, 5, now));
    assertFalse(relays.write(0, 0x1234, now));
  }

  @Test
  void inputsAnswerTheirMakersExampleQuery() throws IOException {
    inputs.contact(0, true);
    inputs.contact(4, true);
    inputs.contact(6, true);
    byte[] query = Crc16.closed(bytes("FE0200000008"));
    assertArrayEquals(Crc16.closed(bytes("FE020151")), exchange(query));
  }

  @Test
  void unknownFunctionsAndAddressesAreRefused() throws IOException {
    assertArrayEquals(Crc16.closed(bytes("018601")), exchange(Crc16.closed(bytes("010600000001"))));
    assertArrayEquals(Crc16.closed(bytes("018302")), exchange(Crc16.closed(bytes("01030000000B"))));
    assertArrayEquals(Crc16.closed(bytes("018303")), exchange(Crc16.closed(bytes("010300000000"))));
    assertArrayEquals(Crc16.closed(bytes("028502")), exchange(Crc16.closed(bytes("020500081234"))));
  }

  @Test
  void aFrameOfTheWrongLengthDoesNothingAndIsAnsweredByNobody() throws IOException {
    relays.write(0, 0xFF00, now);
    assertEquals(0, exchange(Crc16.closed(bytes("0205"))).length);
    assertEquals(0, exchange(Crc16.closed(bytes("02050000000000"))).length);
    assertTrue(relays.energised(0, now));
    assertEquals(5, exchange(Crc16.closed(bytes("0299"))).length);
  }

  @Test
  void noBytesBreakTheLine() throws IOException {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    try {
      for (int i = 0; i < 2000; i++) {
        byte[] message = new byte[random.nextInt(12)];
        random.nextBytes(message);
        if (message.length > 1) {
          message[0] = (byte) random.nextInt(4);
          message[1] = (byte) random.nextInt(8);
        }
        exchange(random.nextBoolean() ? message : Crc16.closed(message));
      }
      assertEquals(25, ask(READ_TEN).length);
    } catch (RuntimeException | AssertionError e) {
      throw new AssertionError("seed " + seed, e);
    }
  }

  @Test
  void anUnpluggedAdapterLosesItsLineAndOpensAgainWhenPlugged() throws IOException {
    SerialLine line = bus.open();
    assertThrows(IOException.class, bus::open);
    bus.unplug();
    assertThrows(IOException.class, () -> line.read(new byte[1], 0, 1));
    assertThrows(IOException.class, () -> line.write(new byte[1], 0, 1));
    assertThrows(IOException.class, bus::open);
    line.await(now, now.plusMillis(1000));
    assertEquals(new Tick(0), now);
    bus.plug();
    assertEquals(25, ask(READ_TEN).length);
  }

  @Test
  void aWakeUpEndsOneAwaitAtOnce() throws IOException {
    SerialLine line = bus.open();
    line.wake();
    line.await(now, now.plusMillis(50));
    assertEquals(new Tick(0), now);
    line.await(now, now.plusMillis(50));
    assertEquals(new Tick(50_000_000), now);
  }

  @Test
  void listenersHearTheMastersFramesWithTheTickOfTheirLastByte() throws IOException {
    List<String> heard = new ArrayList<>();
    bank.listen((frame, at) -> heard.add(hex(frame, 0, frame.length) + " " + at.nanos()));
    ask(READ_TEN);
    assertEquals(List.of("01030000000AC5CD " + 8 * CHARACTER), heard);
  }

  private byte[] ask(String request) throws IOException {
    return exchange(bytes(request));
  }

  private byte[] exchange(byte[] request) throws IOException {
    try (SerialLine line = bus.open()) {
      line.write(request, 0, request.length);
      return collect(line, 300);
    }
  }

  private byte[] collect(SerialLine line, int millis) throws IOException {
    Tick end = now.plusMillis(millis);
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    byte[] buffer = new byte[300];
    while (now.isBefore(end)) {
      line.await(now, end);
      all.write(buffer, 0, line.read(buffer, 0, buffer.length));
    }
    return all.toByteArray();
  }

  private static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex.replace(" ", ""));
  }

  private static String hex(byte[] bytes, int from, int to) {
    return HexFormat.of().withUpperCase().formatHex(bytes, from, to);
  }
}
