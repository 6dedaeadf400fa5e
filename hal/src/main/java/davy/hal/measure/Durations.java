package davy.hal.measure;

import davy.hal.signal.Tick;
import org.HdrHistogram.IntCountsHistogram;

/**
 * A histogram of durations from 1 µs to 60 s; what is longer counts as 60 s. About 10 KB. One
 * thread adds, any thread reads.
 */
public final class Durations {

  private static final long LONGEST_MICROS = 60_000_000;
  private static final int DIGITS = 2;

  /** The spread is computed anew at most this often: it costs a walk through the histogram. */
  private static final long PUBLISH_NANOS = 5_000_000_000L;

  private static final long NANOS_OF_A_MICRO = 1_000;

  private final IntCountsHistogram window = new IntCountsHistogram(1, LONGEST_MICROS, DIGITS);
  private volatile Spread spread = Spread.NONE;
  private volatile boolean anew;
  private Tick publishAt = new Tick(Long.MIN_VALUE / 2);
  private long count;
  private long sumMicros;

  /** Adds one; negative counts as 0. The owner's thread. */
  public void add(long nanos, Tick now) {
    if (anew) {
      anew = false;
      window.reset();
    }
    long micros = Math.clamp(nanos / NANOS_OF_A_MICRO, 0, LONGEST_MICROS);
    window.recordValue(micros);
    count++;
    sumMicros += micros;
    if (!now.isBefore(publishAt)) {
      publishAt = now.plusNanos(PUBLISH_NANOS);
      spread =
          new Spread(
              count,
              sumMicros,
              window.getValueAtPercentile(50),
              window.getValueAtPercentile(99),
              window.getValueAtPercentile(99.9),
              window.getMaxValue());
    }
  }

  /** As it was within the last five seconds in which something was added. Any thread. */
  public Spread spread() {
    return spread;
  }

  /** A new window begins with the next one that is added. Any thread. */
  public void startAnew() {
    anew = true;
  }
}
