package davy.tests.bench;

import davy.bridge.modbus.LineImage;
import davy.bridge.modbus.LineImage.CoilImage;
import davy.bridge.modbus.LineImage.SlaveHealth;
import davy.bridge.modbus.LinePlan;
import davy.controller.config.Site;
import davy.controller.scan.FieldBus;
import davy.hal.measure.Spread;
import davy.hal.signal.Permit;
import davy.hal.signal.Reading;
import davy.hal.signal.Tick;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Lines without wires: every head has just read what it is told to, every coil is as driven. */
final class StillLines {

  private final List<Line> lines = new ArrayList<>();

  StillLines(Site site) {
    site.lines().forEach(line -> lines.add(new Line(line.plan())));
  }

  List<FieldBus> buses() {
    return List.copyOf(lines);
  }

  /** Every head is read anew. */
  void readAll(int hundredths, Tick now) {
    lines.forEach(line -> line.readAll(hundredths, now));
  }

  /** One head of each line is read anew, the next one each time, as a poller does. */
  void readNext(int hundredths, Tick now) {
    lines.forEach(line -> line.readNext(hundredths, now));
  }

  private static final class Line implements FieldBus {
    private final List<SlaveHealth> slaves;
    private final List<Reading> readings;
    private int next;
    private List<Permit> levels;
    private LineImage image;

    Line(LinePlan plan) {
      slaves =
          plan.slaves().stream()
              .map(s -> new SlaveHealth(s.name(), true, 1, 0, 0, 0, 0, 100, Spread.NONE))
              .toList();
      int channels = plan.slaves().stream().mapToInt(s -> s.map().channels().size()).sum();
      readings = new ArrayList<>(Collections.nCopies(channels, Reading.NEVER));
      int coils = plan.slaves().stream().mapToInt(s -> s.coils().size()).sum();
      levels = Collections.nCopies(coils, Permit.WITHHELD);
      readAll(0, new Tick(0));
    }

    void readAll(int hundredths, Tick now) {
      readings.replaceAll(_ -> new Reading.Good(hundredths, now));
      publish(now);
    }

    void readNext(int hundredths, Tick now) {
      if (!readings.isEmpty()) {
        next = (next + 1) % readings.size();
        readings.set(next, new Reading.Good(hundredths, now));
      }
      publish(now);
    }

    private void publish(Tick now) {
      List<CoilImage> coils =
          levels.stream()
              .map(level -> new CoilImage(new Reading.Good(energised(level), now), level, now))
              .toList();
      image = new LineImage(now, "", readings, coils, slaves, 1, Spread.NONE);
    }

    private static int energised(Permit level) {
      return level == Permit.GRANTED ? 1 : 0;
    }

    @Override
    public LineImage image() {
      return image;
    }

    @Override
    public void drive(List<Permit> coils, Tick scan) {
      levels = coils;
    }
  }
}
