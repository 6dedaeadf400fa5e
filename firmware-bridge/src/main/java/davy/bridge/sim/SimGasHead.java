package davy.bridge.sim;

import davy.hal.signal.Tick;
import java.util.OptionalInt;

/**
 * The 6-in-1 gas module: holding registers 0 to 9, as read with {@code 01 03 00 00 00 0A}.
 *
 * <pre>
 *  0  unit (bits 15 to 12) and decimals (bits 11 to 8)     5  status
 *  1  value in that unit and decimals                       6  raw converter value, never still
 *  2  low alarm      3  high alarm                          7  temperature, (v - 500) / 10 °C
 *  4  span                                                  8  gas (high byte)     9  humidity
 * </pre>
 */
public final class SimGasHead implements SimDevice {

  private static final int NORMAL = 1;
  private static final int OVER_RANGE = 8;
  private static final long CONVERSION_NANOS = 100_000_000L;

  private final int gas;
  private final int unitAndDecimals;
  private final int span;

  private int value;
  private int status = NORMAL;
  private int temperature = 200;
  private Tick stuckAt = new Tick(0);
  private int stuckValue;
  private boolean stuck;

  private SimGasHead(int gas, int unit, int decimals, int span) {
    this.gas = gas;
    this.unitAndDecimals = unit << 12 | decimals << 8;
    this.span = span;
  }

  /** Methane, 0.00 to 4.00 % by volume. */
  public static SimGasHead methane() {
    return new SimGasHead(11, 4, 8, 400);
  }

  /** Methane, 0.0 to 100.0 % of the lower explosive limit. */
  public static SimGasHead methaneInLel() {
    return new SimGasHead(11, 2, 4, 1000);
  }

  /** Carbon monoxide, 0 to 1000 ppm. */
  public static SimGasHead carbonMonoxide() {
    return new SimGasHead(5, 0, 0, 1000);
  }

  /** What the gas around the head is, in the head's own unit and decimals; negative is drift. */
  public void measure(int amount) {
    value = amount;
  }

  /** What the head says of itself, from 0 to 15; 1 is normal. */
  public void status(int code) {
    status = code;
  }

  /** Air around the head, 0.1 °C. */
  public void temperature(int tenths) {
    temperature = tenths;
  }

  /** The converter stands still: fresh bytes, dead measurement. */
  public void stick(Tick now) {
    stuck = true;
    stuckAt = now;
    stuckValue = value;
  }

  public void unstick() {
    stuck = false;
  }

  @Override
  public OptionalInt holding(int address, Tick now) {
    int seen = stuck ? stuckValue : value;
    return switch (address) {
      case 0 -> OptionalInt.of(unitAndDecimals);
      case 1 -> OptionalInt.of(Math.min(seen, span) & 0xFFFF);
      case 2 -> OptionalInt.of(span / 4);
      case 3 -> OptionalInt.of(span / 2);
      case 4 -> OptionalInt.of(span);
      case 5 -> OptionalInt.of(status == NORMAL && seen > span ? OVER_RANGE : status);
      case 6 -> OptionalInt.of(converter(seen, stuck ? stuckAt : now));
      case 7 -> OptionalInt.of(temperature + 500 & 0xFFFF);
      case 8 -> OptionalInt.of(gas << 8);
      case 9 -> OptionalInt.of(650);
      default -> OptionalInt.empty();
    };
  }

  /** A converter's lowest bits never stand still while it works. */
  private static int converter(int seen, Tick now) {
    long conversions = Math.floorDiv(now.nanos(), CONVERSION_NANOS);
    int jitter = (int) (conversions * 0x9E3779B97F4A7C15L >>> 60);
    return 8000 + 10 * seen + jitter & 0xFFFF;
  }
}
