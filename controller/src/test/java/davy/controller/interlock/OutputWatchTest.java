package davy.controller.interlock;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import davy.controller.interlock.Inputs.OutputState;
import davy.hal.signal.Methane;
import org.junit.jupiter.api.Test;

class OutputWatchTest {

  private static final Plan.Times TIMES = Plans.times(1, 3, 10, new Methane(-10), 10, 30);

  @Test
  void withheldAndOnIsObeyedAtItsTimeAndDisobeyedOneNanosecondLater() {
    OutputWatch begun = new OutputWatch(true, 0, Elapsed.STOPPED, false);
    long allowed = TIMES.readBackNanos();
    OutputWatch inTime = begun.next(TIMES, OutputState.ON, false, allowed);
    assertFalse(inTime.disobeyed());
    assertFalse(inTime.disobeys(TIMES));
    OutputWatch late = begun.next(TIMES, OutputState.ON, false, allowed + 1);
    assertTrue(late.disobeyed());
    assertTrue(late.disobeys(TIMES));
    assertTrue(late.next(TIMES, OutputState.OFF, false, 1).disobeyed(), "until it is granted");
    assertFalse(late.grantBegins().disobeyed());
  }
}
