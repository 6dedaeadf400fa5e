package davy.hal.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import davy.hal.signal.Tick;
import org.junit.jupiter.api.Test;

final class SimClockTest {

  @Test
  void itStandsUntilItIsSteppedAndNeverGoesBack() {
    SimClock clock = new SimClock(new Tick(5));
    assertEquals(new Tick(5), clock.now());
    clock.advance(7);
    assertEquals(new Tick(12), clock.now());
    assertThrows(IllegalArgumentException.class, () -> clock.advance(-1));
    assertEquals(new Tick(12), clock.now());
  }
}
