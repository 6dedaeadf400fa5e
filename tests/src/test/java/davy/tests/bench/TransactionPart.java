package davy.tests.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * One transaction without wire time: from the write of the request to its values at hand, less what
 * the slave took by its own stamps. Davy's poller, and j2mod's own transport on the same line.
 */
final class TransactionPart {

  private static final double GOAL_MICROS = 30;

  private TransactionPart() {}

  static void run(Path folder, Report report, boolean quick) throws Exception {
    int count = quick ? 300 : 10_000;
    double ours = tell(report, "Davy", measured("transaction", count), GOAL_MICROS);
    double theirs = tell(report, "j2mod", measured("j2mod", count), Double.MAX_VALUE);
    report.add("j2mod's median over Davy's", theirs / ours, 0, "");
  }

  private static long[] measured(String who, int count) throws Exception {
    try (AtOnce far = new AtOnce();
        NearEnd near = NearEnd.java(who, far.path().toString(), Integer.toString(count))) {
      long[] written = near.await("written");
      long[] done = near.await("done");
      return nanos(written, done, far.end());
    }
  }

  /** Each answer with the write before it and the end behind it; the first fifth warms up. */
  private static long[] nanos(long[] written, long[] done, List<AtOnce.Answer> answers)
      throws IOException {
    List<Long> nanos = new ArrayList<>();
    int write = 0;
    int end = 0;
    for (AtOnce.Answer answer : answers) {
      while (write + 1 < written.length && written[write + 1] <= answer.heard()) {
        write++;
      }
      while (end < done.length && done[end] < answer.said()) {
        end++;
      }
      if (end < done.length) {
        nanos.add(done[end] - written[write] - answer.nanos());
      }
    }
    if (nanos.size() < done.length / 2) {
      throw new IOException(done.length + " transactions, " + answers.size() + " answers");
    }
    return nanos.stream().skip(nanos.size() / 5).mapToLong(Long::longValue).sorted().toArray();
  }

  private static double tell(Report report, String who, long[] nanos, double goal) {
    double median = at(nanos, 0.5);
    String name = "a transaction at 115200 baud without wire, " + who;
    if (goal < Double.MAX_VALUE) {
      report.goal(name + ", median", median, 0, "µs", "≤ 30 µs", median <= goal);
    } else {
      report.add(name + ", median", median, 0, "µs");
    }
    report.add(name + ", 99 %", at(nanos, 0.99), 0, "µs");
    report.add(name + ", worst", at(nanos, 1), 0, "µs");
    return median;
  }

  private static double at(long[] sorted, double share) {
    return sorted[(int) Math.min(sorted.length - 1L, (long) (sorted.length * share))] / 1e3;
  }
}
