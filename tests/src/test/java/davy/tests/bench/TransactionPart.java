package davy.tests.bench;

import davy.hal.SerialSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * One transaction without wire time: from the write of the request to its values at hand, less what
 * the slave took by its own stamps. Davy's poller, and j2mod's own transport on the same line;
 * beside them the least that it can be there, for the kernel takes a while to carry the bytes. They
 * take turns, because the machine under this one is not the same from minute to minute.
 */
final class TransactionPart {

  private static final SerialSettings SETTINGS =
      new SerialSettings(115_200, SerialSettings.Format.F8N1);

  private static final double GOAL_MICROS = 30;
  private static final int TURNS = 4;

  private TransactionPart() {}

  static void run(Path folder, Report report, boolean quick) throws Exception {
    String count = quick ? "300" : "5000";
    String bare = Program.compile("bare", folder).toString();
    String silence = Long.toString(SETTINGS.silenceNanos());
    String priority = Integer.toString(Near.LINE_PRIORITY);
    Master least = new Master("a bare loop in C");
    Master ours = new Master("Davy");
    Master theirs = new Master("j2mod");
    for (int turn = 0; turn < (quick ? 1 : TURNS); turn++) {
      least.turn(at -> NearEnd.program(bare, at, count, silence, priority));
      ours.turn(at -> NearEnd.java("transaction", at, count));
      theirs.turn(at -> NearEnd.java("j2mod", at, count));
    }
    List.of(least, ours, theirs).forEach(master -> master.tell(report));
    double own = ours.micros(0.5) - least.micros(0.5);
    report.goal(
        "Davy's median less that of the bare loop", own, 0, "µs", "≤ 30 µs", own <= GOAL_MICROS);
    double jar = theirs.micros(0.5) - least.micros(0.5);
    report.add("j2mod's median less that of the bare loop", jar, 0, "µs");
  }

  /** Starts a near end at this device. */
  private interface Start {
    NearEnd at(String device) throws IOException;
  }

  private static final class Master {
    private final String name;
    private final List<Long> nanos = new ArrayList<>();

    Master(String name) {
      this.name = name;
    }

    void turn(Start start) throws IOException {
      try (AtOnce far = new AtOnce();
          NearEnd near = start.at(far.path().toString())) {
        long[] written = near.await("written");
        long[] done = near.await("done");
        nanos.addAll(nanos(written, done, far.end()));
      }
    }

    double micros(double share) {
      List<Long> sorted = nanos.stream().sorted().toList();
      return sorted.get((int) Math.min(sorted.size() - 1L, (long) (sorted.size() * share))) / 1e3;
    }

    void tell(Report report) {
      String what = "a transaction at 115200 baud without wire, " + name;
      report.add(what + ", median", micros(0.5), 0, "µs");
      report.add(what + ", 99 %", micros(0.99), 0, "µs");
      report.add(what + ", worst", micros(1), 0, "µs");
    }
  }

  /** Each answer with the write before it and the end behind it; the first fifth warms up. */
  private static List<Long> nanos(long[] written, long[] done, List<AtOnce.Answer> answers)
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
    return nanos.subList(nanos.size() / 5, nanos.size());
  }
}
