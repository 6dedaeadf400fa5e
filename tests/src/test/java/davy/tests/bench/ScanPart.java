package davy.tests.bench;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * What a scan allocates and takes, and the decision alone from 10 to 10,000 points. A whole scan of
 * more than 400 points is not measured: the check of a site of 1,000 takes minutes.
 */
final class ScanPart {

  static final String ALLOCATED = "allocated a scan, 16 points, one of them read anew";
  static final long GOAL = 4_096;

  private ScanPart() {}

  static void run(Path folder, Report report, boolean quick) throws Exception {
    Path site = BenchSite.write(folder, BenchSite.HEADS_A_LINE, folder::resolve);
    try (NearEnd near = NearEnd.java("scan", site.toString(), quick ? "500" : "12000")) {
      long bytes = near.await("allocated")[0];
      report.goal(ALLOCATED, bytes, 0, "B", "≤ 4,096 B", bytes <= GOAL);
      report.add("the same, all 16 read anew", near.await("allocated-all")[0], 0, "B");
    }
    for (int points : quick ? new int[] {10} : new int[] {10, 100, 200, 400}) {
      Path file = BenchSite.write(folder.resolve("s" + points), points, folder::resolve);
      try (NearEnd near = NearEnd.java("scan", file.toString(), quick ? "20" : "2000")) {
        add(report, "scan, %,d points".formatted(points), near.await("scan"));
      }
    }
    for (int points : quick ? new int[] {10} : new int[] {10, 100, 1_000, 10_000}) {
      String steps = Integer.toString(quick ? 20 : Math.max(200, 20_000 / points));
      List<String> heap = points > 1_000 ? List.of("-Xms256m", "-Xmx512m", "-Xmn64m") : List.of();
      String number = Integer.toString(points);
      try (NearEnd near = NearEnd.java(heap, "steps", site.toString(), number, steps)) {
        add(report, "decision, %,d points".formatted(points), near.await("step"));
      }
    }
  }

  private static void add(Report report, String name, long[] nanos) {
    Arrays.sort(nanos);
    report.add(name + ", median", nanos[nanos.length / 2] / 1e3, 0, "µs");
    report.add(name + ", 99 %", nanos[(int) (nanos.length * 0.99)] / 1e3, 0, "µs");
  }
}
