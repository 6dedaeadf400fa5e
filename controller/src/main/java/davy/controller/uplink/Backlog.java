package davy.controller.uplink;

import davy.controller.sparkplug.Frame;
import davy.controller.sparkplug.Metric;
import davy.controller.sparkplug.Part;
import davy.controller.sparkplug.Past;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.tinylog.Logger;

/**
 * What happened while SCADA hosts were not told, from the journal, oldest first, in portions: the
 * next one leaves when the broker has the one before, so the present is never far behind. Sparkplug
 * acknowledges nothing; a {@link Marks mark} of QoS 1 behind what was sent shows that the broker
 * has it. The thread of the Sparkplug session alone.
 */
final class Backlog implements AutoCloseable {

  static final int METRICS_PER_SECOND = 5_000;
  static final int MESSAGE_METRICS = 250;
  private static final int LEAST_METRICS = 250;
  private static final int MOST_METRICS = 2_000;

  /** Some 32 for a metric, and a quarter of the pace: a portion is small beside the stall limit. */
  private static final int PACED_BYTES = 128;

  private static final long READ_NANOS = 20_000_000L;
  private static final long REST_NANOS = 1_000_000_000L;
  private static final long SECOND_NANOS = 1_000_000_000L;

  /** What it needs of the session. */
  interface Ways {

    /** Tells of the past; false: later. */
    boolean tell(Part part, List<Metric> past);

    /** Sends a mark; false: later. */
    boolean mark(Runnable acknowledged);
  }

  private final Records.Source source;
  private final Past past;
  private final Marks marks;
  private final Pace pace = new Pace();
  private final Queue<Long> delays = new ConcurrentLinkedQueue<>();
  private final Deque<Message> ready = new ArrayDeque<>();
  private Optional<Records> records = Optional.empty();
  private String trouble = "";
  private boolean begun;
  private boolean markDue;
  private volatile boolean underWay;
  private int metrics;
  private long position;
  private long end;
  private long nextAt = System.nanoTime();

  private record Message(Part part, List<Metric> metrics) {}

  Backlog(Records.Source source, Past past, Marks marks) {
    this.source = source;
    this.past = past;
    this.marks = marks;
  }

  /** A new connection: begins behind what is surely told, once the present is. */
  void connected() {
    if (underWay) {
      pace.took(Long.MAX_VALUE);
    }
    begun = false;
    markDue = false;
    underWay = false;
    delays.clear();
    ready.clear();
    close();
  }

  /** Records that are still to be gone through. */
  long left() {
    return begun ? Math.max(0, end - position) : 0;
  }

  /** All of the past is told, and the broker has it. */
  boolean done() {
    return begun && position >= end && ready.isEmpty() && !markDue && !underWay;
  }

  /** Number of the last record that was gone through. */
  long position() {
    return position;
  }

  /** Tells what may be told and fits; the present is told. */
  void turn(Frame frame, Ways ways) {
    if (!begun) {
      begin(frame);
    }
    for (Long delay = delays.poll(); delay != null; delay = delays.poll()) {
      pace.took(delay);
    }
    if (underWay || System.nanoTime() - nextAt < 0) {
      return;
    }
    if (ready.isEmpty() && !markDue && position < end) {
      read();
    }
    while (!ready.isEmpty()) {
      Message message = ready.peekFirst();
      if (!ways.tell(message.part(), message.metrics())) {
        return;
      }
      ready.removeFirst();
    }
    if (markDue && mark(ways)) {
      markDue = false;
      if (position >= end) {
        close();
      }
      nextAt = System.nanoTime() + metrics * SECOND_NANOS / METRICS_PER_SECOND;
    }
  }

  private void begin(Frame frame) {
    Optional<Long> durable = frame.durableSeq();
    if (durable.isEmpty()) {
      return;
    }
    end = durable.get();
    position = marks.begin(frame.epoch(), end);
    past.begin();
    begun = true;
    if (position < end) {
      Logger.info("sparkplug: the past from record {} to {} is told", position + 1, end);
    }
  }

  private boolean mark(Ways ways) {
    long at = System.nanoTime();
    long told = position;
    underWay = true;
    boolean sent =
        ways.mark(
            () -> {
              marks.reached(told, System.nanoTime());
              delays.add(System.nanoTime() - at);
              underWay = false;
            });
    underWay = sent && underWay;
    return sent;
  }

  /** One portion of records, a message for each part of the edge node, in order. */
  private void read() {
    int most = Math.clamp(pace.bytes() / PACED_BYTES, LEAST_METRICS, MOST_METRICS);
    long until = System.nanoTime() + READ_NANOS;
    Map<Part, List<Metric>> portion = new LinkedHashMap<>();
    metrics = 0;
    try {
      Records open = open();
      while (metrics < most && position < end && System.nanoTime() - until < 0) {
        Optional<Records.Line> line = open.next();
        if (line.isEmpty()) {
          break;
        }
        position = Math.min(end, line.get().seq());
        if (line.get().seq() <= end) {
          add(portion, line.get().json());
        }
      }
      trouble = "";
    } catch (IOException e) {
      fail(e);
    }
    portion.forEach(this::split);
    markDue = metrics > 0 || position >= end;
  }

  private void add(Map<Part, List<Metric>> portion, String json) {
    for (Past.Remark remark : past.read(json)) {
      portion.computeIfAbsent(remark.part(), _ -> new ArrayList<>()).add(remark.metric());
      metrics++;
    }
  }

  private void split(Part part, List<Metric> all) {
    for (int from = 0; from < all.size(); from += MESSAGE_METRICS) {
      int to = Math.min(all.size(), from + MESSAGE_METRICS);
      ready.add(new Message(part, all.subList(from, to)));
    }
  }

  private Records open() throws IOException {
    if (records.isEmpty()) {
      Records opened = source.open();
      records = Optional.of(opened);
      opened.after(position);
    }
    return records.get();
  }

  private void fail(IOException e) {
    String why = String.valueOf(e.getMessage());
    if (!why.equals(trouble)) {
      Logger.warn("sparkplug: the journal can't be read: {}", why);
    }
    trouble = why;
    nextAt = System.nanoTime() + REST_NANOS;
    close();
  }

  @Override
  public void close() {
    try {
      if (records.isPresent()) {
        records.get().close();
      }
    } catch (IOException e) {
      Logger.debug("closing the journal: {}", e.getMessage());
    }
    records = Optional.empty();
  }
}
