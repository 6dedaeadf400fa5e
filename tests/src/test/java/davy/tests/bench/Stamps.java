package davy.tests.bench;

import java.util.Arrays;

/** Moments in the order in which they came, as many as fit; one writer. */
final class Stamps {

  private final long[] nanos;
  private volatile int count;

  Stamps(int most) {
    nanos = new long[most];
  }

  void add(long nano) {
    if (count < nanos.length) {
      nanos[count] = nano;
      count = count + 1;
    }
  }

  boolean full() {
    return count == nanos.length;
  }

  long[] all() {
    return Arrays.copyOf(nanos, count);
  }
}
