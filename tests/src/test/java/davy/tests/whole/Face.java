package davy.tests.whole;

import static davy.tests.whole.SimStation.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import davy.controller.config.Site;
import davy.controller.config.SiteFile;
import davy.controller.interlock.Cause;
import davy.hal.signal.Permit;
import davy.hal.signal.Tick;
import java.io.IOException;
import java.nio.file.Path;

/** What the tests of the whole chain begin with. */
final class Face {

  static final Path HEADING = Path.of("../deploy/sites/heading.toml");
  static final long LEGAL_LIMIT = 2 * SECOND;

  /** A hand is not as fast as a contactor, which would make the zone manual (S23). */
  private static final long WALK = 3 * SECOND;

  private Face() {}

  static Site site(Path file) {
    return switch (SiteFile.read(file)) {
      case SiteFile.Outcome.Accepted accepted -> accepted.site();
      case SiteFile.Outcome.Refused refused -> fail(refused.complaints().toString());
      case SiteFile.Outcome.Unreadable unreadable -> fail(unreadable.complaint().toString());
    };
  }

  static SimStation running() throws IOException {
    return running(site(HEADING));
  }

  /** Runs the hold after power-on in full, then closes the breaker by hand. */
  static SimStation running(Site site) throws IOException {
    SimStation station = new SimStation(site);
    station.measure("head-t1", 40);
    station.measure("head-t2", 30);
    station.run(59 * SECOND);
    assertEquals(Permit.WITHHELD, station.permit(0), "the hold is a minute");
    assertFalse(station.breakers.getFirst().closeByHand(station.clock.now()));
    awaitPower(station);
    return station;
  }

  /** Waits for the lock to open by itself and closes the breaker by hand. */
  static void awaitPower(SimStation station) {
    boolean granted = station.runUntil(() -> station.permit(0) == Permit.GRANTED, 200 * SECOND);
    assertTrue(granted, () -> station.snapshot().toString());
    station.run(WALK);
    boolean closed =
        station.runUntil(
            () -> station.breakers.getFirst().closeByHand(station.clock.now()), SECOND);
    assertTrue(closed, "the breaker does not hold");
    station.run(SECOND);
    assertTrue(station.live(0), "power flows");
  }

  /** Nanoseconds from now to a dead feed. */
  static long timeToDead(SimStation station) {
    Tick began = station.clock.now();
    assertTrue(station.runUntil(() -> !station.live(0), 5 * SECOND), "power never went off");
    return station.clock.now().nanosSince(began);
  }

  static Cause firstCause(SimStation station) {
    return station.snapshot().trips().getFirst().first().cause();
  }
}
