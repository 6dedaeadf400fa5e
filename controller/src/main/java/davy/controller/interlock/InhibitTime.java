package davy.controller.interlock;

import davy.controller.interlock.Event.Answer;
import java.util.Optional;

/**
 * How long one point was inhibited lately (S16). A shift begins with its first inhibit.
 *
 * @param usedNanos in this shift
 * @param shiftNanos since the shift began, saturating; zero while none runs
 * @param pauseNanos since the last inhibit ended, saturating at the pause that is asked for
 */
record InhibitTime(long usedNanos, long shiftNanos, long pauseNanos) {

  /**
   * At a start. How long the program was down is not known: the shift of a point that was inhibited
   * before begins anew with what it has used, and the pause with nothing.
   *
   * @param earlierNanos used in the shift before the start
   */
  static InhibitTime start(Plan.InhibitLimits limits, long earlierNanos) {
    return earlierNanos > 0
        ? new InhibitTime(Math.min(earlierNanos, limits.shiftNanos()), 0, 0)
        : new InhibitTime(0, 0, limits.pauseNanos());
  }

  /**
   * @param stands it was inhibited since the last step
   */
  InhibitTime next(Plan.InhibitLimits limits, boolean stands, long elapsedNanos) {
    if (stands) {
      return new InhibitTime(
          Elapsed.add(usedNanos, elapsedNanos, limits.shiftNanos()),
          Elapsed.add(shiftNanos, elapsedNanos, limits.shiftLengthNanos()),
          0);
    }
    long pause = Elapsed.add(pauseNanos, elapsedNanos, limits.pauseNanos());
    if (usedNanos == 0) {
      return new InhibitTime(0, 0, pause);
    }
    long shift = Elapsed.add(shiftNanos, elapsedNanos, limits.shiftLengthNanos());
    return shift < limits.shiftLengthNanos()
        ? new InhibitTime(usedNanos, shift, pause)
        : new InhibitTime(0, 0, pause);
  }

  /** Why it can't be inhibited for so long now; empty where it can. */
  Optional<Answer> refusal(Plan.InhibitLimits limits, long nanos) {
    if (pauseNanos < limits.pauseNanos()) {
      return Optional.of(Answer.REFUSED_PAUSE);
    }
    return nanos > limits.longestNanos() || nanos > limits.shiftNanos() - usedNanos
        ? Optional.of(Answer.REFUSED_TOO_LONG)
        : Optional.empty();
  }
}
