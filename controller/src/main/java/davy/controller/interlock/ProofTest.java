package davy.controller.interlock;

import davy.hal.signal.Feed;
import java.util.OptionalLong;

/**
 * 断电试验: the zone is tripped for real and its feed must go dead within the drop-out time (S3, S15,
 * S18).
 *
 * @param due it begins by itself as soon as the zone is granted and its feed is live; survives a
 *     restart, ends with a test that passed
 */
record ProofTest(boolean due, Run run) {

  sealed interface Run {

    record None() implements Run {}

    /**
     * @param request id of the request that asked for it
     * @param nanos since power was withheld for it
     */
    record Running(long request, long nanos) implements Run {}

    /** Failed; power stays withheld until the feed is read dead. */
    record Failed() implements Run {}
  }

  private static final Run NONE = new Run.None();
  private static final Run FAILED = new Run.Failed();

  /**
   * What one step knows.
   *
   * @param feed as it is judged
   * @param granted by the step before
   * @param conclusive nothing else than this zone's output can have made the feed dead
   * @param asked id of this step's request for a test
   */
  record Step(
      Feed feed, boolean granted, boolean conclusive, OptionalLong asked, long elapsedNanos) {}

  static ProofTest start(boolean due) {
    return new ProofTest(due, NONE);
  }

  boolean active() {
    return !run.equals(NONE);
  }

  /** Whether a test can begin: only where power is, can it be seen to go. */
  boolean canBegin(Step step) {
    return !active() && step.granted() && step.feed() == Feed.LIVE;
  }

  ProofTest next(Step step, long dropOutNanos) {
    return switch (run) {
      case Run.None _ ->
          canBegin(step) && (due || step.asked().isPresent())
              ? new ProofTest(due, new Run.Running(step.asked().orElse(Event.Granted.BY_ITSELF), 0))
              : this;
      case Run.Running running -> {
        long nanos = Elapsed.add(running.nanos(), step.elapsedNanos(), dropOutNanos + 1);
        if (step.feed() == Feed.DEAD) {
          boolean passed = step.conclusive() && nanos <= dropOutNanos;
          yield new ProofTest(!passed, NONE);
        }
        yield nanos > dropOutNanos
            ? new ProofTest(true, FAILED)
            : new ProofTest(due, new Run.Running(running.request(), nanos));
      }
      case Run.Failed failed -> new ProofTest(true, step.feed() == Feed.DEAD ? NONE : failed);
    };
  }

  ProofTest demanded() {
    return new ProofTest(true, run);
  }
}
