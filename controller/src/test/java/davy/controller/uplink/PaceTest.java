package davy.controller.uplink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

final class PaceTest {

  @Test
  void aSlowLineGetsLessAtOnceAQuickOneMoreAndBothHaveAnEnd() {
    Pace pace = new Pace();
    int first = pace.bytes();
    pace.took(Pace.QUICK_NANOS - 1);
    assertTrue(pace.bytes() > first);
    for (int message = 0; message < 1_000; message++) {
      pace.took(Pace.QUICK_NANOS - 1);
    }
    assertEquals(Pace.MOST_BYTES, pace.bytes());
    pace.took(Pace.QUICK_NANOS);
    assertEquals(Pace.MOST_BYTES, pace.bytes(), "neither quick nor slow");
    pace.took(Pace.SLOW_NANOS + 1);
    assertEquals(Pace.MOST_BYTES / 2, pace.bytes());
    for (int message = 0; message < 100; message++) {
      pace.took(Pace.SLOW_NANOS + 1);
    }
    assertEquals(Pace.LEAST_BYTES, pace.bytes());
  }

  @Test
  void onALineOf128KilobitsTheStatusWaitsBehindLessThanASecondOfBacklog() {
    Pace pace = new Pace();
    double bytesPerSecond = 128_000 / 8.0;
    for (int round = 0; round < 200; round++) {
      pace.took((long) (pace.bytes() / bytesPerSecond * 1e9));
    }
    double waits = pace.bytes() / bytesPerSecond;
    assertTrue(waits < 1.0, "s behind the backlog: " + waits);
  }
}
