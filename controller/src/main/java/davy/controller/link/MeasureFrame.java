package davy.controller.link;

import davy.hal.measure.Spread;
import java.util.Map;

/** Measured times, as the status frame and the hourly record write them. */
public final class MeasureFrame {

  private MeasureFrame() {}

  /** Count and sum since the start; percentiles of the hour that runs. */
  public static Map<String, Object> spread(Spread spread) {
    return StatusFrame.ordered(
        "count", spread.count(),
        "sumMicros", spread.sumMicros(),
        "p50Micros", spread.p50Micros(),
        "p99Micros", spread.p99Micros(),
        "p999Micros", spread.p999Micros(),
        "maxMicros", spread.maxMicros());
  }
}
