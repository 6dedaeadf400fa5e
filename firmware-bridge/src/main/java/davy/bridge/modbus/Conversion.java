package davy.bridge.modbus;

import davy.bridge.modbus.DeviceMap.Scale;
import davy.bridge.modbus.DeviceMap.Unit;
import davy.hal.signal.Quantity;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;

/**
 * From a raw number to the integer unit of a quantity, exact until the one rounding at the end,
 * which goes towards danger: gas and heat up, flow down.
 */
final class Conversion {

  private static final BigDecimal PARTS_PER_PERCENT = BigDecimal.valueOf(10_000);

  private Conversion() {}

  /** Unit, decimals and offset that hold for one reading; empty where a code is not in the map. */
  static Optional<Scale.Fixed> scale(Scale scale, RegisterImage raw) {
    return switch (scale) {
      case Scale.Fixed fixed -> Optional.of(fixed);
      case Scale.Coded coded -> {
        Unit unit = coded.units().get(RawField.code(coded.unit(), raw));
        Integer decimals = coded.decimalCodes().get(RawField.code(coded.decimals(), raw));
        yield unit == null || decimals == null
            ? Optional.empty()
            : Optional.of(new Scale.Fixed(unit, decimals, 0));
      }
    };
  }

  /**
   * The whole number of the quantity's units, towards danger; empty where the unit does not measure
   * the quantity, or where it is %LEL and the site declared none.
   *
   * @param lelHundredths 0.01 %CH4 at 100 %LEL, 0 where not declared
   */
  static Optional<BigDecimal> amount(
      BigDecimal raw, Scale.Fixed scale, Quantity quantity, int lelHundredths) {
    BigDecimal physical =
        raw.add(BigDecimal.valueOf(scale.offset())).scaleByPowerOfTen(-scale.decimals());
    if (!scale.unit().measures(quantity)
        || scale.unit() == Unit.PERCENT_LEL && lelHundredths <= 0) {
      return Optional.empty();
    }
    BigDecimal exact = inUnitOf(quantity, physical, scale.unit(), lelHundredths);
    return Optional.of(
        exact.scaleByPowerOfTen(quantity.decimals()).setScale(0, towardsDanger(quantity)));
  }

  private static RoundingMode towardsDanger(Quantity quantity) {
    return quantity.highIsDanger() ? RoundingMode.CEILING : RoundingMode.FLOOR;
  }

  /** In the unit people read the quantity in, {@link Quantity#unit}, from one that measures it. */
  private static BigDecimal inUnitOf(
      Quantity quantity, BigDecimal value, Unit unit, int lelHundredths) {
    return switch (unit) {
      case PERCENT_VOLUME ->
          quantity == Quantity.METHANE ? value : value.multiply(PARTS_PER_PERCENT);
      case PERCENT_LEL -> value.multiply(BigDecimal.valueOf(lelHundredths, 4));
      case PPM -> quantity == Quantity.METHANE ? value.scaleByPowerOfTen(-4) : value;
      case CELSIUS, METRES_PER_SECOND, CONTACT -> value;
    };
  }
}
