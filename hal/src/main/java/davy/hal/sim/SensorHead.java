package davy.hal.sim;

/** One sensor head: shows the air around it late, in steps, within its range, and not for ever. */
public final class SensorHead {

  /** What the head has to say, before any wire. */
  public sealed interface Shown {}

  /** A measured value in the integer amounts of the head's quantity. */
  public record Value(int amount) implements Shown {}

  public record OverRange() implements Shown {}

  public record WarmingUp() implements Shown {}

  /** The head knows that its element is broken. */
  public record Broken() implements Shown {}

  /** The head says nothing at all: no supply, or a cut cable. */
  public record Silent() implements Shown {}

  /** How the head is, apart from what it measures. */
  private enum Health {
    WELL,
    FROZEN,
    BROKEN,
    SILENT
  }

  private static final double CATALYTIC_PEAK_PERCENT = 9.5;
  private static final double CATALYTIC_END_PERCENT = 40;

  private final HeadType type;
  private final double timeConstantNanos;
  private Health health = Health.WELL;
  private double felt;
  private double offset;
  private long warmUpNanos;
  private Shown frozen = new WarmingUp();

  /**
   * @param settled the value it has been in for long, in the unit of its quantity
   */
  public SensorHead(HeadType type, double settled) {
    this.type = type;
    timeConstantNanos = type.t90Nanos() / Math.log(10);
    felt = response(settled);
  }

  /** Lets time go by in air of the given true value. */
  public void advance(long nanos, double truth) {
    felt += (response(truth) - felt) * -Math.expm1(-nanos / timeConstantNanos);
    warmUpNanos = Math.max(0, warmUpNanos - nanos);
  }

  private double response(double truth) {
    if (!type.catalytic() || truth <= CATALYTIC_PEAK_PERCENT) {
      return truth;
    }
    double left = CATALYTIC_END_PERCENT - truth;
    double span = CATALYTIC_END_PERCENT - CATALYTIC_PEAK_PERCENT;
    return CATALYTIC_PEAK_PERCENT * Math.max(0, left / span);
  }

  public Shown shown() {
    return switch (health) {
      case WELL -> measured();
      case FROZEN -> frozen;
      case BROKEN -> new Broken();
      case SILENT -> new Silent();
    };
  }

  private Shown measured() {
    if (warmUpNanos > 0) {
      return new WarmingUp();
    }
    double value = felt + offset;
    if (value > type.highest()) {
      return new OverRange();
    }
    double scale = Math.pow(10, type.quantity().decimals());
    long steps = Math.round(Math.max(value, type.lowest()) * scale / type.resolution());
    return new Value(Math.toIntExact(steps * type.resolution()));
  }

  /** Goes on answering with what it shows now. */
  public void freeze() {
    frozen = shown();
    health = Health.FROZEN;
  }

  /** Its zero is off by so much from now on, in the unit of its quantity; 0 sets it right. */
  public void drift(double by) {
    offset = by;
  }

  public void breakElement() {
    health = Health.BROKEN;
  }

  public void silence() {
    health = Health.SILENT;
  }

  /** Well again and without drift; still shows what it has felt. */
  public void repair() {
    health = Health.WELL;
    offset = 0;
  }

  /** Its supply came back: shows no value for the given time. */
  public void restart(long forNanos) {
    warmUpNanos = forNanos;
  }
}
