package davy.hal.sim;

import davy.hal.signal.Quantity;

/**
 * What a kind of head can do.
 *
 * @param quantity what it measures; its unit is that of all values here
 * @param lowest value it can show
 * @param highest end of its measuring range; above it the head shows over-range
 * @param resolution smallest step it shows, in the quantity's integer amounts
 * @param t90Nanos time in which it shows 90 % of a step
 * @param catalytic burns the gas: beyond about 9.5 %CH4 the air runs out and it reads low again
 */
public record HeadType(
    Quantity quantity,
    double lowest,
    double highest,
    int resolution,
    long t90Nanos,
    boolean catalytic) {

  private static final long SECOND = 1_000_000_000L;

  public static final HeadType CATALYTIC_METHANE =
      new HeadType(Quantity.METHANE, -0.5, 4, 1, 10 * SECOND, true);
  public static final HeadType LASER_METHANE =
      new HeadType(Quantity.METHANE, -0.5, 100, 1, 5 * SECOND, false);
  public static final HeadType CARBON_MONOXIDE =
      new HeadType(Quantity.CARBON_MONOXIDE, 0, 1000, 1, 25 * SECOND, false);
  public static final HeadType TEMPERATURE =
      new HeadType(Quantity.TEMPERATURE, -10, 60, 1, 15 * SECOND, false);
  public static final HeadType AIR_SPEED =
      new HeadType(Quantity.AIR_SPEED, 0, 15, 10, 2 * SECOND, false);
}
