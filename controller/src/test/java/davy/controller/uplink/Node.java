package davy.controller.uplink;

import davy.controller.config.Site;
import davy.controller.json.JsonLine;
import davy.controller.link.LinkClient.Frame;
import davy.controller.link.TestSite;
import davy.controller.sparkplug.Frames;
import davy.hal.Clock;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/** The edge node of the small test site, with an interlock and a journal that tests play. */
final class Node implements AutoCloseable {

  private static final long FIRST_MILLIS = Instant.parse("2026-11-22T19:40:00Z").toEpochMilli();

  private final RefusedWrites refused = new RefusedWrites(this::refuse);
  private final List<String> writes = new CopyOnWriteArrayList<>();
  private final AtomicLong passedOver = new AtomicLong();
  private final Session session;
  private final SparkplugTalk talk;
  private volatile boolean journalThere = true;
  private volatile Optional<Frame> frame = Optional.empty();

  Node(Path folder, int port, Optional<String> primaryHost) {
    this(folder, port, primaryHost, 0);
  }

  /**
   * @param durable records that the journal has from the begin
   */
  Node(Path folder, int port, Optional<String> primaryHost, long durable) {
    this(folder, Outpost.broker(port), primaryHost, durable);
  }

  Node(Path folder, Site.Broker broker, Optional<String> primaryHost, long durable) {
    Site.SparkplugNode node = new Site.SparkplugNode("410403004688", "00001", primaryHost);
    Site site = TestSite.site(broker, node);
    show(durable, "0.40", true);
    talk =
        new SparkplugTalk(
            site,
            node,
            new SparkplugTalk.Surroundings(
                new Interlock(),
                Samples::new,
                () -> 7,
                folder.resolve("sparkplug.json"),
                refused,
                System::currentTimeMillis));
    session = new Session("sparkplug", SparkplugTalk.settings(broker), "station", talk);
  }

  /** What the interlock says from now on. */
  void show(long durable, String t1, boolean granted) {
    frame = Optional.of(new Frame(Frames.line(durable, t1, granted), Clock.SYSTEM.now()));
  }

  void interlockGone() {
    frame = Optional.empty();
  }

  /** The interlock's journal takes no note for a while, or does again. */
  void journalThere(boolean there) {
    journalThere = there;
  }

  String trouble() {
    return session.trouble();
  }

  /** Writes in the journal, one by one. */
  List<String> writes() {
    return List.copyOf(writes);
  }

  /** And those that are only counted. */
  long passedOver() {
    return passedOver.get();
  }

  private boolean refuse(String metric, long count) {
    if (journalThere) {
      writes.add(metric);
      passedOver.addAndGet(count);
    }
    return journalThere;
  }

  private final class Interlock implements StatusFeed.Interlock {
    @Override
    public Optional<Frame> latest() {
      return frame;
    }

    @Override
    public String trouble() {
      return "gone";
    }
  }

  /** When record so and so was made. */
  static long millis(long seq) {
    return FIRST_MILLIS + 100 * seq;
  }

  /** A journal without end: record n says that T1 reads n hundredths. */
  private static final class Samples implements Records {
    private long last;

    @Override
    public void after(long seq) {
      last = seq;
    }

    @Override
    public Optional<Line> next() {
      last++;
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("seq", last);
      fields.put("time", Instant.ofEpochMilli(millis(last)).toString());
      fields.put("code", "sample");
      fields.put("points", Map.of("T1", last));
      return Optional.of(new Line(last, JsonLine.write(fields), "h"));
    }

    @Override
    public void close() {}
  }

  @Override
  public void close() {
    session.close();
    refused.close();
    talk.close();
  }
}
