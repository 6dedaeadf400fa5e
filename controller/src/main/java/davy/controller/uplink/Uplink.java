package davy.controller.uplink;

import davy.controller.config.Site;
import davy.controller.link.LinkClient;
import davy.hal.Clock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

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

  private Uplink(
      Session live,
      Session past,
      EvidenceTalk evidence,
      Optional<RemoteTrips> remoteTrips,
      Optional<Patrol> patrol) {
    this.live = live;
    this.past = past;
    this.evidence = evidence;
    this.remoteTrips = remoteTrips;
    this.patrol = patrol;
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
        Optional.of(journalFolder));
  }

  /**
   * @param patrolled the journal's folder, where somebody is to go through it
   */
  static Uplink start(
      Site site,
      Site.Broker broker,
      StatusFeed.Interlock interlock,
      Optional<RemoteTrips> remoteTrips,
      Records.Source records,
      Path cursorFile,
      Optional<Path> patrolled) {
    Clock clock = Clock.SYSTEM;
    String base = "davy/v1/" + site.mine() + "/" + site.station();
    String client = "davy-" + site.mine() + "-" + site.station();
    StatusFeed status = new StatusFeed(site.mine(), site.station(), interlock, clock.now());
    LiveTalk talk = new LiveTalk(site, base, status, remoteTrips, clock);
    JournalHead.Watch watch = new JournalHead.Watch(interlock);
    Optional<Patrol> patrol =
        patrolled.map(
            folder ->
                new Patrol(
                    folder,
                    watch::look,
                    () -> Files.exists(cursorFile) ? Cursor.read(cursorFile) : Cursor.NONE));
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
        patrol);
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

  /** Empty while both connections stand, else why one does not. Any thread. */
  public String trouble() {
    return live.trouble().isEmpty() ? past.trouble() : live.trouble();
  }

  /** Tells the broker goodbye, which makes it show the wills. Waits at most some 6 s. */
  @Override
  public void close() {
    remoteTrips.ifPresent(RemoteTrips::close);
    patrol.ifPresent(Patrol::close);
    past.leave();
    live.close();
    past.close();
    evidence.close();
  }
}
