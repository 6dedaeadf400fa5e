package davy.tests.firmware;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * What the guard costs the scan: the scan thread hands a report to the link of ours, whose thread
 * answers the question of the firmware's host board over a serial port.
 *
 * <p>{@code java davy.tests.firmware.GuardCost [ANSWERS]} prints it as one line of JSON.
 *
 * @param processorNanos median of what one report costs the scan, by its thread's processor time
 * @param wallNanos the same by the clock, with whatever ran meanwhile
 * @param wakeNanos median of what waking a bare thread costs, of which it is mostly made, by the
 *     waker's processor time
 * @param answers that the guard took while it was measured
 */
public record GuardCost(long processorNanos, long wallNanos, long wakeNanos, long answers) {

  /** The goal, median. */
  public static final long LIMIT_NANOS = 50_000;

  private static final long ANSWERS = 200;

  /** Builds the host board with the firmware's makefile, and measures. */
  public static GuardCost measure(Path folder, long answers) throws Exception {
    Firmware.make("host");
    try (HostBoard board = new HostBoard(folder, "guard-host");
        Watcher watcher = new Watcher(board.line())) {
      watcher.awaitArmed();
      return of(watcher, answers);
    }
  }

  static GuardCost of(Watcher watcher, long answers) {
    watcher.warm();
    long before = accepted(watcher);
    watcher.await(answers + " answers", () -> accepted(watcher) - before >= answers);
    return new GuardCost(
        watcher.medianCostNanos(), watcher.medianWallNanos(), watcher.medianWakeNanos(), answers);
  }

  private static long accepted(Watcher watcher) {
    return watcher.image().status().orElseThrow().accepted();
  }

  /** One line for people and programs. */
  public String json() {
    return String.format(
        Locale.ROOT,
        "{\"guardReportProcessorNanos\":%d,\"guardReportWallNanos\":%d,"
            + "\"bareWakeNanos\":%d,\"limitNanos\":%d,\"answers\":%d}",
        processorNanos,
        wallNanos,
        wakeNanos,
        LIMIT_NANOS,
        answers);
  }

  public static void main(String[] words) throws Exception {
    Path folder = Files.createTempDirectory("guard-cost");
    try {
      long answers = words.length > 0 ? Long.parseLong(words[0]) : ANSWERS;
      System.out.println(measure(folder, answers).json());
    } finally {
      clear(folder);
    }
  }

  private static void clear(Path folder) throws IOException {
    Files.deleteIfExists(folder.resolve("store"));
    Files.deleteIfExists(folder);
  }
}
