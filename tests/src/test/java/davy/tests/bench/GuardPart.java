package davy.tests.bench;

import davy.tests.firmware.GuardCost;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * What the guard costs the scan: all that lies between a question and its answer, computed on the
 * scan's own thread; and what the running program asks of that thread, which hands a report to the
 * link's and wakes it.
 */
final class GuardPart {

  static final String COMPUTED = "question to answer, computed on the scan's thread, median";
  static final String HANDED = "report handed to the link's thread, median of its processor time";

  private GuardPart() {}

  static void run(Path folder, Report report, boolean quick) throws Exception {
    Path site = BenchSite.guarded(folder, BenchSite.HEADS_A_LINE, folder::resolve);
    try (NearEnd near = NearEnd.java("answers", site.toString(), quick ? "500" : "12000")) {
      long[] with = near.await("with-guard");
      long[] without = near.await("without-guard");
      goal(report, COMPUTED, percentile(with, 0.5) - percentile(without, 0.5));
      double rare = percentile(with, 0.99) - percentile(without, 0.99);
      report.add("the same, 99 %", rare / 1e3, 1, "µs");
    }
    try (NearEnd near = NearEnd.java("hand-over", folder.toString(), quick ? "40" : "300")) {
      long[] cost = near.await("hand-over");
      goal(report, HANDED, cost[0]);
      report.add("the same by the clock, with whatever ran meanwhile", cost[1] / 1e3, 1, "µs");
      report.add("of it the waking of a bare thread", cost[2] / 1e3, 1, "µs");
    }
  }

  private static void goal(Report report, String name, double nanos) {
    String limit = "≤ " + GuardCost.LIMIT_NANOS / 1_000 + " µs";
    report.goal(name, nanos / 1e3, 1, "µs", limit, nanos <= GuardCost.LIMIT_NANOS);
  }

  private static double percentile(long[] nanos, double share) {
    Arrays.sort(nanos);
    return nanos[(int) (nanos.length * share)];
  }
}
