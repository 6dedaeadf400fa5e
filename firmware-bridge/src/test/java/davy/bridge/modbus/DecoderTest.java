package davy.bridge.modbus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import davy.bridge.modbus.DeviceMap.Block;
import davy.bridge.modbus.DeviceMap.Channel;
import davy.bridge.modbus.DeviceMap.Condition;
import davy.bridge.modbus.DeviceMap.Encoding;
import davy.bridge.modbus.DeviceMap.Field;
import davy.bridge.modbus.DeviceMap.Liveness;
import davy.bridge.modbus.DeviceMap.Meaning;
import davy.bridge.modbus.DeviceMap.Scale;
import davy.bridge.modbus.DeviceMap.Space;
import davy.bridge.modbus.DeviceMap.Status;
import davy.bridge.modbus.DeviceMap.Timing;
import davy.bridge.modbus.DeviceMap.Unit;
import davy.hal.signal.Quantity;
import davy.hal.signal.Reading;
import davy.hal.signal.SensorFault;
import davy.hal.signal.Tick;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every way a register can become a reading, one step either side of each limit. */
final class DecoderTest {

  private static final Tick NOW = new Tick(5_000_000_000L);
  private static final Field VALUE = u16(0);
  private static final Scale HUNDREDTHS = new Scale.Fixed(Unit.PERCENT_VOLUME, 2, 0);

  @ParameterizedTest(name = "{0} in {1} with {2} decimals is {4} in the units of {3}")
  @CsvSource({
    "149, PERCENT_VOLUME, 2, METHANE, 149",
    "1491, PERCENT_VOLUME, 3, METHANE, 150",
    "1490, PERCENT_VOLUME, 3, METHANE, 149",
    "15, PERCENT_VOLUME, 1, METHANE, 150",
    "1, PERCENT_VOLUME, 0, METHANE, 100",
    "14900, PPM, 0, METHANE, 149",
    "14901, PPM, 0, METHANE, 150",
    "20, PERCENT_LEL, 0, METHANE, 88",
    "201, PERCENT_LEL, 1, METHANE, 89",
    "24, PPM, 0, CARBON_MONOXIDE, 24",
    "231, PPM, 1, CARBON_MONOXIDE, 24",
    "24, PERCENT_VOLUME, 4, CARBON_MONOXIDE, 24",
    "301, CELSIUS, 1, TEMPERATURE, 301",
    "3011, CELSIUS, 2, TEMPERATURE, 302",
    "251, METRES_PER_SECOND, 3, AIR_SPEED, 25",
    "249, METRES_PER_SECOND, 3, AIR_SPEED, 24",
    "1, CONTACT, 0, CONTACT, 1"
  })
  void unitsBecomeTheQuantitysOwnRoundedTowardsDanger(
      int raw, Unit unit, int decimals, Quantity quantity, int expected) {
    Channel channel = channel(quantity, VALUE, new Scale.Fixed(unit, decimals, 0), 0, 100_000);
    assertEquals(good(expected), one(channel, 440, raw));
  }

  @ParameterizedTest(name = "{0} measured in {1}")
  @CsvSource({
    "METHANE, CELSIUS",
    "METHANE, CONTACT",
    "CARBON_MONOXIDE, PERCENT_LEL",
    "TEMPERATURE, PPM",
    "AIR_SPEED, PERCENT_VOLUME",
    "CONTACT, METRES_PER_SECOND"
  })
  void aUnitThatDoesNotMeasureTheQuantityIsWrongIdentity(Quantity quantity, Unit unit) {
    Channel channel = channel(quantity, VALUE, new Scale.Fixed(unit, 0, 0), 0, 1000);
    assertEquals(faulty(SensorFault.WRONG_IDENTITY), one(channel, 440, 1));
  }

  @Test
  void percentLelWithoutADeclaredLelIsWrongIdentity() {
    Channel channel =
        channel(Quantity.METHANE, VALUE, new Scale.Fixed(Unit.PERCENT_LEL, 0, 0), 0, 400);
    assertEquals(faulty(SensorFault.WRONG_IDENTITY), one(channel, 0, 20));
    assertEquals(good(1), one(channel, 1, 20));
  }

  @ParameterizedTest(name = "register {0} in a range of -100 to 400")
  @CsvSource({
    "0, 0",
    "1, 1",
    "399, 399",
    "400, 400",
    "401, over",
    "32767, over",
    "65535, -1",
    "65436, -100",
    "65435, drift",
    "32768, drift"
  })
  void methaneIsGoodUpToItsRangeAndDriftsBelowIt(int raw, String expected) {
    Field signed = new Field(Space.HOLDING, 0, Encoding.S16, 0xFFFF);
    Channel channel = channel(Quantity.METHANE, signed, HUNDREDTHS, -100, 400);
    Reading reading = one(channel, 0, raw);
    switch (expected) {
      case "over" -> assertEquals(new Reading.OverRange(NOW), reading);
      case "drift" -> assertEquals(faulty(SensorFault.NEGATIVE_DRIFT), reading);
      default -> assertEquals(good(Integer.parseInt(expected)), reading);
    }
  }

  @ParameterizedTest(name = "temperature register {0} with 500 at zero, range -400 to 850")
  @CsvSource({"500, 0", "750, 250", "100, -400", "99, unreadable", "1350, 850", "1351, over"})
  void anOffsetIsAddedBeforeTheDecimalsAndBelowTheRangeIsUnreadable(int raw, String expected) {
    Channel channel =
        channel(Quantity.TEMPERATURE, VALUE, new Scale.Fixed(Unit.CELSIUS, 1, -500), -400, 850);
    Reading reading = one(channel, 0, raw);
    switch (expected) {
      case "over" -> assertEquals(new Reading.OverRange(NOW), reading);
      case "unreadable" -> assertEquals(faulty(SensorFault.UNREADABLE), reading);
      default -> assertEquals(good(Integer.parseInt(expected)), reading);
    }
  }

  @ParameterizedTest(name = "{0} of {2} {3} under mask {1}")
  @CsvSource({
    "U16, 65535, 4660, 0, 4660",
    "U16, 65280, 4660, 0, 18",
    "U16, 240, 4660, 0, 3",
    "S16, 65535, 65535, 0, -1",
    "S16, 4095, 4095, 0, -1",
    "S16, 4095, 2047, 0, 2047",
    "S16, 65280, 65024, 0, -2",
    "BIT, 8, 8, 0, 1",
    "BIT, 8, 65527, 0, 0",
    "U32, 65535, 1, 2, 65538",
    "S32, 65535, 65535, 65534, -2"
  })
  void fieldsAreReadBitByBit(Encoding encoding, int mask, int high, int low, int expected) {
    Field field = new Field(Space.HOLDING, 0, encoding, mask);
    Channel channel =
        channel(Quantity.CARBON_MONOXIDE, field, new Scale.Fixed(Unit.PPM, 0, 0), -9999, 1_000_000);
    assertEquals(good(expected), one(channel, 0, high, low));
  }

  @Test
  void anUnsignedLongNumberBeyondEveryRangeIsOverRange() {
    Field field = new Field(Space.HOLDING, 0, Encoding.U32, 0xFFFF);
    Channel channel = channel(Quantity.METHANE, field, HUNDREDTHS, -100, 400);
    assertEquals(new Reading.OverRange(NOW), one(channel, 0, 0xFFFF, 0xFFFF));
  }

  @ParameterizedTest(name = "float {0}")
  @CsvSource({
    "1.49, 149",
    "1.491, 150",
    "1.5, 150",
    "0.0, 0",
    "-0.1, -10",
    "4.0, 400",
    "4.01, over",
    "3.4e38, over",
    "-3.4e38, drift",
    "NaN, unreadable",
    "Infinity, unreadable",
    "-Infinity, unreadable"
  })
  void aFloatIsTheDecimalItMeansAndNeverANumberWhereItIsNone(String text, String expected) {
    int bits = Float.floatToRawIntBits(Float.parseFloat(text));
    Field field = new Field(Space.HOLDING, 0, Encoding.FLOAT32, 0xFFFF);
    Channel channel =
        channel(Quantity.METHANE, field, new Scale.Fixed(Unit.PERCENT_VOLUME, 0, 0), -100, 400);
    Reading reading = one(channel, 0, bits >>> 16, bits & 0xFFFF);
    switch (expected) {
      case "over" -> assertEquals(new Reading.OverRange(NOW), reading);
      case "drift" -> assertEquals(faulty(SensorFault.NEGATIVE_DRIFT), reading);
      case "unreadable" -> assertEquals(faulty(SensorFault.UNREADABLE), reading);
      default -> assertEquals(good(Integer.parseInt(expected)), reading);
    }
  }

  @ParameterizedTest(name = "unit code {0}, decimals code {1}")
  @CsvSource({"4, 8, 125", "4, 4, 1250", "0, 0, 2", "2, 0, 550", "9, 8, wrong", "4, 5, wrong"})
  void codedUnitAndDecimalsAreTakenFromTheSameReply(int unit, int decimals, String expected) {
    Scale coded =
        new Scale.Coded(
            new Field(Space.HOLDING, 0, Encoding.U16, 0xF000),
            Map.of(0, Unit.PPM, 2, Unit.PERCENT_LEL, 4, Unit.PERCENT_VOLUME),
            new Field(Space.HOLDING, 0, Encoding.U16, 0x0F00),
            Map.of(0, 0, 4, 1, 8, 2));
    Channel channel = channel(Quantity.METHANE, u16(1), coded, -100, 10_000);
    Reading expectedReading =
        expected.equals("wrong")
            ? faulty(SensorFault.WRONG_IDENTITY)
            : good(Integer.parseInt(expected));
    assertEquals(expectedReading, one(channel, 440, unit << 12 | decimals << 8, 125));
  }

  @Test
  void aBrokenIdentityFailsEveryChannelAndABrokenConditionItsOwn() {
    Channel free = channel(Quantity.METHANE, VALUE, HUNDREDTHS, -100, 400);
    Channel bound =
        new Channel(
            "bound",
            Quantity.METHANE,
            VALUE,
            HUNDREDTHS,
            List.of(new Condition(u16(1), List.of(11))),
            List.of(),
            Optional.empty(),
            -100,
            400);
    Condition identity = new Condition(u16(2), List.of(7, 8));
    Decoder decoder = new Decoder(slave(0, 3, List.of(identity), free, bound));
    Reading wrong = faulty(SensorFault.WRONG_IDENTITY);
    assertEquals(List.of(good(100), good(100)), decoder.decode(raw(100, 11, 7), NOW));
    assertEquals(List.of(good(100), good(100)), decoder.decode(raw(100, 11, 8), NOW));
    assertEquals(List.of(good(100), wrong), decoder.decode(raw(100, 12, 7), NOW));
    assertEquals(List.of(wrong, wrong), decoder.decode(raw(100, 11, 9), NOW));
    assertEquals(List.of(wrong, wrong), decoder.decode(raw(100, 11, 6), NOW));
  }

  @Test
  void theFirstStatusThatIsNotGoodCounts() {
    Status mode =
        new Status(u16(1), Map.of(1, Meaning.GOOD, 3, Meaning.WARM_UP), Meaning.DEVICE_FAULT);
    Status bits =
        new Status(
            new Field(Space.HOLDING, 2, Encoding.BIT, 8),
            Map.of(0, Meaning.GOOD, 1, Meaning.OVER_RANGE),
            Meaning.UNREADABLE);
    Channel channel =
        new Channel(
            "ch4",
            Quantity.METHANE,
            VALUE,
            HUNDREDTHS,
            List.of(),
            List.of(mode, bits),
            Optional.empty(),
            -100,
            400);
    assertEquals(good(100), one(channel, 0, 100, 1, 0));
    assertEquals(new Reading.OverRange(NOW), one(channel, 0, 100, 1, 8));
    assertEquals(faulty(SensorFault.WARM_UP), one(channel, 0, 100, 3, 8));
    assertEquals(faulty(SensorFault.DEVICE_FAULT), one(channel, 0, 100, 4, 8));
  }

  @ParameterizedTest
  @CsvSource({
    "WARM_UP, WARM_UP",
    "TEST_MODE, TEST_MODE",
    "BROKEN_LINE, BROKEN_LINE",
    "DEVICE_FAULT, DEVICE_FAULT",
    "WRONG_IDENTITY, WRONG_IDENTITY",
    "UNREADABLE, UNREADABLE"
  })
  void everyBadMeaningIsItsFaultAndNeverANumber(Meaning meaning, SensorFault fault) {
    Channel channel =
        new Channel(
            "ch4",
            Quantity.METHANE,
            VALUE,
            HUNDREDTHS,
            List.of(),
            List.of(new Status(u16(1), Map.of(0, meaning), Meaning.GOOD)),
            Optional.empty(),
            -100,
            400);
    assertEquals(faulty(fault), one(channel, 0, 100, 0));
  }

  @Test
  void aHeadWhoseConverterStandsStillLongerThanItsLimitIsFrozenUntilItMoves() {
    Channel channel =
        new Channel(
            "ch4",
            Quantity.METHANE,
            VALUE,
            HUNDREDTHS,
            List.of(),
            List.of(),
            Optional.of(new Liveness(u16(1), 2000)),
            -100,
            400);
    Decoder decoder = new Decoder(slave(0, 2, List.of(), channel));
    Tick atLimit = NOW.plusMillis(2000);
    Tick over = atLimit.plusNanos(1);
    assertEquals(List.of(good(50)), decoder.decode(raw(50, 777), NOW));
    assertEquals(List.of(new Reading.Good(51, atLimit)), decoder.decode(raw(51, 777), atLimit));
    assertEquals(
        List.of(new Reading.Faulty(SensorFault.FROZEN, over)), decoder.decode(raw(52, 777), over));
    assertEquals(List.of(new Reading.Good(52, over)), decoder.decode(raw(52, 778), over));
  }

  @Test
  void theLivenessOfOneSlaveKnowsNothingOfAnother() {
    Channel channel =
        new Channel(
            "ch4",
            Quantity.METHANE,
            VALUE,
            HUNDREDTHS,
            List.of(),
            List.of(),
            Optional.of(new Liveness(u16(1), 2000)),
            -100,
            400);
    new Decoder(slave(0, 2, List.of(), channel)).decode(raw(50, 777), new Tick(0));
    assertEquals(good(50), one(channel, 0, 50, 777));
  }

  @Test
  void aFieldThatWasNotPolledIsADefect() {
    Channel channel = channel(Quantity.METHANE, u16(1), HUNDREDTHS, -100, 400);
    Decoder decoder = new Decoder(slave(0, 1, List.of(), channel));
    assertThrows(IllegalArgumentException.class, () -> decoder.decode(raw(1), NOW));
  }

  private static Reading one(Channel channel, int lelHundredths, int... registers) {
    Decoder decoder = new Decoder(slave(lelHundredths, registers.length, List.of(), channel));
    return decoder.decode(raw(registers), NOW).getFirst();
  }

  private static LinePlan.SlavePlan slave(
      int lelHundredths, int registers, List<Condition> identity, Channel... channels) {
    DeviceMap map =
        new DeviceMap(
            "test",
            "Test",
            "none",
            false,
            new Timing(10, 20, 30, 0),
            List.of(new Block(Space.HOLDING, 0, registers)),
            identity,
            List.of(channels),
            Optional.empty());
    return new LinePlan.SlavePlan("T1", 1, map, true, 100, lelHundredths, List.of());
  }

  private static Channel channel(
      Quantity quantity, Field value, Scale scale, int minimum, int maximum) {
    return new Channel(
        "channel",
        quantity,
        value,
        scale,
        List.of(),
        List.of(),
        Optional.empty(),
        minimum,
        maximum);
  }

  private static RegisterImage raw(int... registers) {
    Block block = new Block(Space.HOLDING, 0, registers.length);
    return new RegisterImage(List.of(new RegisterImage.Part(block, registers)));
  }

  private static Field u16(int address) {
    return new Field(Space.HOLDING, address, Encoding.U16, 0xFFFF);
  }

  private static Reading good(int amount) {
    return new Reading.Good(amount, NOW);
  }

  private static Reading faulty(SensorFault fault) {
    return new Reading.Faulty(fault, NOW);
  }
}
