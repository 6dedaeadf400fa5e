package davy.tests.bench;

import davy.bridge.guard.Guard;
import davy.bridge.guard.GuardImage;
import davy.bridge.guard.ScanReport;
import davy.bridge.sim.SimGuard;
import davy.controller.config.Site;
import davy.controller.interlock.Saved;
import davy.controller.scan.Field;
import davy.controller.scan.GuardEnd;
import davy.controller.scan.Scan;
import davy.hal.signal.Permit;
import davy.hal.signal.Tick;
import davy.hal.sim.SimBoard;
import davy.hal.sim.SimClock;
import davy.tests.firmware.GuardCost;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The scan in simulated time with a guard whose link works on the same thread. Each periodic scan
 * answers the open question; before each a scan out of turn does all the same but that. So their
 * difference is what the guard costs: the report is made, the answer to the question computed and
 * written, the simulated guard's taking of the bytes included, and nobody woken.
 */
final class NearAnswers {

  private static final long SECOND = 1_000_000_000L;

  /** The hold after power-on, then the time for which every cause must be gone. */
  private static final long START_NANOS = 200 * SECOND;

  /** So long after a periodic scan; the guard has taken its answer and asked anew by then. */
  private static final long OUT_OF_TURN_NANOS = 20_000_000L;

  private NearAnswers() {}

  /** Prints what so many scans of each kind took. */
  static void run(Site site, int scans) throws IOException {
    One one = new One(site);
    one.scan();
    for (long past = 0; past < START_NANOS; past += one.period()) {
      one.outOfTurn();
      one.periodic();
    }
    if (one.around.latest.decision().zones().stream()
        .anyMatch(zone -> zone.permit() != Permit.GRANTED)) {
      throw new IllegalStateException(one.around.latest.decision().toString());
    }
    long[] with = new long[scans];
    long[] without = new long[scans];
    long answers = one.link.image().link().answers();
    for (int i = 0; i < scans; i++) {
      without[i] = one.outOfTurn();
      with[i] = one.periodic();
    }
    if (one.link.image().link().answers() - answers != scans) {
      throw new IllegalStateException(one.link.image().toString());
    }
    Near.tell("with-guard", with);
    Near.tell("without-guard", without);
  }

  /** With the link's own thread, beside a bare wake-up. */
  static void handOver(Path folder, int answers) throws Exception {
    GuardCost cost = GuardCost.measure(folder, answers);
    Near.tell("hand-over", cost.processorNanos(), cost.wallNanos(), cost.wakeNanos());
  }

  private static final class One implements GuardEnd {
    private final Site site;
    private final SimClock clock = new SimClock(new Tick(SECOND));
    private final NoSurroundings around = new NoSurroundings();
    private final StillLines lines;
    private final Guard link;
    private final Scan scan;

    One(Site site) throws IOException {
      this.site = site;
      this.lines = new StillLines(site);
      long digest = ScanReport.digest(site.digest());
      SimGuard far =
          new SimGuard("guard", digest, clock, tick -> clock.advance(tick.nanosSince(clock.now())));
      this.link = new Guard(far, () -> {});
      Field field = new Field(site, lines.buses(), new SimBoard(), this);
      Saved saved = Saved.nothing(site.plan());
      this.scan = new Scan(site, clock, field, around, saved, List.of(), clock.now());
    }

    @Override
    public Optional<GuardImage> image() {
      return Optional.of(link.image());
    }

    @Override
    public void report(ScanReport report) {
      link.report(report);
      link.work(clock.now());
    }

    private long period() {
      return site.scanMillis() * 1_000_000L;
    }

    /** Nanoseconds of a scan that answers; what came of the guard meanwhile was heard before. */
    private long periodic() {
      pass(period() - OUT_OF_TURN_NANOS);
      return scan();
    }

    /** Nanoseconds of a scan that does not. */
    private long outOfTurn() {
      pass(OUT_OF_TURN_NANOS);
      scan.wake();
      return scan();
    }

    private void pass(long nanos) {
      clock.advance(nanos);
      link.work(clock.now());
      lines.readNext(40, clock.now());
    }

    private long scan() {
      long began = System.nanoTime();
      scan.work(clock.now());
      return System.nanoTime() - began;
    }
  }
}
