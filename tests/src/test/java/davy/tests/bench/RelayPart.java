package davy.tests.bench;

import davy.bridge.sim.SimRelays;
import davy.bridge.sim.SimSlave;
import davy.hal.SerialSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.ToLongFunction;

/**
 * From the last byte of the reply that brings gas to the return of the write of the coil frame that
 * cuts, on another line; beside cyclictest. Told from when that line may be written to as well: a
 * round of the board that was under way ends first, and the silence behind it, which no program
 * makes shorter.
 */
final class RelayPart {

  private static final SerialSettings SETTINGS =
      new SerialSettings(115_200, SerialSettings.Format.F8N1);
  private static final double[] SHARES = {0.5, 0.9, 0.99, 0.999, 0.9999, 1};
  private static final String[] NAMES = {"median", "90 %", "99 %", "99.9 %", "99.99 %", "worst"};

  /** After these the board's answer to the grant has been read back. */
  private static final int READ_BACK_POLLS = 3;

  private static final int LOW = 40;
  private static final int HIGH = 160;

  private final Random random = new Random(1);
  private final Heads heads = new Heads(2);
  private final List<Long> sent = Collections.synchronizedList(new ArrayList<>());
  private final List<Long> boardReplies = Collections.synchronizedList(new ArrayList<>());
  private volatile boolean granted;
  private int pollsToGas;
  private boolean gas;

  private RelayPart() {}

  static void idle(Path folder, Report report, boolean quick) throws Exception {
    new RelayPart().run(folder, report, quick);
  }

  /** The same with a busy loop for each processor beside it. */
  static void loaded(Path folder, Report report, boolean quick) throws Exception {
    List<Process> busy = new ArrayList<>();
    try {
      for (int i = 0; i < Runtime.getRuntime().availableProcessors(); i++) {
        busy.add(new ProcessBuilder("sh", "-c", "while :; do :; done").start());
      }
      new RelayPart().run(folder, report, quick);
    } finally {
      busy.forEach(Process::destroyForcibly);
    }
  }

  private void run(Path folder, Report report, boolean quick) throws Exception {
    SimSlave board = new SimSlave(1, new SimRelays(8), 0);
    try (PacedWire relays =
            new PacedWire(
                SETTINGS,
                List.of(board),
                (frame, _) -> coil(frame),
                _ -> boardReplies.add(System.nanoTime()));
        PacedWire wire = new PacedWire(SETTINGS, heads.slaves(), (_, _) -> {}, this::reply)) {
      Path site =
          BenchSite.write(
              folder, 2, line -> line.startsWith("relays") ? relays.path() : wire.path());
      try (NearEnd near = NearEnd.java("relay", site.toString());
          Cyclic cyclic = Cyclic.start(Near.SCAN_PRIORITY)) {
        near.await("ready");
        Near.pause(quick ? 4 : 180);
        near.say("end");
        tell(report, trips(near.await("stamps")), cyclic.end());
      }
    }
  }

  /** A frame to the relay board, as it hears it. */
  private void coil(byte[] frame) {
    if (frame[1] == 5) {
      boolean on = frame[4] != 0 || frame[5] != 0;
      if (granted && !on) {
        heads.read(LOW);
        gas = false;
      }
      granted = on;
    }
  }

  /** A head's reply, just before its last byte arrives. */
  private void reply(byte[] said) {
    int value = said.length > 4 ? (said[3] & 0xFF) << 8 | said[4] & 0xFF : 0;
    if (value == HIGH && granted && !gas) {
      gas = true;
      sent.add(System.nanoTime());
    } else if (value == LOW && granted && !gas) {
      pollsToGas = pollsToGas > 0 ? pollsToGas - 1 : READ_BACK_POLLS + random.nextInt(4);
      heads.read(pollsToGas == 0 ? HIGH : LOW);
    }
  }

  /**
   * @param gas just before the last byte of the reply
   * @param free when the board's line might be written to at the earliest, not before that
   * @param cut the return of the write
   */
  private record Trip(long gas, long free, long cut) {}

  /** Each cut with the gas before it; gas that found power cut already has none. */
  private List<Trip> trips(long[] cuts) throws IOException {
    List<Trip> trips = new ArrayList<>();
    int cut = 0;
    int reply = 0;
    for (int i = 0; i < sent.size(); i++) {
      long from = sent.get(i);
      long to = i + 1 < sent.size() ? sent.get(i + 1) : Long.MAX_VALUE;
      while (cut < cuts.length && cuts[cut] < from) {
        cut++;
      }
      if (cut < cuts.length && cuts[cut] < to) {
        while (reply + 1 < boardReplies.size() && boardReplies.get(reply + 1) < cuts[cut]) {
          reply++;
        }
        long quiet = boardReplies.get(reply) + SETTINGS.silenceNanos();
        trips.add(new Trip(from, Math.clamp(quiet, from, cuts[cut]), cuts[cut]));
      }
    }
    if (trips.size() < sent.size() * 0.95) {
      throw new IOException(sent.size() + " times gas, but " + trips.size() + " cuts");
    }
    return trips.subList(Math.min(trips.size() / 10, 200), trips.size());
  }

  private static void tell(Report report, List<Trip> trips, long[] cyclic) {
    report.add("trips", trips.size(), 0, "");
    long[] own = sorted(trips, trip -> trip.cut() - trip.free());
    double theirs = micros(cyclic, 0.999);
    for (int i = 0; i < SHARES.length; i++) {
      double micros = micros(own, SHARES[i]);
      String name = "last byte, or the board's line free, to relay command, " + NAMES[i];
      switch (NAMES[i]) {
        case "median" -> report.goal(name, micros, 0, "µs", "≤ 200 µs", micros <= 200);
        case "99.9 %" ->
            report.goal(name, micros, 0, "µs", "cyclictest's + 1,000 µs", micros <= theirs + 1_000);
        default -> report.add(name, micros, 0, "µs");
      }
    }
    long[] all = sorted(trips, trip -> trip.cut() - trip.gas());
    for (int i = 0; i < SHARES.length; i++) {
      String name = "last byte to relay command with that wait, " + NAMES[i];
      report.add(name, micros(all, SHARES[i]), 0, "µs");
    }
    for (int i = 0; i < SHARES.length; i++) {
      report.add("cyclictest, " + NAMES[i], micros(cyclic, SHARES[i]), 0, "µs");
    }
  }

  private static long[] sorted(List<Trip> trips, ToLongFunction<Trip> nanos) {
    return trips.stream().mapToLong(nanos).sorted().toArray();
  }

  private static double micros(long[] sorted, double share) {
    return sorted[(int) Math.min(sorted.length - 1, sorted.length * share)] / 1e3;
  }
}
