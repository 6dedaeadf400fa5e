package davy.controller.alarm;

import java.util.Optional;

/** What changed in a step, for the journal and the people. Never read back by a step. */
public sealed interface AlarmEvent {

  /**
   * One step of an alarm's life.
   *
   * @param occurrence counts the openings of this alarm, from 1, across restarts
   */
  record Changed(int alarm, long occurrence, Life from, Life to) implements AlarmEvent {}

  /** An open alarm is graver than it ever was in this occurrence. */
  record GradeRaised(int alarm, long occurrence, Grade grade) implements AlarmEvent {}

  /**
   * An occurrence ended.
   *
   * @param worst the gravest grade it had
   * @param peak the worst amount of an over-limit, else 0
   * @param overRange the head was above its range meanwhile: the peak is a lower bound
   * @param by who closed it, why and what was done; empty where it needed no person
   */
  record Closed(
      int alarm,
      long occurrence,
      Grade worst,
      int peak,
      boolean overRange,
      Optional<AlarmRequest.Close> by)
      implements AlarmEvent {}

  /** Added to what was written at the close; both stand. */
  record Corrected(AlarmRequest.Correct correction) implements AlarmEvent {}

  /**
   * A test with gas ended.
   *
   * @param peak the greatest amount that the head read
   * @param nanos from its limit to the end; 0 where it never got there
   */
  record GasTested(AlarmRequest.GasTest ask, GasOutcome outcome, int peak, long nanos)
      implements AlarmEvent {}

  /** How a test with gas ended. */
  enum GasOutcome {
    PASSED,
    /** The head never read its limit. */
    NO_GAS,
    /** Something else cut a zone of it first. */
    CUT_BEFORE,
    /** At its limit, and a zone of it kept its permit: the head does not cut it by itself. */
    NOT_CUT,
    /** Cut, and a feed was not read dead in time. */
    STILL_LIVE
  }

  /** The first alarm of a zone after nothing stood there. */
  record FirstOut(int zone, int alarm) implements AlarmEvent {}

  /** What lamp and sounder are told from now on. */
  record Annunciated(Lamp lamp, boolean sounder) implements AlarmEvent {}

  /** The request carries person, reason and measure. */
  record Answered(AlarmRequest request, Answer answer) implements AlarmEvent {}

  record Marked(int point, Mark mark) implements AlarmEvent {}

  record Unmarked(int point, Mark mark) implements AlarmEvent {}

  /**
   * One window of one point, closed. Offsets are nanoseconds since its begin.
   *
   * @param spanNanos its length; whole windows that no step fell into are added to it
   * @param samples fresh readings that were good and trusted
   * @param notGoodNanos time in which the point was lost, over range, untrusted or calibrating
   * @param extremes empty without a sample
   */
  record Statistics(
      int point, long spanNanos, int samples, long notGoodNanos, Optional<Extremes> extremes)
      implements AlarmEvent {}

  /**
   * In the integer unit of the quantity; of equal values the first counts.
   *
   * @param mean rounded to the nearest, halves up
   */
  record Extremes(int max, long maxAtNanos, int min, long minAtNanos, int mean) {}

  /** What became of a request. */
  enum Answer {
    ACCEPTED(true, "done"),
    REFUSED_UNKNOWN_ALARM(false, "there is no such alarm"),
    REFUSED_TEXT(false, "person, reason and measure must be given, and be short enough"),
    REFUSED_NOTHING_TO_ACKNOWLEDGE(false, "nothing waits to be acknowledged"),
    REFUSED_NOTHING_SOUNDS(false, "the sounder is silent"),
    REFUSED_NEVER_HIDDEN(false, "this alarm is never shelved nor taken out of service"),
    REFUSED_SHELVE_TIME(false, "shelving has an end, within the site's longest time"),
    REFUSED_ACKNOWLEDGE_FIRST(false, "acknowledge it first"),
    REFUSED_HIDDEN(false, "it is shelved, suppressed or out of service"),
    REFUSED_NOT_SHELVED(false, "it is not shelved"),
    REFUSED_IN_SERVICE(false, "it is not out of service"),
    REFUSED_ENDS_BY_ITSELF(false, "this alarm ends by itself and is not closed"),
    REFUSED_NOT_OPEN(false, "it is closed"),
    REFUSED_STILL_ACTIVE(false, "its condition still stands"),
    REFUSED_NOT_NORMAL_LONG_ENOUGH(false, "the value must be normal for the set time first"),
    REFUSED_FEED_UNKNOWN(false, "the feed of a zone of it can't be told: unknown never agrees"),
    REFUSED_FEED_LIVE(false, "a zone of it is withheld and its feed is live"),
    REFUSED_NOT_CLOSED(false, "there is no closed occurrence of that number"),
    REFUSED_GAS_TEST(false, "another test with gas is under way"),
    REFUSED_CUTS_NOTHING(false, "this point cuts no zone"),
    REFUSED_NO_POWER(false, "every zone of the head must have power, its feed read live");

    private final boolean accepted;
    private final String text;

    Answer(boolean accepted, String text) {
      this.accepted = accepted;
      this.text = text;
    }

    public boolean accepted() {
      return accepted;
    }

    public String text() {
      return text;
    }
  }
}
