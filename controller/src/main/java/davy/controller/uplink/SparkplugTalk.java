package davy.controller.uplink;

import davy.controller.config.Site;
import davy.controller.json.JsonLine;
import davy.controller.link.LinkClient;
import davy.controller.sparkplug.BirthNumber;
import davy.controller.sparkplug.Edge;
import davy.controller.sparkplug.EdgeModel;
import davy.controller.sparkplug.Frame;
import davy.controller.sparkplug.HostState;
import davy.controller.sparkplug.Metric;
import davy.controller.sparkplug.Part;
import davy.controller.sparkplug.Past;
import davy.controller.sparkplug.Payload;
import davy.controller.sparkplug.Topics;
import davy.hal.Clock;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.tinylog.Logger;

/**
 * The present as a Sparkplug B edge node ({@code deploy/docs/sparkplug.md}): waits for the primary
 * host where one is named, sends the births, then changes, then the past. A message of our own with
 * QoS 1 goes behind them every few seconds: the broker's acknowledgement of it shows that the
 * connection is alive and how far the broker has everything.
 */
final class SparkplugTalk implements Session.Talk, AutoCloseable {

  static final long MARK_NANOS = 5_000_000_000L;

  /** Births follow each other no faster, whoever wishes for them. */
  static final long BIRTH_NANOS = 5_000_000_000L;

  private static final long SAVE_NANOS = 30_000_000_000L;

  /** A connection that lasted so long was of use. */
  private static final long USEFUL_NANOS = 10_000_000_000L;

  private static final int KEEP_ALIVE_SECONDS = 10;

  private final Topics topics;
  private final Optional<String> hostTopic;
  private final String markTopic;
  private final StatusFeed.Interlock interlock;
  private final Clock clock = Clock.SYSTEM;
  private final LongSupplier wall;
  private final Path file;
  private final BirthNumber numbers;
  private final Edge edge;
  private final HostState host = new HostState();
  private final Marks marks;
  private final Backlog backlog;
  private final SparkplugEar ear;
  private NodePlace saved;
  private Optional<LinkClient.Frame> seen = Optional.empty();
  private Frame frame;
  private boolean told;
  private boolean hostStale;
  private long bornAt = System.nanoTime() - BIRTH_NANOS;
  private long markedAt;
  private long savedAt = System.nanoTime();
  private long beganAt;

  /**
   * What it needs of the rest of the station.
   *
   * @param records the journal
   * @param acknowledged the last record that the county has acknowledged as evidence
   * @param file of its own, for bdSeq and how far the past is told
   * @param refused where a write by somebody at the surface is told of
   * @param wall milliseconds UTC since 1970
   */
  record Surroundings(
      StatusFeed.Interlock interlock,
      Records.Source records,
      LongSupplier acknowledged,
      Path file,
      RefusedWrites refused,
      LongSupplier wall) {}

  SparkplugTalk(Site site, Site.SparkplugNode node, Surroundings surroundings) {
    this.topics = new Topics(node.group(), node.node());
    this.hostTopic = node.primaryHost().map(Topics::state);
    this.markTopic = "davy/v1/" + site.mine() + "/" + site.station() + "/sparkplug";
    this.interlock = surroundings.interlock();
    this.wall = surroundings.wall();
    this.file = surroundings.file();
    this.saved = NodePlace.read(file);
    this.numbers = new BirthNumber(saved.birthNumber());
    this.marks = new Marks(saved.epoch(), saved.seq());
    EdgeModel model = EdgeModel.of(site, surroundings.acknowledged());
    this.edge = new Edge(topics, model);
    this.backlog = new Backlog(surroundings.records(), new Past(model, site), marks);
    this.ear = new SparkplugEar(topics, hostTopic, surroundings.refused());
    this.frame = Frame.none(wall.getAsLong());
  }

  /** The broker's settings for this session: a dead link is to be noticed within 15 s. */
  static Site.Broker settings(Site.Broker broker) {
    return new Site.Broker(
        broker.uri(),
        broker.backupUri(),
        broker.user(),
        broker.passwordFile(),
        broker.caFile(),
        broker.certificateFile(),
        broker.keyFile(),
        Math.min(KEEP_ALIVE_SECONDS, broker.keepAliveSeconds()));
  }

  /**
   * The number is on disk before the CONNECT that carries it leaves. What happens from the first
   * attempt on will be told, whenever it succeeds.
   */
  @Override
  public BrokerLink.Will will() {
    int number = numbers.next();
    look();
    if (marks.epoch().isEmpty()) {
      frame.durableSeq().ifPresent(durable -> marks.begin(frame.epoch(), durable));
    }
    save(new NodePlace(number, marks.epoch(), marks.sure()));
    edge.connected(number);
    byte[] death = Payload.nodeDeath(number, wall.getAsLong());
    return new BrokerLink.Will(topics.nodeDeath(), death, false, numbers::used);
  }

  @Override
  public void begin(BrokerLink link) throws IOException {
    ear.connected(edge.birthNumber());
    host.connected();
    backlog.connected();
    told = false;
    beganAt = System.nanoTime();
    markedAt = beganAt - MARK_NANOS;
    link.listen(ear.filters(), ear);
  }

  @Override
  public void turn(BrokerLink link) {
    ear.states().forEach(host::take);
    look();
    if (hostTopic.isPresent() && !host.online()) {
      await(link);
    } else {
      tell(link);
    }
    if (System.nanoTime() - markedAt >= MARK_NANOS && mark(link)) {
      markedAt = System.nanoTime();
    }
    if (System.nanoTime() - savedAt >= SAVE_NANOS) {
      keep();
    }
  }

  /** Not before the primary host is there; and when it has gone, dead until it is back. */
  private void await(BrokerLink link) {
    if (edge.alive()) {
      marks.lost(true, System.nanoTime());
      link.giveUp("the primary host is offline");
    }
    if (host.stale() && !hostStale) {
      Logger.error(
          "sparkplug: the primary host says that it is online with an older timestamp than before:"
              + " look after its clock, then start the station anew");
    }
    hostStale = host.stale();
  }

  private void tell(BrokerLink link) {
    if (ear.birthsWanted() && System.nanoTime() - bornAt >= BIRTH_NANOS) {
      Logger.info("sparkplug: the births are sent anew");
      ear.birthsGiven();
      edge.rebirth();
      told = false;
    }
    long now = wall.getAsLong();
    if (edge.birthDue()) {
      bornAt = System.nanoTime();
      ear.birthsGiven();
    }
    if (!told) {
      told = edge.turn(link::publishOnce, frame, now);
    }
    if (told && frame.present()) {
      backlog.turn(frame, new Ways(link, now));
    }
  }

  /** A frame is told once; one that is too old is none. What passed without any is past to tell. */
  private void look() {
    Optional<LinkClient.Frame> latest = interlock.latest();
    if (latest.equals(seen)) {
      return;
    }
    seen = latest;
    told = false;
    boolean gone = !frame.present();
    long now = wall.getAsLong();
    frame =
        latest.map(one -> Frame.read(one.json(), now - age(one))).orElseGet(() -> Frame.none(now));
    if (gone && frame.present()) {
      backlog.connected();
    }
  }

  private long age(LinkClient.Frame one) {
    return clock.now().nanosSince(one.arrival()) / 1_000_000;
  }

  private boolean mark(BrokerLink link) {
    boolean all = told && frame.present() && backlog.done();
    long reached = frame.durableSeq().orElse(0L);
    return mark(link, all ? () -> marks.reached(reached, System.nanoTime()) : () -> {});
  }

  private boolean mark(BrokerLink link, Runnable acknowledged) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("type", "sparkplug");
    fields.put("state", edge.alive() ? "born" : "waiting for the primary host");
    fields.put("bdSeq", edge.birthNumber());
    fields.put("backlog", backlog.left());
    fields.put("hostStateStale", hostStale);
    return link.publish(markTopic, JsonLine.write(fields), false, acknowledged);
  }

  /** The backlog's ways out over one connection. */
  private final class Ways implements Backlog.Ways {
    private final BrokerLink link;
    private final long now;

    Ways(BrokerLink link, long now) {
      this.link = link;
      this.now = now;
    }

    @Override
    public boolean tell(Part part, List<Metric> past) {
      return edge.tellPast(link::publishOnce, part, past, now);
    }

    @Override
    public boolean mark(Runnable acknowledged) {
      return SparkplugTalk.this.mark(link, acknowledged);
    }
  }

  @Override
  public boolean end() {
    marks.lost(false, System.nanoTime());
    keep();
    return System.nanoTime() - beganAt >= USEFUL_NANOS;
  }

  private void keep() {
    savedAt = System.nanoTime();
    save(new NodePlace(edge.birthNumber(), marks.epoch(), marks.sure()));
  }

  private void save(NodePlace place) {
    if (place.equals(saved)) {
      return;
    }
    try {
      place.write(file);
      saved = place;
    } catch (IOException e) {
      Logger.warn("{} can't be written: {}", file, e.getMessage());
    }
  }

  @Override
  public void close() {
    backlog.close();
  }
}
