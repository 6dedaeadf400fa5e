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

/**
 * From the last byte of the reply that brings gas to the return of the write of the coil frame that
 * cuts, on another line; beside cyclictest.
 */
final class RelayPart {

  private static final SerialSettings SETTINGS =
      new SerialSettings(115_200, SerialSettings.Format.F8N1);
  private static final int LOW = 40;
  private static final int HIGH = 160;

  private final Random random = new Random(1);
  private final Heads heads = new Heads(2);
  private final List<Long> sent = Collections.synchronizedList(new ArrayList<>());
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
    try (PacedWire relays = new PacedWire(SETTINGS, List.of(board), (f, _) -> coil(f), _ -> {});
        PacedWire wire = new PacedWire(SETTINGS, heads.slaves(), (_, _) -> {}, this::reply)) {
      Path site =
          BenchSite.write(
              folder, 2, line -> line.startsWith("relays") ? relays.path() : wire.path());
      try (NearEnd near = NearEnd.java("relay", site.toString());
          Cyclic cyclic = Cyclic.start(Near.SCAN_PRIORITY)) {
        near.await("ready");
        Near.pause(quick ? 4 : 120);
        near.say("end");
        tell(report, latencies(near.await("stamps")), cyclic.end());
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
      pollsToGas = pollsToGas > 0 ? pollsToGas - 1 : random.nextInt(4);
      heads.read(pollsToGas == 0 ? HIGH : LOW);
    }
  }

  /** Each cut with the gas before it; gas that found power cut already has none. */
  private long[] latencies(long[] cuts) throws IOException {
    List<Long> late = new ArrayList<>();
    int cut = 0;
    for (int i = 0; i < sent.size(); i++) {
      long from = sent.get(i);
      long to = i + 1 < sent.size() ? sent.get(i + 1) : Long.MAX_VALUE;
      while (cut < cuts.length && cuts[cut] < from) {
        cut++;
      }
      if (cut < cuts.length && cuts[cut] < to) {
        late.add(cuts[cut] - from);
      }
    }
    if (late.size() < sent.size() * 0.95) {
      throw new IOException(sent.size() + " times gas, but " + late.size() + " cuts");
    }
    int cold = Math.min(late.size() / 10, 200);
    return late.stream().skip(cold).mapToLong(Long::longValue).sorted().toArray();
  }

  private static void tell(Report report, long[] late, long[] cyclic) {
    report.add("trips", late.length, 0, "");
    double[] shares = {0.5, 0.9, 0.99, 0.999, 0.9999, 1};
    String[] names = {"median", "90 %", "99 %", "99.9 %", "99.99 %", "worst"};
    double theirs = micros(cyclic, 0.999);
    for (int i = 0; i < shares.length; i++) {
      double micros = micros(late, shares[i]);
      String name = "last byte to relay command, " + names[i];
      switch (names[i]) {
        case "median" -> report.goal(name, micros, 0, "µs", "≤ 200 µs", micros <= 200);
        case "99.9 %" ->
            report.goal(name, micros, 0, "µs", "cyclictest's + 1,000 µs", micros <= theirs + 1_000);
        default -> report.add(name, micros, 0, "µs");
      }
    }
    for (int i = 0; i < shares.length; i++) {
      report.add("cyclictest, " + names[i], micros(cyclic, shares[i]), 0, "µs");
    }
  }

  private static double micros(long[] sorted, double share) {
    return sorted[(int) Math.min(sorted.length - 1, sorted.length * share)] / 1e3;
  }
}
