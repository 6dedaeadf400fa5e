package davy.hal.sim;

import java.util.Random;

/**
 * Air and gas of one heading: fresh air goes through fan and duct to the face, takes up what the
 * coal gives off there, and returns along the roadway. Starts settled, with the fan running.
 *
 * <p>The air moves in whole steps of {@value #STEP_NANOS} ns whatever pieces time comes in, so one
 * seed and one script give one mine.
 */
public final class Plant {

  /** Where a head hangs. */
  public enum Place {
    /** T1, within 5 m of the face. */
    FACE,
    /** T2, where the return air leaves the heading. */
    RETURN,
    /** T3, before the local fan. */
    INTAKE
  }

  private static final long STEP_NANOS = 50_000_000L;
  private static final double STEP_SECONDS = STEP_NANOS / 1e9;
  private static final double FAN_RUN_SECONDS = 3;
  private static final double NATURAL_SHARE_OF_FLOW = 0.01;
  private static final double GUST_SECONDS = 5;
  private static final double GUST_SHARE = 0.03;
  private static final double WARMING_SECONDS = 120;
  private static final double COOL_DEGREES = 22;
  private static final double WARM_DEGREES = 31;
  private static final double PERCENT = 100;
  private static final double PPM = 1e6;

  private final Heading heading;
  private final Random random;
  private final Airway duct;
  private final Airway roadway;

  private double inflow;
  private Outburst outburst = Outburst.NONE;
  private double carbonMonoxideInflow;
  private double intakeMethane;
  private double ductLeak;
  private boolean fanRunning = true;

  private double flow;
  private double gust;
  private double faceMethane;
  private double faceCarbonMonoxide;
  private double temperature = COOL_DEGREES;
  private long restNanos;

  public Plant(Heading heading, long seed) {
    this.heading = heading;
    random = new Random(seed);
    inflow = heading.inflowCubicMetresPerSecond();
    flow = heading.fanCubicMetresPerSecond();
    faceMethane = PERCENT * inflow / (flow + inflow);
    double length = heading.lengthMetres();
    duct = new Airway(length * heading.ductSquareMetres(), 0, 0);
    roadway = new Airway(length * heading.areaSquareMetres(), faceMethane, 0);
  }

  /** Lets time go by. */
  public void advance(long nanos) {
    restNanos += nanos;
    while (restNanos >= STEP_NANOS) {
      restNanos -= STEP_NANOS;
      step();
    }
  }

  private void step() {
    double decay = STEP_SECONDS / GUST_SECONDS;
    gust += -gust * decay + GUST_SHARE * Math.sqrt(2 * decay) * random.nextGaussian();
    outburst = outburst.after(STEP_SECONDS);
    double blown = fanRunning ? 1 - ductLeak : NATURAL_SHARE_OF_FLOW;
    double target = heading.fanCubicMetresPerSecond() * Math.max(blown, NATURAL_SHARE_OF_FLOW);
    flow += (target - flow) * STEP_SECONDS / FAN_RUN_SECONDS;

    double methane = Math.max(0, inflow * (1 + gust)) + outburst.flow();
    double air = flow * STEP_SECONDS;
    double gas = methane * STEP_SECONDS;
    duct.push(air, intakeMethane, 0);
    double room = heading.faceCubicMetres();
    faceMethane += (PERCENT * gas + air * duct.methaneAtEnd() - (air + gas) * faceMethane) / room;
    faceCarbonMonoxide +=
        (PPM * carbonMonoxideInflow * STEP_SECONDS
                + air * duct.carbonMonoxideAtEnd()
                - (air + gas) * faceCarbonMonoxide)
            / room;
    roadway.push(air + gas, faceMethane, faceCarbonMonoxide);
    double stale = 1 - Math.min(1, flow / heading.fanCubicMetresPerSecond());
    double towards = COOL_DEGREES + (WARM_DEGREES - COOL_DEGREES) * stale;
    temperature += (towards - temperature) * STEP_SECONDS / WARMING_SECONDS;
  }

  /** Methane from coal and strata from now on, in m³/s. */
  public void setInflow(double cubicMetresPerSecond) {
    inflow = cubicMetresPerSecond;
  }

  /**
   * An outburst (突出) on top of the inflow: rises evenly to its peak, then fades to a third in each
   * fade time.
   *
   * @param peakCubicMetresPerSecond 0.25 takes the typical face past 1.5 %CH4 in some 6 s
   */
  public void outburst(double peakCubicMetresPerSecond, double riseSeconds, double fadeSeconds) {
    outburst = new Outburst(peakCubicMetresPerSecond, riseSeconds, fadeSeconds, 0);
  }

  /** Smouldering coal at the face: carbon monoxide in m³/s; 0 ends it. */
  public void smoulder(double cubicMetresPerSecond) {
    carbonMonoxideInflow = cubicMetresPerSecond;
  }

  /** Methane of the air before the fan, as in series ventilation, in %CH4. */
  public void setIntakeMethane(double percent) {
    intakeMethane = percent;
  }

  /** The share of the fan's air that no longer reaches the face, 0 (whole duct) to 1 (torn off). */
  public void tearDuct(double share) {
    ductLeak = share;
  }

  public void stopFan() {
    fanRunning = false;
  }

  public void startFan() {
    fanRunning = true;
  }

  public boolean fanRunning() {
    return fanRunning;
  }

  public double methanePercent(Place place) {
    return switch (place) {
      case FACE -> faceMethane;
      case RETURN -> roadway.methaneAtEnd();
      case INTAKE -> intakeMethane;
    };
  }

  public double carbonMonoxidePpm(Place place) {
    return switch (place) {
      case FACE -> faceCarbonMonoxide;
      case RETURN -> roadway.carbonMonoxideAtEnd();
      case INTAKE -> 0;
    };
  }

  /** Speed of the air that leaves the duct at the face, in m/s. */
  public double ductMetresPerSecond() {
    return flow / heading.ductSquareMetres();
  }

  /** Speed of the air in the roadway, in m/s. */
  public double roadwayMetresPerSecond() {
    return flow / heading.areaSquareMetres();
  }

  /** At the face, in °C. */
  public double temperatureDegrees() {
    return temperature;
  }

  private record Outburst(double peak, double riseSeconds, double fadeSeconds, double age) {

    static final Outburst NONE = new Outburst(0, 1, 1, 0);

    Outburst after(double seconds) {
      return new Outburst(peak, riseSeconds, fadeSeconds, age + seconds);
    }

    double flow() {
      return age < riseSeconds
          ? peak * age / riseSeconds
          : peak * Math.exp((riseSeconds - age) / fadeSeconds);
    }
  }
}
