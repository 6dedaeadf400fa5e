package davy.controller;

import davy.bridge.modbus.LineImage;
import davy.bridge.modbus.LineImage.CoilImage;
import davy.bridge.modbus.LineImage.SlaveHealth;
import davy.bridge.modbus.LinePlan;
import davy.bridge.modbus.LinePlan.SlavePlan;
import davy.controller.alarm.AlarmEvent;
import davy.controller.alarm.AlarmRequest;
import davy.controller.config.Site;
import davy.controller.interlock.Event;
import davy.controller.interlock.Request;
import davy.controller.interlock.Saved;
import davy.controller.journal.Entry;
import davy.controller.scan.Field;
import davy.controller.scan.FieldBus;
import davy.controller.scan.Scan;
import davy.controller.scan.Snapshot;
import davy.controller.scan.Surroundings;
import davy.hal.Board;
import davy.hal.InputLine;
import davy.hal.OutputLine;
import davy.hal.measure.Spread;
import davy.hal.signal.Permit;
import davy.hal.signal.Quantity;
import davy.hal.signal.Reading;
import davy.hal.signal.Tick;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A scan of its own on lines, pins and time that are made up: run behind the start, while the hold
 * after power-on keeps every zone withheld, so that the code of the first real trip has been loaded
 * and compiled; and once more when memory has been tidied up ({@link Privilege}). It knows no port,
 * no pin, no journal and no clock, so it can move nothing.
 */
final class Rehearsal {

  /** The hold, the time to be stable, and a few times gas. */
  private static final int SCANS = 1_000;

  /** Made-up time goes fast: so many periods lie between two scans, just not a cause. */
  private static final int PERIODS = 10;

  /** Gas comes every so many scans, and stays for so many. */
  private static final int GAS_EVERY = 150;

  private static final int GAS_SCANS = 5;

  private static final int MOST_SECONDS = 20;

  private static final int CLEAN = 20;
  private static final int GAS = 250;

  private final Site site;
  private final List<Line> lines = new ArrayList<>();
  private final Scan scan;
  private Tick now = new Tick(1_000_000_000L);
  private int granted;
  private int trips;
  private boolean wasOpen;

  private Rehearsal(Site site) throws IOException {
    this.site = site;
    site.lines().forEach(line -> lines.add(new Line(line.plan())));
    this.scan =
        new Scan(
            site,
            () -> now,
            new Field(site, List.copyOf(lines), new NoBoard()),
            new Nobody(),
            Saved.nothing(site.plan()),
            List.of(),
            now);
  }

  /**
   * Runs on a thread of its own, and ends.
   *
   * @param rehearsed done then, on that thread
   */
  static void start(Site site, Runnable rehearsed, Thread.UncaughtExceptionHandler defect) {
    Thread.ofPlatform()
        .name("rehearsal")
        .daemon()
        .uncaughtExceptionHandler(defect)
        .start(
            () -> {
              run(site);
              rehearsed.run();
            });
  }

  /**
   * What a rehearsal saw.
   *
   * @param granted scans in which a zone was granted
   * @param trips how often none was any more
   */
  record Seen(int granted, int trips) {}

  static Seen run(Site site) {
    try {
      return new Rehearsal(site).play();
    } catch (IOException e) {
      throw new UncheckedIOException(e); // There is nothing that could fail.
    }
  }

  private Seen play() {
    long end = System.nanoTime() + MOST_SECONDS * 1_000_000_000L;
    for (int i = 0; i < SCANS && System.nanoTime() - end < 0; i++) {
      now = now.plusMillis((long) PERIODS * site.scanMillis());
      boolean gas = granted > 0 && i % GAS_EVERY < GAS_SCANS;
      lines.forEach(line -> line.read(gas ? GAS : CLEAN));
      scan.work(now);
    }
    return new Seen(granted, trips);
  }

  /** Every slave answers at once; inputs are open, so feeds are dead and no key is turned. */
  private final class Line implements FieldBus {
    private final LinePlan plan;
    private List<Permit> levels;
    private LineImage image;

    Line(LinePlan plan) {
      this.plan = plan;
      int coils = plan.slaves().stream().mapToInt(slave -> slave.coils().size()).sum();
      this.levels = Collections.nCopies(coils, Permit.WITHHELD);
      read(CLEAN);
    }

    void read(int hundredths) {
      List<Reading> readings = new ArrayList<>();
      List<SlaveHealth> slaves = new ArrayList<>();
      for (SlavePlan slave : plan.slaves()) {
        slave
            .map()
            .channels()
            .forEach(
                channel ->
                    readings.add(
                        new Reading.Good(
                            channel.quantity() == Quantity.METHANE ? hundredths : 0, now)));
        slaves.add(new SlaveHealth(slave.name(), true, 1, 0, 0, 0, 0, 1, Spread.NONE));
      }
      List<CoilImage> coils =
          levels.stream()
              .map(level -> new CoilImage(new Reading.Good(level.ordinal(), now), level, now))
              .toList();
      image = new LineImage(now, "", readings, coils, slaves, 1, Spread.NONE);
    }

    @Override
    public LineImage image() {
      return image;
    }

    @Override
    public void drive(List<Permit> coils, Tick tick) {
      levels = coils;
    }
  }

  /** Pins that lead nowhere. */
  private static final class NoBoard implements Board {
    @Override
    public OutputLine output(LineName line, Active active) {
      return new NoOutput();
    }

    @Override
    public InputLine input(LineName line, Active active, Pull pull) {
      return () -> false;
    }

    @Override
    public void close() {}
  }

  private static final class NoOutput implements OutputLine {
    private boolean energised;

    @Override
    public void drive(boolean level) {
      energised = level;
    }

    @Override
    public boolean senses() {
      return energised;
    }
  }

  /** Takes everything and keeps nothing. */
  private final class Nobody implements Surroundings {
    private long tickets;

    @Override
    public List<Request> requests() {
      return List.of();
    }

    @Override
    public boolean stationAlive(Tick tick) {
      return true;
    }

    @Override
    public void answered(Event.Answered answered) {}

    @Override
    public long record(Entry entry) {
      return ++tickets;
    }

    @Override
    public long recorded() {
      return tickets;
    }

    @Override
    public void save(Saved saved) {}

    @Override
    public void shown(Snapshot snapshot) {
      boolean open =
          snapshot.decision().zones().stream().anyMatch(z -> z.permit() == Permit.GRANTED);
      granted += open ? 1 : 0;
      trips += wasOpen && !open ? 1 : 0;
      wasOpen = open;
    }

    @Override
    public List<AlarmRequest> alarmRequests() {
      return List.of();
    }

    @Override
    public void alarmAnswered(AlarmEvent.Answered answered) {}

    @Override
    public void saveAlarms(List<davy.controller.alarm.Saved> saved) {}

    @Override
    public boolean journalWorks() {
      return true;
    }
  }
}
