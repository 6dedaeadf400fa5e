package davy.controller.uplink;

import davy.controller.config.Site;
import davy.controller.json.JsonLine;
import davy.controller.link.LinkClient;
import java.nio.file.Path;
import java.util.Set;

/** The Sparkplug edge node's session with what belongs to it. */
record SparkplugSession(Session session, SparkplugTalk talk, RefusedWrites refused)
    implements AutoCloseable {

  /** What the interlock answers to a write that it has taken note of. */
  private static final Set<Object> TAKEN = Set.of("NO_WRITES", "MALFORMED", "TOO_LONG");

  /**
   * What the session takes from the other two.
   *
   * @param client id at the broker, without what tells the sessions apart
   */
  record Neighbours(
      StatusFeed.Interlock interlock,
      Records.Source records,
      EvidenceTalk evidence,
      String client) {}

  static SparkplugSession start(
      Site site,
      Site.Broker broker,
      Site.SparkplugNode node,
      Neighbours beside,
      Path stateFolder,
      RefusedWrites.Interlock journal) {
    RefusedWrites refused = new RefusedWrites(journal);
    SparkplugTalk talk =
        new SparkplugTalk(
            site,
            node,
            new SparkplugTalk.Surroundings(
                beside.interlock(),
                beside.records(),
                () -> beside.evidence().acknowledged().seq(),
                stateFolder.resolve("sparkplug.json"),
                refused,
                System::currentTimeMillis));
    return new SparkplugSession(
        new Session(
            "sparkplug", SparkplugTalk.settings(broker), beside.client() + "-sparkplug", talk),
        talk,
        refused);
  }

  /** The interlock's journal over its socket. */
  static RefusedWrites.Interlock journal(LinkClient link) {
    return (metric, count) -> {
      try {
        return TAKEN.contains(JsonLine.read(link.refusedWrite(metric, count)).get("answer"));
      } catch (JsonLine.Malformed e) {
        return false;
      }
    };
  }

  @Override
  public void close() {
    session.close();
    refused.close();
    talk.close();
  }
}
