package davy.tests.whole;

import static davy.tests.whole.Face.awaitPower;
import static davy.tests.whole.Face.running;
import static davy.tests.whole.SimStation.MILLI;
import static davy.tests.whole.SimStation.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import davy.controller.interlock.Cause;
import davy.controller.interlock.Causes;
import davy.hal.signal.Permit;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Scans that begin too late, one millisecond either side of the profile's limit. */
final class LateScanTest {

  /** Stands still after one late scan, so that the time of the next one is known. */
  private static Causes causesAfter(SimStation station, long behindMillis) {
    long period = station.site.scanMillis() * MILLI;
    station.scanning = false;
    station.run(2 * period);
    station.scanning = true;
    station.run(MILLI); // Late, so the next one is due a period after it.
    station.scanning = false;
    station.run(period + behindMillis * MILLI - MILLI);
    station.scanning = true;
    station.run(MILLI);
    return station.snapshot().decision().zones().getFirst().active();
  }

  @Test
  void aScanThatBeginsMoreThanTenPeriodsLateWithholdsEveryZone() throws IOException {
    SimStation station = running();
    long limit = (long) station.site.profile().scanLatePeriods() * station.site.scanMillis();
    assertEquals(10 * station.site.scanMillis(), limit);
    assertFalse(causesAfter(station, limit).has(Cause.SCAN_OVERRUN), "at the limit");
    awaitPower(station);
    assertTrue(causesAfter(station, limit + 1).has(Cause.SCAN_OVERRUN), "beyond it");
    assertEquals(Permit.WITHHELD, station.permit(0));
    station.run(2 * SECOND);
    assertFalse(station.live(0));
  }
}
