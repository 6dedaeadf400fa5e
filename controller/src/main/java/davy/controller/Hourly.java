package davy.controller;

import davy.bridge.modbus.LineImage;
import davy.controller.event.EventCode;
import davy.controller.journal.Entry;
import davy.controller.link.MeasureFrame;
import davy.controller.scan.Snapshot;
import davy.hal.Agent;
import davy.hal.signal.Tick;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Puts the measured times of the hour that ends into the journal, and begins a new one. */
final class Hourly implements Agent {

  static final long HOUR_NANOS = 3_600_000_000_000L;

  private final Supplier<Optional<Map<String, Object>>> measured;
  private final Runnable anew;
  private final Consumer<Entry> journal;
  private volatile Optional<Thread> waiting = Optional.empty();
  private Optional<Tick> due = Optional.empty();

  /**
   * @param measured what the record holds; empty before the first scan
   * @param anew begins the new hour
   */
  Hourly(Supplier<Optional<Map<String, Object>>> measured, Runnable anew, Consumer<Entry> journal) {
    this.measured = measured;
    this.anew = anew;
    this.journal = journal;
  }

  @Override
  public String name() {
    return "hourly";
  }

  @Override
  public Tick work(Tick now) {
    Tick end = due.orElseGet(() -> now.plusNanos(HOUR_NANOS));
    if (!now.isBefore(end)) {
      measured
          .get()
          .ifPresent(fields -> journal.accept(new Entry(EventCode.MEASURES, now, fields)));
      anew.run();
      end = end.plusNanos(HOUR_NANOS).latest(now);
    }
    due = Optional.of(end);
    return end;
  }

  /** What the record of an hour holds. */
  static Map<String, Object> fields(long scans, Snapshot.ScanTimes times, List<LineImage> lines) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("scans", scans);
    fields.put("overruns", times.overruns());
    fields.put("scan", MeasureFrame.spread(times.spread()));
    Map<String, Object> replies = new LinkedHashMap<>();
    Map<String, Object> errors = new LinkedHashMap<>();
    for (LineImage line : lines) {
      for (LineImage.SlaveHealth slave : line.slaves()) {
        replies.put(slave.name(), MeasureFrame.spread(slave.replyTimes()));
        errors.put(
            slave.name(),
            List.of(
                slave.silences(), slave.badFrames(), slave.exceptions(), slave.secondAnswers()));
      }
    }
    fields.put("lines", lines.stream().map(l -> MeasureFrame.spread(l.times())).toList());
    fields.put("replies", replies);
    fields.put("errors", errors);
    return fields;
  }

  @Override
  public void await(Tick now, Tick until) {
    waiting = Optional.of(Thread.currentThread());
    LockSupport.parkNanos(this, until.nanosSince(now));
  }

  @Override
  public void wake() {
    waiting.ifPresent(LockSupport::unpark);
  }

  @Override
  public void close() {}
}
