package davy.controller.interlock;

import static org.junit.jupiter.api.Assertions.assertEquals;

import davy.hal.signal.Methane;
import davy.hal.signal.Reading;
import davy.hal.signal.SensorFault;
import davy.hal.signal.Tick;
import org.junit.jupiter.api.Test;

class PointInputTest {

  private static final long LIMIT = 1_000;

  private static PointInput at(Reading reading, long now) {
    return PointInput.of(reading, true, new Tick(now), LIMIT);
  }

  @Test
  void aReadingAtItsAgeLimitCountsAndOneNanosecondLaterIsStale() {
    Reading good = new Reading.Good(40, new Tick(500));
    assertEquals(new PointInput.Good(new Methane(40), true), at(good, 1_500));
    assertEquals(new PointInput.Stale(), at(good, 1_501));
  }

  @Test
  void whatWasNeverReadIsStale() {
    assertEquals(new PointInput.Stale(), at(Reading.NEVER, 0));
  }

  @Test
  void anOldReasonIsStaleToo() {
    Reading over = new Reading.OverRange(new Tick(0));
    Reading faulty = new Reading.Faulty(SensorFault.WARM_UP, new Tick(0));
    assertEquals(new PointInput.OverRange(), at(over, 1_000));
    assertEquals(new PointInput.Stale(), at(over, 1_001));
    assertEquals(new PointInput.Faulty(SensorFault.WARM_UP), at(faulty, 1_000));
    assertEquals(new PointInput.Stale(), at(faulty, 1_001));
  }
}
