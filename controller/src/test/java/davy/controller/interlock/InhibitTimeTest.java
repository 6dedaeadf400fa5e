package davy.controller.interlock;

import static org.junit.jupiter.api.Assertions.assertEquals;

import davy.controller.interlock.Event.Answer;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class InhibitTimeTest {

  private static final long MINUTE = 60_000_000_000L;
  private static final Plan.InhibitLimits LIMITS =
      new Plan.InhibitLimits(40 * MINUTE, 60 * MINUTE, 30 * MINUTE, 8 * 60 * MINUTE);

  private static InhibitTime after(InhibitTime time, boolean stands, long minutes) {
    InhibitTime next = time;
    for (long minute = 0; minute < minutes; minute++) {
      next = next.next(LIMITS, stands, MINUTE);
    }
    return next;
  }

  private static final InhibitTime FRESH = InhibitTime.start(LIMITS, 0);

  @Test
  void oneInhibitIsNoLongerThanTheLongest() {
    assertEquals(Optional.empty(), FRESH.refusal(LIMITS, 40 * MINUTE));
    assertEquals(Optional.of(Answer.REFUSED_TOO_LONG), FRESH.refusal(LIMITS, 40 * MINUTE + 1));
  }

  @Test
  void betweenTwoLiesThePause() {
    InhibitTime used = after(FRESH, true, 10);
    assertEquals(Optional.of(Answer.REFUSED_PAUSE), after(used, false, 29).refusal(LIMITS, MINUTE));
    assertEquals(Optional.empty(), after(used, false, 30).refusal(LIMITS, MINUTE));
  }

  @Test
  void allOfAShiftTogetherAreNoLongerThanTheTotalAndTheNextShiftHasItsOwn() {
    InhibitTime used = after(FRESH, true, 40);
    assertEquals(Optional.empty(), after(used, false, 30).refusal(LIMITS, 20 * MINUTE));
    assertEquals(
        Optional.of(Answer.REFUSED_TOO_LONG),
        after(used, false, 30).refusal(LIMITS, 20 * MINUTE + 1));
    long shiftOver = 8 * 60 - 40;
    assertEquals(
        Optional.of(Answer.REFUSED_TOO_LONG),
        after(used, false, shiftOver - 1).refusal(LIMITS, 40 * MINUTE));
    assertEquals(Optional.empty(), after(used, false, shiftOver).refusal(LIMITS, 40 * MINUTE));
  }

  @Test
  void aRestartGivesNoPointANewShift() {
    InhibitTime again = InhibitTime.start(LIMITS, 40 * MINUTE);
    assertEquals(Optional.of(Answer.REFUSED_PAUSE), after(again, false, 29).refusal(LIMITS, 1));
    InhibitTime paused = after(again, false, 30);
    assertEquals(Optional.empty(), paused.refusal(LIMITS, 20 * MINUTE));
    assertEquals(Optional.of(Answer.REFUSED_TOO_LONG), paused.refusal(LIMITS, 20 * MINUTE + 1));
    assertEquals(
        Optional.of(Answer.REFUSED_TOO_LONG),
        after(InhibitTime.start(LIMITS, Long.MAX_VALUE), false, 30).refusal(LIMITS, 1),
        "of lost latches nothing is known: all of it may be used");
    assertEquals(Optional.empty(), after(again, false, 480).refusal(LIMITS, 40 * MINUTE));
  }
}
