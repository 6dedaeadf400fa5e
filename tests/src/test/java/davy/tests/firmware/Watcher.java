package davy.tests.firmware;

import davy.bridge.guard.Guard;
import davy.bridge.guard.GuardCause;
import davy.bridge.guard.GuardImage;
import davy.bridge.guard.ScanReport;
import davy.bridge.serial.JsscPort;
import davy.hal.AgentThread;
import davy.hal.Clock;
import davy.hal.SerialSettings;
import davy.hal.SerialSettings.Format;
import davy.hal.posix.RealTime;
import davy.hal.posix.Wakeup;
import davy.hal.signal.GuardState;
import davy.hal.signal.Tick;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.HdrHistogram.ConcurrentHistogram;

/**
 * The link of ours on a serial port, and a thread that scans for it every 50 ms, both with the
 * priorities that they have in the interlock.
 */
final class Watcher implements AutoCloseable {

  static final long SITE = 0x1122334455667788L;
  static final long MILLI = 1_000_000L;

  /** As in {@code davy.controller.InterlockProcess}. */
  static final int LINK_PRIORITY = 30;

  private static final int SCAN_PRIORITY = 40;

  private static final ThreadMXBean PROCESSOR = ManagementFactory.getThreadMXBean();
  private static final int WARM = 20_000;
  private static final long PERIOD_NANOS = 50 * MILLI;
  private static final long PATIENCE_NANOS = 20_000 * MILLI;

  private final Guard link;
  private final AgentThread thread;
  private final Thread scans;
  private final ConcurrentHistogram costs = new ConcurrentHistogram(3);
  private final ConcurrentHistogram walls = new ConcurrentHistogram(3);
  private final ConcurrentHistogram wakes = new ConcurrentHistogram(3);
  private final Wakeup bare;
  private int turn;
  private volatile boolean ended;
  private volatile boolean scanning = true;
  private volatile boolean rollCall = true;
  private volatile boolean counting = true;
  private volatile long ageMillis;
  private volatile boolean granting;
  private volatile long digest = SITE;
  private volatile Tick lastScan = Clock.SYSTEM.now();
  private volatile Throwable defect = new IllegalStateException("none");

  Watcher(Path port) throws IOException {
    bare = Wakeup.open();
    Thread.ofPlatform().daemon().name("bare").start(this::sleep);
    link = new Guard(new JsscPort(port, new SerialSettings(115_200, Format.F8N1), false), () -> {});
    thread =
        AgentThread.start(
            link, Clock.SYSTEM, () -> raise(LINK_PRIORITY), (_, thrown) -> defect = thrown);
    scans = Thread.ofPlatform().daemon().name("scans").start(this::scan);
  }

  /** Asks for real-time priority; false where this user has no right to it. */
  static boolean raise(int priority) {
    try {
      RealTime.fifo(priority);
      return true;
    } catch (IOException _) {
      return false;
    }
  }

  private void scan() {
    raise(SCAN_PRIORITY);
    long number = 0;
    Tick next = Clock.SYSTEM.now();
    while (!ended) {
      LockSupport.parkNanos(next.nanosSince(Clock.SYSTEM.now()));
      Tick now = Clock.SYSTEM.now();
      if (now.isBefore(next)) {
        continue;
      }
      next = next.plusNanos(PERIOD_NANOS).latest(now);
      if (scanning) {
        number += counting ? 1 : 0;
        report(now, number);
        lastScan = now;
      }
    }
  }

  /**
   * One is timed by the clock, the next by its processor, for either costs time itself; with the
   * third a bare thread is woken first, out of the same sleep.
   */
  private void report(Tick now, long number) {
    long age = granting ? ageMillis * MILLI : 0;
    ScanReport report = new ScanReport(now, number, 0, granting, age, rollCall, digest);
    turn = (turn + 1) % 3;
    if (turn == 0) {
      long began = System.nanoTime();
      link.report(report);
      walls.recordValue(System.nanoTime() - began);
    } else if (turn == 1) {
      long began = PROCESSOR.getCurrentThreadCpuTime();
      link.report(report);
      costs.recordValue(PROCESSOR.getCurrentThreadCpuTime() - began);
    } else {
      long began = PROCESSOR.getCurrentThreadCpuTime();
      bare.wake();
      wakes.recordValue(PROCESSOR.getCurrentThreadCpuTime() - began);
      link.report(report);
    }
  }

  /** Does nothing but being woken. */
  private void sleep() {
    raise(LINK_PRIORITY);
    try {
      while (!ended) {
        bare.await(-1, 0, PERIOD_NANOS);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      bare.close();
    }
  }

  GuardImage image() {
    return link.image();
  }

  /** The tick of the last report. */
  Tick lastScan() {
    return lastScan;
  }

  /** As after some minutes of scans: what a report does to the link is compiled. */
  void warm() {
    for (int wake = 0; wake < WARM; wake++) {
      link.wake();
    }
    costs.reset();
    wakes.reset();
    walls.reset();
  }

  /** What one report costs the scan, median, nanoseconds of its processor. */
  long medianCostNanos() {
    return costs.getValueAtPercentile(50);
  }

  /** The same by the clock, with whatever else ran meanwhile. */
  long medianWallNanos() {
    return walls.getValueAtPercentile(50);
  }

  /** What waking a bare thread costs, median, nanoseconds of the waker's processor. */
  long medianWakeNanos() {
    return wakes.getValueAtPercentile(50);
  }

  void scanning(boolean on) {
    scanning = on;
  }

  /** From now on permits are granted that lean on a reading of this age. */
  void granted(long millis) {
    ageMillis = millis;
    granting = true;
  }

  /** Whether every line reports in each scan. */
  void rollCall(boolean whole) {
    rollCall = whole;
  }

  /** Whether each scan has a number of its own. */
  void counting(boolean on) {
    counting = on;
  }

  void runningSite(long other) {
    digest = other;
  }

  void awaitArmed() {
    granting = false;
    await("armed", () -> image().state() == GuardState.ARMED);
  }

  /** Waits until the guard tells that it dropped, and why. */
  void awaitDropped(GuardCause cause) {
    await(
        "dropped for " + cause,
        () ->
            image().state() == GuardState.DROPPED
                && image().status().orElseThrow().lastDrop() == cause);
  }

  void await(String what, BooleanSupplier condition) {
    long began = System.nanoTime();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - began > PATIENCE_NANOS) {
        throw new AssertionError("never " + what + ": " + image() + " " + defect.getMessage());
      }
      LockSupport.parkNanos(MILLI);
    }
  }

  @Override
  public void close() {
    ended = true;
    thread.close();
    link.close();
  }
}
