package davy.controller.uplink;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** What a host may have missed while nobody had noticed yet that it was gone is told again. */
class MarksTest {

  private static final long SECOND = 1_000_000_000L;

  private final Marks marks = new Marks("e", 0);

  /** The broker has 100 records more each second, for a minute and a half. */
  private void tellFor90Seconds() {
    for (int second = 1; second <= 90; second++) {
      marks.reached(100L * second, second * SECOND);
    }
  }

  @Test
  void afterALostConnectionTwoKeepAlivesAreToldAgain() {
    tellFor90Seconds();
    marks.lost(false, 90 * SECOND);
    assertEquals(7_000, marks.sure(), "90 s less twice 10 s");
    assertEquals(7_000, marks.begin("e", 9_500));
  }

  @Test
  void afterALostHostAMinuteIsToldAgain() {
    tellFor90Seconds();
    marks.lost(true, 90 * SECOND);
    assertEquals(3_000, marks.sure());
  }

  @Test
  void whereTheStationItselfDiedOnlyWhatIsOldCounts() {
    tellFor90Seconds();
    assertEquals(3_000, marks.sure(), "as saved: nobody said what was lost");
  }

  @Test
  void anotherJournalIsToldFromItsBeginAndTheFirstOneFromThePresent() {
    tellFor90Seconds();
    marks.lost(false, 90 * SECOND);
    assertEquals(0, marks.begin("another", 50), "shorter than what was told: all of it");
    assertEquals(50, new Marks("", 0).begin("e", 50), "a new station begins with the present");
  }
}
