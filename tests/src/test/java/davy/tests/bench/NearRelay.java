package davy.tests.bench;

import davy.bridge.modbus.BusPoller;
import davy.bridge.modbus.LineImage;
import davy.bridge.serial.JsscPort;
import davy.controller.config.Site;
import davy.controller.interlock.Plan;
import davy.controller.interlock.Saved;
import davy.controller.journal.Entry;
import davy.controller.journal.Journal;
import davy.controller.scan.Field;
import davy.controller.scan.FieldBus;
import davy.controller.scan.Scan;
import davy.hal.Agent;
import davy.hal.AgentThread;
import davy.hal.Clock;
import davy.hal.SerialPort;
import davy.hal.posix.RealTime;
import davy.hal.signal.Permit;
import davy.hal.signal.Tick;
import davy.hal.sim.SimBoard;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Poller, scan and journal as the interlock runs them, on a site whose lock opens again at once.
 * Tells when the write of each coil frame returned that cut what was granted before.
 */
final class NearRelay {

  private static final int MOST = 100_000;

  private final Site site;
  private final Journal journal;
  private final Stamps cuts = new Stamps(MOST);
  private volatile Optional<Scan> scan = Optional.empty();

  NearRelay(Site site, Path folder) throws IOException {
    this.site = opensAtOnce(site);
    this.journal = Journal.open(folder, site.journal().segmentBytes(), Clock.SYSTEM);
  }

  void run() throws IOException {
    List<FieldBus> buses = new ArrayList<>();
    List<BusPoller> pollers = new ArrayList<>();
    for (Site.Line line : site.lines()) {
      SerialPort port = new JsscPort(Path.of(line.port()), line.plan().settings(), false);
      boolean relays = line.plan().name().startsWith("relays");
      BusPoller poller =
          new BusPoller(line.plan(), relays ? new StampedPort(port, new Cuts()) : port, this::wake);
      pollers.add(poller);
      buses.add(new Polled(poller));
    }
    Scan made =
        new Scan(
            site,
            Clock.SYSTEM,
            new Field(site, buses, new SimBoard()),
            new Around(),
            Saved.nothing(site.plan()),
            List.of(),
            Clock.SYSTEM.now());
    scan = Optional.of(made);
    RealTime.lockMemory();
    start(journal, 0);
    pollers.forEach(poller -> start(poller, Near.LINE_PRIORITY));
    start(made, Near.SCAN_PRIORITY);
    Near.tell("ready");
    Near.awaitWord();
    Near.tell("stamps", cuts.all());
  }

  private void wake() {
    scan.ifPresent(Scan::wake);
  }

  private static void start(Agent agent, int priority) {
    Runnable first = priority > 0 ? () -> Near.raise(priority) : () -> {};
    AgentThread.start(agent, Clock.SYSTEM, first, Near::defect);
  }

  /** No hold, no feed, no time to be stable: else a trip could be had once a minute only. */
  private static Site opensAtOnce(Site site) {
    Plan plan = site.plan();
    Plan.Times times = plan.times();
    Plan quick =
        new Plan(
            plan.points(),
            plan.zones().stream()
                .map(
                    zone ->
                        new Plan.Zone(
                            zone.name(),
                            zone.groups(),
                            zone.release(),
                            zone.feedFitted(),
                            0,
                            zone.dropOutNanos(),
                            zone.upstream()))
                .toList(),
            plan.fans(),
            new Plan.Times(
                0,
                times.backToGoodReadings(),
                times.backToGoodNanos(),
                times.driftAt(),
                times.driftNanos(),
                times.consentNanos(),
                times.keyAloneNanos(),
                times.keyStuckNanos(),
                times.readBackNanos(),
                times.feedUnseenNanos(),
                times.selfCloseNanos(),
                times.outputOnNanos()),
            plan.bypasses(),
            plan.fitted());
    return with(site, quick);
  }

  private static Site with(Site site, Plan plan) {
    return new Site(
        site.name(),
        site.title(),
        site.digest(),
        site.text(),
        site.mine(),
        site.station(),
        site.bench(),
        site.profile(),
        plan,
        site.alarms(),
        site.annunciator(),
        site.scanMillis(),
        site.lines(),
        site.points(),
        site.zones(),
        site.fans(),
        site.consentKey(),
        site.guard(),
        site.journal(),
        site.broker(),
        site.sparkplug(),
        site.county(),
        site.countyFiles(),
        site.panel());
  }

  private record Polled(BusPoller poller) implements FieldBus {
    @Override
    public LineImage image() {
      return poller.image();
    }

    @Override
    public void drive(List<Permit> coils, Tick at) {
      poller.drive(coils, at);
    }
  }

  /** With a real journal; what it records of trips is part of what is measured. */
  private final class Around extends NoSurroundings {
    @Override
    public long record(Entry entry) {
      return journal.offer(entry);
    }

    @Override
    public long recorded() {
      return journal.durableTicket();
    }
  }

  private record Frame(boolean coil, boolean cuts) {
    static Frame of(byte[] bytes, int offset) {
      boolean coil = bytes[offset + 1] == 5;
      return new Frame(coil, coil && bytes[offset + 4] == 0 && bytes[offset + 5] == 0);
    }
  }

  /** The return of each write that cut what was granted before; of one line. */
  private final class Cuts implements StampedPort.Writes {
    private boolean granted;

    @Override
    public void wrote(byte[] buffer, int offset, long beganNanos, long endedNanos) {
      Frame frame = Frame.of(buffer, offset);
      if (frame.cuts() && granted) {
        cuts.add(endedNanos);
      }
      granted = frame.coil() ? !frame.cuts() : granted;
    }
  }
}
