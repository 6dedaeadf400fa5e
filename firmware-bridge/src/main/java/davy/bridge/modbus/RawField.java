package davy.bridge.modbus;

import davy.bridge.modbus.DeviceMap.Field;
import java.math.BigDecimal;
import java.util.Optional;

/** Reads the bits of one field out of a poll: exact, without units. */
final class RawField {

  private RawField() {}

  /**
   * The field as an integer, to compare with a code: sign-extended for S16, the 32 bits as they are
   * for two-register fields.
   */
  static int code(Field field, RegisterImage raw) {
    int first = raw.value(field.space(), field.address());
    return switch (field.encoding()) {
      case BIT, U16 -> masked(first, field.mask());
      case S16 -> signed(masked(first, field.mask()), field.mask());
      case U32, S32, FLOAT32 -> (first << 16) | raw.value(field.space(), field.address() + 1);
    };
  }

  /**
   * The field as a number, exactly; a float is the shortest decimal that names it, so that a head
   * which means 1.49 is not read as 1.4900001. Empty where the bits are no number.
   */
  static Optional<BigDecimal> number(Field field, RegisterImage raw) {
    int bits = code(field, raw);
    return switch (field.encoding()) {
      case BIT, U16, S16, S32 -> Optional.of(BigDecimal.valueOf(bits));
      case U32 -> Optional.of(BigDecimal.valueOf(Integer.toUnsignedLong(bits)));
      case FLOAT32 -> decimal(Float.intBitsToFloat(bits));
    };
  }

  private static Optional<BigDecimal> decimal(float value) {
    return Float.isFinite(value)
        ? Optional.of(new BigDecimal(Float.toString(value)))
        : Optional.empty();
  }

  private static int masked(int register, int mask) {
    return (register & mask) >>> Integer.numberOfTrailingZeros(mask);
  }

  /** The top bit of the mask is the sign. */
  private static int signed(int value, int mask) {
    int spare = Integer.numberOfLeadingZeros(mask >>> Integer.numberOfTrailingZeros(mask));
    return value << spare >> spare;
  }
}
