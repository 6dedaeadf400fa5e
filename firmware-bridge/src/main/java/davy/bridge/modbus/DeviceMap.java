package davy.bridge.modbus;

import davy.hal.signal.Quantity;
import davy.hal.signal.SensorFault;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a device's registers mean. A map is data, read from a TOML file; the schema of the file is
 * documented in {@code deploy/docs/device-maps.md}.
 *
 * @param name unique, as sites write it
 * @param source where the table was seen
 * @param reviewed false until a person compared it with the maker's document; shown as such
 * @param blocks what one poll reads, one request each, in this order
 * @param identity conditions that every poll must meet, else every channel is WRONG_IDENTITY (S24)
 */
public record DeviceMap(
    String name,
    String title,
    String source,
    boolean reviewed,
    Timing timing,
    List<Block> blocks,
    List<Condition> identity,
    List<Channel> channels,
    Optional<Relay> relay) {

  public DeviceMap {
    blocks = List.copyOf(blocks);
    identity = List.copyOf(identity);
    channels = List.copyOf(channels);
  }

  /**
   * How the device answers, in milliseconds.
   *
   * @param turnaroundTypicalMillis from the last byte of a request to the first of the reply
   * @param turnaroundMaxMillis the same at worst; the master gives up after it
   * @param lateReplyMillis how long after a time-out a late reply may still come
   * @param minPollMillis the shortest time from one request to the next
   */
  public record Timing(
      int turnaroundTypicalMillis,
      int turnaroundMaxMillis,
      int lateReplyMillis,
      int minPollMillis) {}

  /** The four address spaces of Modbus, with the function that reads them. */
  public enum Space {
    COIL(1),
    DISCRETE(2),
    HOLDING(3),
    INPUT(4);

    private final int function;

    Space(int function) {
      this.function = function;
    }

    public int function() {
      return function;
    }
  }

  /**
   * @param address protocol address, from 0 (register 40102 of a manual is HOLDING 101)
   * @param count registers or bits: 1 to 125 registers, 1 to 2000 bits
   */
  public record Block(Space space, int address, int count) {}

  public enum Encoding {
    BIT,
    U16,
    S16,
    /** Two registers, high word first. */
    U32,
    S32,
    /** IEEE 754 in two registers, high word first. */
    FLOAT32
  }

  /**
   * Some bits of one or two registers, or one coil or input.
   *
   * @param mask applied to the 16-bit register of BIT, U16 and S16 fields, then shifted right by
   *     its trailing zeros; 0xFFFF takes the whole register
   */
  public record Field(Space space, int address, Encoding encoding, int mask) {}

  /** A field that must hold one of these values. */
  public record Condition(Field field, List<Integer> allowed) {
    public Condition {
      allowed = List.copyOf(allowed);
    }
  }

  /** Units that devices report in; a decoder converts to the integer unit of the quantity. */
  public enum Unit {
    PERCENT_VOLUME,
    /** Needs the site's declared LEL; there is no default. */
    PERCENT_LEL,
    PPM,
    CELSIUS,
    METRES_PER_SECOND,
    CONTACT;

    /** True where an amount in this unit can be an amount of the quantity. */
    public boolean measures(Quantity quantity) {
      return switch (this) {
        case PERCENT_VOLUME, PPM ->
            quantity == Quantity.METHANE || quantity == Quantity.CARBON_MONOXIDE;
        case PERCENT_LEL -> quantity == Quantity.METHANE;
        case CELSIUS -> quantity == Quantity.TEMPERATURE;
        case METRES_PER_SECOND -> quantity == Quantity.AIR_SPEED;
        case CONTACT -> quantity == Quantity.CONTACT;
      };
    }
  }

  /** How a raw value becomes a physical one: value × 10^-decimals + offset, in a unit. */
  public sealed interface Scale {

    /**
     * @param decimals of the raw value
     * @param offset added to the raw value first (−500 where 500 means zero)
     */
    record Fixed(Unit unit, int decimals, int offset) implements Scale {}

    /** Unit and decimals stand in registers and are checked on each read. */
    record Coded(
        Field unit, Map<Integer, Unit> units, Field decimals, Map<Integer, Integer> decimalCodes)
        implements Scale {
      public Coded {
        units = Map.copyOf(units);
        decimalCodes = Map.copyOf(decimalCodes);
      }
    }
  }

  /** What a status code says of the reading beside it. */
  public enum Meaning {
    GOOD,
    OVER_RANGE,
    WARM_UP,
    TEST_MODE,
    BROKEN_LINE,
    DEVICE_FAULT,
    WRONG_IDENTITY,
    UNREADABLE;

    /** Empty for GOOD and OVER_RANGE. */
    public Optional<SensorFault> fault() {
      return switch (this) {
        case GOOD, OVER_RANGE -> Optional.empty();
        case WARM_UP -> Optional.of(SensorFault.WARM_UP);
        case TEST_MODE -> Optional.of(SensorFault.TEST_MODE);
        case BROKEN_LINE -> Optional.of(SensorFault.BROKEN_LINE);
        case DEVICE_FAULT -> Optional.of(SensorFault.DEVICE_FAULT);
        case WRONG_IDENTITY -> Optional.of(SensorFault.WRONG_IDENTITY);
        case UNREADABLE -> Optional.of(SensorFault.UNREADABLE);
      };
    }
  }

  /** A status field; all of a channel's are read in order and the first that is not GOOD counts. */
  public record Status(Field field, Map<Integer, Meaning> codes, Meaning otherwise) {
    public Status {
      codes = Map.copyOf(codes);
    }
  }

  /** A field that moves while the head is alive (raw converter value, counter; S24). */
  public record Liveness(Field field, int limitMillis) {}

  /**
   * One measured value of the device.
   *
   * @param conditions unit, gas or type codes of this channel; broken means WRONG_IDENTITY
   * @param minimum lowest amount of the measuring range, in the quantity's integer unit
   * @param maximum highest amount; above it the reading is OVER_RANGE
   */
  public record Channel(
      String name,
      Quantity quantity,
      Field value,
      Scale scale,
      List<Condition> conditions,
      List<Status> status,
      Optional<Liveness> liveness,
      int minimum,
      int maximum) {
    public Channel {
      conditions = List.copyOf(conditions);
      status = List.copyOf(status);
    }
  }

  /**
   * The relay side of a device.
   *
   * @param coils how many relays
   * @param firstCoil address of the first coil: FC05 writes it, FC01 reads it back
   * @param pulse where the board has a self-dropping pulse ("flash-on")
   */
  public record Relay(int coils, int firstCoil, Optional<Pulse> pulse) {}

  /**
   * @param firstAddress FC05 address of the pulse of the first coil
   * @param unitMillis one step of the written value
   */
  public record Pulse(int firstAddress, int unitMillis) {}
}
