package davy.controller.interlock;

import davy.controller.interlock.Inputs.OutputState;

/**
 * What one zone remembers of its cut-off output as it is read back (S10).
 *
 * @param known read back at least once since start: before, nothing but the roll call is missing
 * @param notOffNanos how long withheld and not read back off
 * @param notOnNanos how long granted and not read back on
 * @param disobeyed it was not off in time since the lock was last open: the zone upstream goes too
 */
record OutputWatch(boolean known, long notOffNanos, long notOnNanos, boolean disobeyed) {

  /**
   * @param disobeyed an output fault was saved: which kind it was is not known any more
   */
  static OutputWatch start(boolean disobeyed) {
    return new OutputWatch(false, Elapsed.STOPPED, Elapsed.STOPPED, disobeyed);
  }

  /**
   * @param granted by the step before
   */
  OutputWatch next(Plan.Times times, OutputState read, boolean granted, long elapsedNanos) {
    boolean everKnown = known || read != OutputState.UNKNOWN;
    if (granted) {
      long notOn =
          Elapsed.watch(notOnNanos, read != OutputState.ON, elapsedNanos, times.outputOnNanos());
      return new OutputWatch(everKnown, everKnown ? 0 : Elapsed.STOPPED, notOn, disobeyed);
    }
    long notOff =
        Elapsed.watch(
            notOffNanos, read != OutputState.OFF && everKnown, elapsedNanos, times.readBackNanos());
    return new OutputWatch(
        everKnown, notOff, Elapsed.STOPPED, disobeyed || notOff > times.readBackNanos());
  }

  /** Withholding does nothing here: the guard must drop. */
  boolean disobeys(Plan.Times times) {
    return notOffNanos > times.readBackNanos();
  }

  boolean faulty(Plan.Times times) {
    return disobeys(times) || notOnNanos > times.outputOnNanos();
  }

  OutputWatch grantBegins() {
    return new OutputWatch(known, notOffNanos, Elapsed.STOPPED, false);
  }
}
