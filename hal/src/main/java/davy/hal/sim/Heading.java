package davy.hal.sim;

/**
 * The shape of a heading (掘进面) with forcing ventilation by one local fan.
 *
 * @param lengthMetres of roadway and duct, from the fan to the face
 * @param areaSquareMetres of the roadway
 * @param faceCubicMetres of the well-mixed air at the face
 * @param ductSquareMetres area of the duct
 * @param fanCubicMetresPerSecond flow at the face while the fan runs
 * @param inflowCubicMetresPerSecond methane from coal and strata at rest
 */
public record Heading(
    double lengthMetres,
    double areaSquareMetres,
    double faceCubicMetres,
    double ductSquareMetres,
    double fanCubicMetresPerSecond,
    double inflowCubicMetresPerSecond) {

  /** 150 m of 12 m² roadway, 300 m³/min through a duct of 0.8 m: 0.4 %CH4 at the face at rest. */
  public static final Heading TYPICAL = new Heading(150, 12, 120, 0.5, 5, 0.02);

  public Heading {
    if (lengthMetres <= 0
        || areaSquareMetres <= 0
        || faceCubicMetres <= 0
        || ductSquareMetres <= 0
        || fanCubicMetresPerSecond <= 0
        || inflowCubicMetresPerSecond < 0) {
      throw new IllegalArgumentException("a heading has a size and a fan: " + this);
    }
  }
}
