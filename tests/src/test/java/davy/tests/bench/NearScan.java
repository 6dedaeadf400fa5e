package davy.tests.bench;

import davy.controller.config.Site;
import davy.controller.interlock.Saved;
import davy.controller.scan.Field;
import davy.controller.scan.Scan;
import davy.hal.signal.Permit;
import davy.hal.signal.Tick;
import davy.hal.sim.SimBoard;
import davy.hal.sim.SimClock;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.List;

/**
 * The scan alone, on lines without wires, one scan a period of simulated time: what it allocates
 * and how long it takes, with every zone granted and nothing happening.
 */
final class NearScan {

  private static final long SECOND = 1_000_000_000L;

  /** The hold after power-on, then the time for which every cause must be gone. */
  private static final long START_NANOS = 200 * SECOND;

  private final Site site;
  private final SimClock clock = new SimClock(new Tick(SECOND));
  private final StillLines lines;
  private final NoSurroundings around = new NoSurroundings();
  private final Scan scan;
  private final com.sun.management.ThreadMXBean threads =
      (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
  private long allocated;

  NearScan(Site site) throws IOException {
    this.site = site;
    this.lines = new StillLines(site);
    this.scan =
        new Scan(
            site,
            clock,
            new Field(site, lines.buses(), new SimBoard()),
            around,
            Saved.nothing(site.plan()),
            List.of(),
            clock.now());
  }

  /** Runs to the first grant, then so many scans, and prints what they took. */
  void run(int scans) {
    for (long past = 0; past < START_NANOS; past += period()) {
      pass(true);
    }
    if (around.latest.decision().zones().stream().anyMatch(z -> z.permit() != Permit.GRANTED)) {
      throw new IllegalStateException(around.latest.decision().toString());
    }
    Near.tell("scan", passes(scans, false));
    Near.tell("allocated", allocated / scans);
    passes(scans, true);
    Near.tell("allocated-all", allocated / scans);
  }

  private long period() {
    return site.scanMillis() * 1_000_000L;
  }

  private long[] passes(int scans, boolean all) {
    long[] nanos = new long[scans];
    allocated = 0;
    for (int i = 0; i < scans; i++) {
      nanos[i] = pass(all);
    }
    return nanos;
  }

  /**
   * @param all every head was read since the last scan, else one of each line
   */
  private long pass(boolean all) {
    clock.advance(period());
    if (all) {
      lines.readAll(40, clock.now());
    } else {
      lines.readNext(40, clock.now());
    }
    long bytes = threads.getCurrentThreadAllocatedBytes();
    long began = System.nanoTime();
    scan.work(clock.now());
    long took = System.nanoTime() - began;
    allocated += threads.getCurrentThreadAllocatedBytes() - bytes;
    return took;
  }
}
