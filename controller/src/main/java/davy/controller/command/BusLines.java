package davy.controller.command;

import davy.bridge.modbus.BusProbe;
import davy.controller.config.Site;
import davy.hal.Clock;
import davy.hal.SerialLine;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The lines that a person looks at, read in turn by one thread. */
final class BusLines implements AutoCloseable {

  private final List<BusWatch> watches = new ArrayList<>();
  private final List<BusProbe> probes = new ArrayList<>();

  /** Opens the port of a line. */
  @FunctionalInterface
  interface Ports {
    SerialLine open(Site.Line line) throws IOException;
  }

  private BusLines() {}

  /**
   * @throws IOException where one of them can't be had; none stays open then
   */
  static BusLines open(List<Site.Line> lines, Ports ports, Clock clock) throws IOException {
    BusLines all = new BusLines();
    try {
      for (Site.Line line : lines) {
        SerialLine opened = ports.open(line);
        all.probes.add(new BusProbe(opened, line.plan().settings(), clock));
        all.watches.add(new BusWatch(line.plan(), clock));
        opened.discard();
      }
      return all;
    } catch (IOException refused) {
      all.close();
      throw refused;
    }
  }

  /** Every device of every line once. */
  void round() throws IOException {
    for (int line = 0; line < watches.size(); line++) {
      watches.get(line).round(probes.get(line));
    }
  }

  List<String> lines() {
    return watches.stream().flatMap(watch -> watch.lines().stream()).toList();
  }

  List<String> news() {
    return watches.stream().flatMap(watch -> watch.news().stream()).toList();
  }

  boolean good() {
    return watches.stream().allMatch(BusWatch::good);
  }

  Map<String, Object> json() {
    return Map.of("lines", watches.stream().map(BusWatch::json).toList());
  }

  @Override
  public void close() {
    probes.forEach(BusProbe::close);
  }
}
