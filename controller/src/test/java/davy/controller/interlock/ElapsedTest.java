package davy.controller.interlock;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class ElapsedTest {

  @Test
  void aSumStopsAtItsLimitHoweverMuchIsAdded() {
    assertEquals(11, Elapsed.add(5, 6, 12));
    assertEquals(12, Elapsed.add(5, 7, 12));
    assertEquals(12, Elapsed.add(5, 8, 12));
    assertEquals(12, Elapsed.add(5, Long.MAX_VALUE, 12));
  }

  @Test
  void aWatchRunsFromTheStepThatSeesItsConditionAndStopsJustBeyondItsLimit() {
    assertEquals(0, Elapsed.watch(Elapsed.STOPPED, true, 5, 12));
    assertEquals(12, Elapsed.watch(0, true, 12, 12));
    assertEquals(13, Elapsed.watch(0, true, Long.MAX_VALUE, 12));
    assertEquals(Elapsed.STOPPED, Elapsed.watch(13, false, 5, 12));
  }
}
