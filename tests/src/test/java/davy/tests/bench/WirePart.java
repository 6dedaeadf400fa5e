package davy.tests.bench;

import davy.hal.SerialSettings;
import davy.hal.signal.Tick;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Polls a second at three speeds: the wire's limit, Davy's poller, and a master on libmodbus. The
 * two take turns, because the machine under a virtual one is not the same from minute to minute.
 */
final class WirePart {

  private static final int SLAVES = 4;
  private static final int TURNS = 3;
  private static final int LEAST = 10;
  private static final int PATIENCE_SECONDS = 30;
  private static final long SECOND = 1_000_000_000L;

  private final Path folder;
  private final Report report;
  private final int seconds;

  private WirePart(Path folder, Report report, int seconds) {
    this.folder = folder;
    this.report = report;
    this.seconds = seconds;
  }

  static void run(Path folder, Report report, boolean quick) throws Exception {
    WirePart part = new WirePart(folder, report, quick ? 1 : 10);
    Path master = Program.compile("master", folder);
    for (int baud : quick ? new int[] {115200} : new int[] {9600, 19200, 115200}) {
      part.at(new SerialSettings(baud, SerialSettings.Format.F8N1), master);
    }
  }

  /**
   * @param core share of a core that the line's thread takes, in %; 0 where it is not told
   */
  private record Rate(double polls, double core) {
    static Rate mean(List<Rate> rates) {
      return new Rate(
          rates.stream().mapToDouble(Rate::polls).average().orElseThrow(),
          rates.stream().mapToDouble(Rate::core).average().orElseThrow());
    }
  }

  private void at(SerialSettings settings, Path master) throws Exception {
    double limit = (double) SECOND / WireTime.nanos(settings);
    List<Rate> all = new ArrayList<>();
    List<Rate> others = new ArrayList<>();
    for (int turn = 0; turn < (seconds > 1 ? TURNS : 1); turn++) {
      others.add(theirs(settings, master));
      all.add(ours(settings));
    }
    Rate rate = Rate.mean(all);
    double ours = rate.polls();
    double theirs = Rate.mean(others).polls();
    String at = " at " + settings.baud() + " baud";
    report.add("polls a second, the wire's limit" + at, limit, 1, "");
    report.add("polls a second, Davy" + at, ours, 1, "");
    report.add("polls a second, libmodbus" + at, theirs, 1, "");
    boolean enough = ours >= 0.95 * limit;
    report.goal("use of the wire, Davy" + at, 100 * ours / limit, 2, "%", "≥ 95 %", enough);
    report.goal(
        "use of the wire, libmodbus" + at,
        100 * theirs / limit,
        2,
        "%",
        "never above Davy",
        theirs <= ours);
    report.add("one core's share of Davy's line thread" + at, rate.core(), 1, "%");
  }

  private Rate theirs(SerialSettings settings, Path master) throws Exception {
    List<Tick> stamps = Collections.synchronizedList(new ArrayList<>());
    try (PacedWire wire = wire(settings, stamps);
        NearEnd _ =
            NearEnd.program(
                master.toString(),
                wire.path().toString(),
                Integer.toString(settings.baud()),
                Integer.toString(SLAVES),
                Long.toString(settings.silenceNanos()),
                Integer.toString(Near.LINE_PRIORITY))) {
      Near.pause(1);
      return new Rate(rate(stamps), 0);
    }
  }

  private Rate ours(SerialSettings settings) throws Exception {
    List<Tick> stamps = Collections.synchronizedList(new ArrayList<>());
    String baud = Integer.toString(settings.baud());
    try (PacedWire wire = wire(settings, stamps);
        NearEnd near =
            NearEnd.java("wire", wire.path().toString(), baud, Integer.toString(SLAVES))) {
      near.await("ready");
      Near.pause(seconds > 1 ? 5 : 1);
      near.say("begin");
      double polls = rate(stamps);
      near.say("end");
      return new Rate(polls, near.await("cpu")[0] / 10.0);
    }
  }

  private static PacedWire wire(SerialSettings settings, List<Tick> stamps) throws IOException {
    return new PacedWire(settings, new Heads(SLAVES).slaves(), (_, at) -> stamps.add(at), _ -> {});
  }

  /** By the slaves' own stamps, from now on; longer where they heard next to nothing. */
  private double rate(List<Tick> stamps) throws IOException {
    stamps.clear();
    for (double left = PATIENCE_SECONDS; left > 0; left -= seconds) {
      Near.pause(seconds);
      List<Tick> heard = List.copyOf(stamps);
      if (heard.size() >= LEAST) {
        long nanos = heard.getLast().nanosSince(heard.getFirst());
        return (heard.size() - 1) * (double) SECOND / nanos;
      }
    }
    throw new IOException("the slaves heard fewer than " + LEAST + " requests");
  }
}
