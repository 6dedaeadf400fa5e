package davy.controller.uplink;

import davy.controller.config.Site;
import davy.controller.link.LinkClient;
import davy.hal.Clock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Keeps the broker told, for ever, over two connections: one for the present (status, definitions,
 * the county's trips) and one for the evidence (the journal). No caller ever waits for either, nor
 * one for the other.
 */
public final class Uplink implements AutoCloseable {

  private final Session live;
  private final Session past;
  private final EvidenceTalk evidence;
  private final Optional<RemoteTrips> remoteTrips;
  private final Optional<Patrol> patrol;
  private final Optional<SparkplugSession> sparkplug;

  private Uplink(
      Session live,
      Session past,
      EvidenceTalk evidence,
      Optional<RemoteTrips> remoteTrips,
      Optional<Patrol> patrol,
      Optional<SparkplugSession> sparkplug) {
    this.live = live;
    this.past = past;
    this.evidence = evidence;
    this.remoteTrips = remoteTrips;
    this.patrol = patrol;
    this.sparkplug = sparkplug;
  }

  /**
   * Starts the uplink of a site.
   *
   * @param journalFolder read only
   * @param stateFolder the station's own, for the cursor
   * @throws IOException when the state folder can't be made
   */
  public static Uplink start(
      Site site, Site.Broker broker, LinkClient link, Path journalFolder, Path stateFolder)
      throws IOException {
    Files.createDirectories(stateFolder);
    return start(
        site,
        broker,
        new Followed(link),
        site.county().map(_ -> new RemoteTrips(link::remoteTrip)),
        () -> JournalRecords.open(journalFolder),
        stateFolder.resolve("uplink-cursor.json"),
        Optional.of(journalFolder),
        SparkplugSession.journal(link));
  }

  /** As below, where nobody writes from the surface. */
  static Uplink start(
      Site site,
      Site.Broker broker,
      StatusFeed.Interlock interlock,
      Optional<RemoteTrips> remoteTrips,
      Records.Source records,
      Path cursorFile,
      Optional<Path> patrolled) {
    return start(
        site, broker, interlock, remoteTrips, records, cursorFile, patrolled, (_, _) -> true);
  }

  /**
   * @param patrolled the journal's folder, where somebody is to go through it
   * @param journal where refused writes are recorded
   */
  static Uplink start(
      Site site,
      Site.Broker broker,
      StatusFeed.Interlock interlock,
      Optional<RemoteTrips> remoteTrips,
      Records.Source records,
      Path cursorFile,
      Optional<Path> patrolled,
      RefusedWrites.Interlock journal) {
    Clock clock = Clock.SYSTEM;
    String base = "davy/v1/" + site.mine() + "/" + site.station();
    String client = "davy-" + site.mine() + "-" + site.station();
    StatusFeed status = new StatusFeed(site.mine(), site.station(), interlock, clock.now());
    LiveTalk talk = new LiveTalk(site, base, status, remoteTrips, clock);
    Optional<Patrol> patrol = patrolled.map(folder -> patrol(folder, interlock, cursorFile));
    EvidenceTalk evidence =
        new EvidenceTalk(
            base,
            interlock,
            records,
            cursorFile,
            talk::told,
            () -> patrol.map(Patrol::trouble).orElse(""));
    patrol.ifPresent(Patrol::start);
    return new Uplink(
        new Session("uplink", broker, client, talk),
        new Session("evidence", broker, client + "-evidence", evidence),
        evidence,
        remoteTrips,
        patrol,
        sparkplug(
            site,
            broker,
            new SparkplugSession.Neighbours(interlock, records, evidence, client),
            cursorFile.toAbsolutePath().getParent(),
            journal));
  }

  private static Patrol patrol(Path folder, StatusFeed.Interlock interlock, Path cursorFile) {
    JournalHead.Watch watch = new JournalHead.Watch(interlock);
    return new Patrol(
        folder,
        watch::look,
        () -> Files.exists(cursorFile) ? Cursor.read(cursorFile) : Cursor.NONE);
  }

  private static Optional<SparkplugSession> sparkplug(
      Site site,
      Site.Broker broker,
      SparkplugSession.Neighbours beside,
      Path folder,
      RefusedWrites.Interlock journal) {
    return site.sparkplug()
        .map(node -> SparkplugSession.start(site, broker, node, beside, folder, journal));
  }

  private record Followed(LinkClient link) implements StatusFeed.Interlock {
    @Override
    public Optional<LinkClient.Frame> latest() {
      return link.latest();
    }

    @Override
    public String trouble() {
      return "no connection to the interlock: " + link.trouble();
    }
  }

  /** Empty while all connections stand, else why one does not. Any thread. */
  public String trouble() {
    return Stream.of(live.trouble(), past.trouble(), sparkplugTrouble())
        .filter(trouble -> !trouble.isEmpty())
        .findFirst()
        .orElse("");
  }

  /** As {@link #trouble}, of the edge node's connection alone; empty where there is none. */
  String sparkplugTrouble() {
    return sparkplug.map(one -> one.session().trouble()).orElse("");
  }

  /** Tells the broker goodbye, which makes it show the wills. Waits at most some 6 s. */
  @Override
  public void close() {
    remoteTrips.ifPresent(RemoteTrips::close);
    patrol.ifPresent(Patrol::close);
    past.leave();
    sparkplug.ifPresent(one -> one.session().leave());
    live.close();
    past.close();
    sparkplug.ifPresent(SparkplugSession::close);
    evidence.close();
  }
}
