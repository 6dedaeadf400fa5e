package davy.hal.signal;

/** What a channel measures, and the integer unit that its amounts are counted in. */
public enum Quantity {
  /** 0.01 %CH4 by volume. */
  METHANE("%CH4", 2, true),
  CARBON_MONOXIDE("ppm", 0, true),
  /** 0.1 °C. */
  TEMPERATURE("°C", 1, true),
  /** 0.01 m/s; a low flow is the danger, so decoders round down. */
  AIR_SPEED("m/s", 2, false),
  /** A contact: 1 closed, 0 open. */
  CONTACT("", 0, true);

  private final String unit;
  private final int decimals;
  private final boolean highIsDanger;

  Quantity(String unit, int decimals, boolean highIsDanger) {
    this.unit = unit;
    this.decimals = decimals;
    this.highIsDanger = highIsDanger;
  }

  /** The unit that people read, of which one amount is 10^-{@link #decimals}. */
  public String unit() {
    return unit;
  }

  public int decimals() {
    return decimals;
  }

  /** Decoders that must round, round towards danger: up where this is true, else down. */
  public boolean highIsDanger() {
    return highIsDanger;
  }
}
