package davy.hal.signal;

import java.util.Locale;

/**
 * A methane concentration in integers, so that limits compare exactly and never after rounding.
 *
 * @param hundredths 0.01 %CH4 by volume; negative values are drift of the head below its zero
 */
public record Methane(int hundredths) implements Comparable<Methane> {

  /** True at the limit and above it: alarms and trips are inclusive (REGULATIONS §1.5). */
  public boolean atLeast(Methane limit) {
    return hundredths >= limit.hundredths;
  }

  /** True strictly below the limit: restore levels are strict. */
  public boolean below(Methane limit) {
    return hundredths < limit.hundredths;
  }

  @Override
  public int compareTo(Methane other) {
    return Integer.compare(hundredths, other.hundredths);
  }

  /** For people: {@code 1.50 %CH4}. */
  @Override
  public String toString() {
    int whole = Math.abs(hundredths);
    return String.format(
        Locale.ROOT, "%s%d.%02d %%CH4", hundredths < 0 ? "-" : "", whole / 100, whole % 100);
  }
}
