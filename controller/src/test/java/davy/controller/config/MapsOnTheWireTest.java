package davy.controller.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import davy.bridge.modbus.Decoder;
import davy.bridge.modbus.DeviceMap;
import davy.bridge.modbus.DeviceMap.Block;
import davy.bridge.modbus.LinePlan;
import davy.bridge.modbus.RegisterImage;
import davy.bridge.modbus.RegisterImage.Part;
import davy.bridge.sim.SimBus;
import davy.bridge.sim.SimDevice;
import davy.bridge.sim.SimGasHead;
import davy.bridge.sim.SimInputs;
import davy.bridge.sim.SimRelays;
import davy.bridge.sim.SimSlave;
import davy.bridge.sim.SimTransmitter;
import davy.bridge.sim.SlaveBank;
import davy.hal.SerialLine;
import davy.hal.SerialSettings;
import davy.hal.signal.Reading;
import davy.hal.signal.SensorFault;
import davy.hal.signal.Tick;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Every map that comes with Davy, read from its file and held against its device on the wire. */
final class MapsOnTheWireTest {

  private static final int ADDRESS = 17;

  private Tick now = new Tick(0);

  @Test
  void theGasModuleReadsMethaneAndTemperature() throws IOException {
    SimGasHead head = SimGasHead.methane();
    Poll poll = new Poll("gas-6in1", "", 0, head);
    head.measure(149);
    head.temperature(-246);
    assertEquals(List.of(149, -246), poll.amounts());
    head.measure(-5);
    assertEquals(-5, poll.amounts().getFirst());
    head.measure(400);
    assertEquals(400, poll.amounts().getFirst());
    head.measure(401);
    assertTrue(poll.overRange());
    head.measure(20);
    head.status(0);
    assertEquals(Optional.of(SensorFault.WARM_UP), poll.fault());
    head.status(7);
    assertEquals(Optional.of(SensorFault.BROKEN_LINE), poll.fault());
    head.status(14);
    assertEquals(Optional.of(SensorFault.UNREADABLE), poll.fault());
    head.status(6);
    assertEquals(20, poll.amounts().getFirst());
  }

  @Test
  void aGasModuleWhoseConverterStandsStillIsFrozen() throws IOException {
    SimGasHead head = SimGasHead.methane();
    Poll poll = new Poll("gas-6in1", "parameters.livenessMillis = 1000", 0, head);
    for (int i = 0; i < 20; i++) {
      assertEquals(Optional.empty(), poll.fault());
    }
    head.stick(now);
    head.measure(300);
    poll.readings();
    now = now.plusMillis(1001);
    assertEquals(Optional.of(SensorFault.FROZEN), poll.fault());
    head.unstick();
    assertEquals(300, poll.amounts().getFirst());
  }

  @Test
  void aGasModuleInLelNeedsTheDeclaredLel() throws IOException {
    SimGasHead head = SimGasHead.methaneInLel();
    head.measure(201);
    assertEquals(
        Optional.of(SensorFault.WRONG_IDENTITY), new Poll("gas-6in1", "", 0, head).fault());
    assertEquals(89, new Poll("gas-6in1", "", 440, head).amounts().getFirst());
  }

  @Test
  void aModuleForAnotherGasIsWrongIdentity() throws IOException {
    SimGasHead monoxide = SimGasHead.carbonMonoxide();
    monoxide.measure(24);
    assertEquals(
        Optional.of(SensorFault.WRONG_IDENTITY), new Poll("gas-6in1", "", 440, monoxide).fault());
    Poll poll = new Poll("gas-6in1-co", "", 0, monoxide);
    assertEquals(24, poll.amounts().getFirst());
    monoxide.measure(1001);
    assertTrue(poll.overRange());
    assertEquals(
        Optional.of(SensorFault.WRONG_IDENTITY),
        new Poll("gas-6in1-co", "", 0, SimGasHead.methane()).fault());
  }

  @Test
  void theITransReadsItsTypeModeAndStatus() throws IOException {
    SimTransmitter head = SimTransmitter.iTrans(3, ADDRESS, 111);
    Poll poll = iTrans(head);
    head.set(101, 14);
    assertEquals(List.of(140), poll.amounts());
    head.set(101, -2);
    assertEquals(List.of(-20), poll.amounts());
    head.set(111, 2);
    assertEquals(Optional.of(SensorFault.TEST_MODE), poll.fault());
    head.set(111, 1);
    head.set(112, 1 << 11 | 1 << 2);
    assertEquals(Optional.of(SensorFault.BROKEN_LINE), poll.fault());
    for (int bit : List.of(2, 4, 5, 12, 13, 14, 15)) {
      head.set(112, 1 << bit);
      assertEquals(Optional.of(SensorFault.DEVICE_FAULT), poll.fault(), "bit " + bit);
    }
    head.set(112, 1 << 3);
    assertTrue(poll.overRange());
    head.set(112, 3);
    assertEquals(List.of(-20), poll.amounts(), "its own alarms are no fault");
    head.set(100, 3 << 8 | ADDRESS + 1);
    assertEquals(Optional.of(SensorFault.WRONG_IDENTITY), poll.fault());
    head.set(100, 7 << 8 | ADDRESS);
    assertEquals(Optional.of(SensorFault.WRONG_IDENTITY), poll.fault());
  }

  @Test
  void aGenericHeadReadsFloatsAcrossTwoRegisters() throws IOException {
    SimTransmitter head = new SimTransmitter();
    Poll poll =
        new Poll(
            "generic-methane",
            """
            [device.parameters]
            register = 8
            registers = 2
            encoding = "float32"
            unit = "percent-volume"
            decimals = 0
            maximum = 4.00
            """,
            0,
            head);
    int bits = Float.floatToIntBits(1.501f);
    head.set(8, bits >>> 16);
    head.set(9, bits);
    assertEquals(List.of(151), poll.amounts());
    head.set(8, 0x7FC0);
    assertEquals(Optional.of(SensorFault.UNREADABLE), poll.fault());
  }

  @Test
  void theAirSpeedHeadRoundsDown() throws IOException {
    SimTransmitter head = SimTransmitter.windSpeed(2);
    Poll poll = new Poll("wind-speed", "parameters = { register = 2, decimals = 3 }", 0, head);
    head.set(2, 259);
    assertEquals(List.of(25), poll.amounts());
    head.set(2, 15_010);
    assertTrue(poll.overRange());
  }

  @Test
  void everyInputIsItsOwnContact() throws IOException {
    SimInputs inputs = new SimInputs(8);
    Poll poll = new Poll("digital-inputs", "", 0, inputs);
    for (int i = 0; i < 8; i++) {
      inputs.contact(i, true);
      List<Integer> expected = new ArrayList<>();
      for (int j = 0; j < 8; j++) {
        expected.add(j == i ? 1 : 0);
      }
      assertEquals(expected, poll.amounts());
      inputs.contact(i, false);
    }
  }

  @Test
  void theRelayBoardsMapNamesItsCoilsAndPulses() throws IOException {
    SimRelays relays = new SimRelays(8);
    Poll poll = new Poll("relay-waveshare", "", 0, relays);
    DeviceMap.Relay relay = poll.slave.map().relay().orElseThrow();
    DeviceMap.Pulse pulse = relay.pulse().orElseThrow();
    for (int coil = 0; coil < relay.coils(); coil++) {
      poll.ask(5, pulse.firstAddress() + coil, 300 / pulse.unitMillis());
      assertTrue(relays.energised(coil, now));
      byte[] readBack = poll.ask(1, relay.firstCoil(), relay.coils());
      assertEquals(1 << coil, readBack[3] & 0xFF);
      poll.ask(5, relay.firstCoil() + coil, 0);
      assertEquals(0, poll.ask(1, relay.firstCoil(), relay.coils())[3]);
    }
  }

  @Test
  void noRegistersBreakADecoderOrMakeAValueOutsideItsRange() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (String map : List.of("gas-6in1", "gas-6in1-co", "digital-inputs")) {
      judgeRandomPolls(shipped(map, ""), random, seed);
    }
    for (String encoding : List.of("u16", "s16", "u32", "s32", "float32")) {
      String entry =
          """
          [device.parameters]
          register = 0
          registers = 2
          encoding = "%s"
          unit = "percent-lel"
          decimals = 1
          maximum = 4.00
          """;
      judgeRandomPolls(shipped("generic-methane", entry.formatted(encoding)), random, seed);
    }
  }

  private void judgeRandomPolls(DeviceMap map, Random random, long seed) {
    Decoder decoder =
        new Decoder(new LinePlan.SlavePlan("head", 1, map, true, 100, 500, List.of()));
    Block block = map.blocks().getFirst();
    int top = MapFields.isBit(block.space()) ? 2 : 0x10000;
    for (int i = 0; i < 20_000; i++) {
      int[] values = random.ints(block.count(), 0, top).toArray();
      RegisterImage raw = new RegisterImage(List.of(new Part(block, values)));
      List<Reading> readings = decoder.decode(raw, now);
      for (int c = 0; c < readings.size(); c++) {
        if (readings.get(c) instanceof Reading.Good good) {
          DeviceMap.Channel channel = map.channels().get(c);
          assertTrue(
              good.amount() >= channel.minimum() && good.amount() <= channel.maximum(),
              "seed " + seed + ": " + good + " from " + raw);
        }
      }
    }
  }

  private Poll iTrans(SimTransmitter head) throws IOException {
    return new Poll(
        "oldham-itrans",
        """
            [device.parameters]
            sensorType = 3
            modeRegister = 111
            statusRegister = 112
            unit = "percent-volume"
            decimals = 1
            maximum = 5.0
            """,
        0,
        head);
  }

  /** What stands side by side in a device is asked for at once. */
  @Test
  void adjacentRegistersOfADeviceAreReadInOneRequest() throws IOException {
    List<Poll> polls =
        List.of(
            new Poll("gas-6in1", "", 0, SimGasHead.methane()),
            new Poll("gas-6in1-co", "", 0, SimGasHead.carbonMonoxide()),
            iTrans(SimTransmitter.iTrans(3, ADDRESS, 111)),
            new Poll("digital-inputs", "", 0, new SimInputs(8)));
    for (Poll poll : polls) {
      poll.readings();
      assertEquals(1, poll.asked, poll.slave.map().name());
      assertTrue(poll.slave.map().blocks().getFirst().count() > 1, poll.slave.map().name());
    }
  }

  /** One device behind its map, polled by hand. */
  private final class Poll {

    private final LinePlan.SlavePlan slave;
    private final Decoder decoder;
    private final SerialLine line;
    private int asked;

    Poll(String map, String entry, int lelHundredths, SimDevice device) throws IOException {
      SerialSettings settings = new SerialSettings(9600, SerialSettings.Format.F8N1);
      SlaveBank bank = new SlaveBank(settings, List.of(new SimSlave(ADDRESS, device, 20_000)));
      slave =
          new LinePlan.SlavePlan(
              "head", ADDRESS, shipped(map, entry), true, 100, lelHundredths, List.of());
      decoder = new Decoder(slave);
      line = new SimBus("line", bank, () -> now, to -> now = to).open();
    }

    List<Reading> readings() throws IOException {
      List<Part> parts = new ArrayList<>();
      for (Block block : slave.map().blocks()) {
        byte[] reply = ask(block.space().function(), block.address(), block.count());
        parts.add(new Part(block, values(block, reply)));
      }
      return decoder.decode(new RegisterImage(parts), now);
    }

    List<Integer> amounts() throws IOException {
      return readings().stream()
          .map(reading -> reading instanceof Reading.Good good ? good.amount() : Integer.MIN_VALUE)
          .toList();
    }

    Optional<SensorFault> fault() throws IOException {
      return readings().getFirst() instanceof Reading.Faulty faulty
          ? Optional.of(faulty.fault())
          : Optional.empty();
    }

    boolean overRange() throws IOException {
      return readings().getFirst() instanceof Reading.OverRange;
    }

    byte[] ask(int function, int first, int second) throws IOException {
      byte[] request =
          closed(ADDRESS, function, first >> 8, first & 0xFF, second >> 8, second & 0xFF);
      line.write(request, 0, request.length);
      asked++;
      ByteArrayOutputStream reply = new ByteArrayOutputStream();
      byte[] buffer = new byte[300];
      Tick end = now.plusMillis(100);
      while (now.isBefore(end)) {
        line.await(now, end);
        reply.write(buffer, 0, line.read(buffer, 0, buffer.length));
      }
      assertTrue(reply.size() > 5, "a reply of " + reply.size() + " bytes");
      return reply.toByteArray();
    }
  }

  private static int[] values(Block block, byte[] reply) {
    int[] values = new int[block.count()];
    for (int i = 0; i < values.length; i++) {
      values[i] =
          MapFields.isBit(block.space())
              ? reply[3 + i / 8] >> i % 8 & 1
              : (reply[3 + 2 * i] & 0xFF) << 8 | reply[4 + 2 * i] & 0xFF;
    }
    return values;
  }

  private static byte[] closed(int... message) {
    byte[] frame = new byte[message.length + 2];
    int crc = 0xFFFF;
    for (int i = 0; i < message.length; i++) {
      frame[i] = (byte) message[i];
      crc ^= message[i] & 0xFF;
      for (int bit = 0; bit < 8; bit++) {
        crc = (crc & 1) == 1 ? crc >>> 1 ^ 0xA001 : crc >>> 1;
      }
    }
    frame[message.length] = (byte) crc;
    frame[message.length + 1] = (byte) (crc >>> 8);
    return frame;
  }

  private static DeviceMap shipped(String map, String entry) {
    List<Complaint> complaints = new ArrayList<>();
    String site = "[[device]]\naddress = " + ADDRESS + "\n" + entry + "\n";
    TomlTable device =
        TomlTable.parse("site.toml", site, complaints).orElseThrow().tables("device").getFirst();
    Optional<DeviceMap> read =
        MapFile.read(Shelf.builtIn("davy/maps").find(map).orElseThrow(), complaints)
            .flatMap(file -> file.of(device));
    assertEquals(List.of(), complaints);
    return read.orElseThrow();
  }
}
