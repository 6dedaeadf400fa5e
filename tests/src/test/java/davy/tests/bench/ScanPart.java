package davy.tests.bench;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** What a scan allocates and takes, whole and the decision alone, from 10 to 10,000 points. */
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
    for (int points : quick ? new int[] {10} : new int[] {10, 100, 200, 1_000, 10_000}) {
      Path file = BenchSite.write(folder.resolve("s" + points), points, folder::resolve);
      String scans = Integer.toString(quick ? 20 : Math.max(200, 400_000 / points));
      try (NearEnd near = NearEnd.java(heap(points), "scan", file.toString(), scans)) {
        add(report, "scan, %,d points".formatted(points), near.await("scan"));
      }
      String steps = Integer.toString(quick ? 20 : Math.max(200, 20_000 / points));
      String number = Integer.toString(points);
      try (NearEnd near = NearEnd.java(heap(points), "steps", site.toString(), number, steps)) {
        add(report, "decision, %,d points".formatted(points), near.await("step"));
      }
    }
  }

  /** The interlock's own heap is for sites of up to 2,000 points. */
  private static List<String> heap(int points) {
    return points > 1_000 ? List.of("-Xms256m", "-Xmx768m", "-Xmn64m") : List.of();
  }

  private static void add(Report report, String name, long[] nanos) {
    Arrays.sort(nanos);
    report.add(name + ", median", nanos[nanos.length / 2] / 1e3, 0, "µs");
    report.add(name + ", 99 %", nanos[(int) (nanos.length * 0.99)] / 1e3, 0, "µs");
  }
}
