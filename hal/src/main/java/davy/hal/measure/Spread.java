package davy.hal.measure;

/**
 * How durations are spread, in microseconds. Percentiles are of the window that runs, two digits
 * exact; count and sum are since the start.
 *
 * @param count how many were added since the start
 * @param sumMicros all of them together
 */
public record Spread(
    long count, long sumMicros, long p50Micros, long p99Micros, long p999Micros, long maxMicros) {

  public static final Spread NONE = new Spread(0, 0, 0, 0, 0, 0);
}
