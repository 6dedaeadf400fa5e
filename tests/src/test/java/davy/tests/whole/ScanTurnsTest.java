package davy.tests.whole;

import static davy.tests.whole.Face.running;
import static davy.tests.whole.SimStation.MILLI;
import static davy.tests.whole.SimStation.SECOND;
import static org.junit.jupiter.api.Assertions.assertTrue;

import davy.hal.signal.Tick;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** When the scan runs: at its period, and out of turn when a line has something new. */
final class ScanTurnsTest {

  /** The least by which the simulated world moves on. */
  private static final long STEP = 1_000;

  @Test
  void scansOutOfTurnKeepTheirDistanceFromEachOtherOnly() throws IOException {
    SimStation station = running();
    long period = station.site.scanMillis() * MILLI;
    List<Long> periodic = new ArrayList<>();
    List<Long> extra = new ArrayList<>();
    long[] scans = {station.snapshot().scans()};
    station.runUntil(
        () -> {
          if (station.snapshot().scans() > scans[0]) {
            scans[0] = station.snapshot().scans();
            long at = station.snapshot().at().nanosSince(new Tick(0));
            (at % period <= STEP ? periodic : extra).add(at);
          }
          return false;
        },
        20 * SECOND);
    assertTrue(periodic.size() > 100 && extra.size() > 100, periodic.size() + ", " + extra.size());
    for (int i = 1; i < extra.size(); i++) {
      assertTrue(extra.get(i) - extra.get(i - 1) >= 2 * MILLI, "at " + extra.get(i));
    }
    assertTrue(
        extra.stream().anyMatch(at -> at % period < 2 * MILLI),
        "a reading just after a scan at its period waited");
  }
}
