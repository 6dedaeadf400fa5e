package davy.tests.bench;

import davy.hal.SerialSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * One transaction without wire time: from the write of the request to its values at hand, less what
 * the slave took by its own stamps. Davy's poller, and j2mod's own transport on the same line.
 */
final class TransactionPart {

  private static final SerialSettings SETTINGS =
      new SerialSettings(115_200, SerialSettings.Format.F8N1);

  private static final double GOAL_MICROS = 30;

  private TransactionPart() {}

  static void run(Path folder, Report report, boolean quick) throws Exception {
    String count = quick ? "300" : "10000";
    String bare = Program.compile("bare", folder).toString();
    String silence = Long.toString(SETTINGS.silenceNanos());
    String priority = Integer.toString(Near.LINE_PRIORITY);
    double least =
        tell(report, "a bare loop in C", at -> NearEnd.program(bare, at, count, silence, priority));
    double ours = tell(report, "Davy", at -> NearEnd.java("transaction", at, count));
    double theirs = tell(report, "j2mod", at -> NearEnd.java("j2mod", at, count));
    report.goal(
        "Davy's median less that of the bare loop",
        ours - least,
        0,
        "µs",
        "≤ 30 µs",
        ours - least <= GOAL_MICROS);
    report.add("j2mod's median less that of the bare loop", theirs - least, 0, "µs");
  }

  /** Starts a near end at this device. */
  private interface Start {
    NearEnd at(String device) throws IOException;
  }

  private static double tell(Report report, String who, Start start) throws IOException {
    long[] nanos;
    try (AtOnce far = new AtOnce();
        NearEnd near = start.at(far.path().toString())) {
      long[] written = near.await("written");
      long[] done = near.await("done");
      nanos = nanos(written, done, far.end());
    }
    String name = "a transaction at 115200 baud without wire, " + who;
    report.add(name + ", median", at(nanos, 0.5), 0, "µs");
    report.add(name + ", 99 %", at(nanos, 0.99), 0, "µs");
    report.add(name + ", worst", at(nanos, 1), 0, "µs");
    return at(nanos, 0.5);
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

  private static double at(long[] sorted, double share) {
    return sorted[(int) Math.min(sorted.length - 1L, (long) (sorted.length * share))] / 1e3;
  }
}
