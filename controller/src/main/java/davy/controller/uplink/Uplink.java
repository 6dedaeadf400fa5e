package davy.controller.uplink;

import davy.controller.config.Site;
import davy.controller.link.LinkClient;
import davy.hal.Clock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.tinylog.Logger;

/**
 * Keeps the broker told, for ever: connects, tells definitions, status and journal, and when
 * anything is wrong with the connection throws it away and makes a new one. No caller ever waits
 * for it.
 */
public final class Uplink implements AutoCloseable {

  private static final long LOOK_NANOS = 50_000_000L;

  /** Room in the window that the journal leaves to the status. */
  private static final int RESERVED = 4;

  private final Site site;
  private final Site.Broker broker;
  private final String base;
  private final StatusFeed status;
  private final JournalFeed journal;
  private final Optional<RemoteTrips> remoteTrips;
  private final Clock clock;
  private final Thread thread;
  private final Backoff backoff = new Backoff(System.nanoTime());
  private volatile boolean closed;
  private volatile boolean useful;
  private volatile String trouble = "not yet connected";

  private Uplink(
      Site site,
      Site.Broker broker,
      StatusFeed status,
      JournalFeed journal,
      Optional<RemoteTrips> remoteTrips,
      Clock clock) {
    this.site = site;
    this.broker = broker;
    this.base = "davy/v1/" + site.mine() + "/" + site.station();
    this.status = status;
    this.journal = journal;
    this.remoteTrips = remoteTrips;
    this.clock = clock;
    this.thread = new Thread(this::run, "davy-uplink");
    thread.setDaemon(true);
    thread.start();
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
        stateFolder.resolve("uplink-cursor.json"));
  }

  static Uplink start(
      Site site,
      Site.Broker broker,
      StatusFeed.Interlock interlock,
      Optional<RemoteTrips> remoteTrips,
      Records.Source records,
      Path cursorFile) {
    Clock clock = Clock.SYSTEM;
    return new Uplink(
        site,
        broker,
        new StatusFeed(site.mine(), site.station(), interlock, clock.now()),
        new JournalFeed(records, cursorFile),
        remoteTrips,
        clock);
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

  /** Empty while the broker is connected, else why it is not. Any thread. */
  public String trouble() {
    return trouble;
  }

  private void run() {
    while (!closed) {
      String why = attempt();
      journal.save(true);
      if (!why.equals(trouble) && !closed) {
        Logger.warn("uplink: {}", why);
      }
      trouble = why;
      rest(backoff.nextMillis() * 1_000_000L);
    }
    journal.close();
  }

  /** One connection from begin to end; returns why it ended. */
  private String attempt() {
    BrokerLink.Will will = new BrokerLink.Will(base + "/status", status.offline());
    useful = false;
    String clientId = "davy-" + site.mine() + "-" + site.station();
    try (BrokerLink link = BrokerLink.connect(broker, clientId, will)) {
      Logger.info("uplink: connected to {}", broker.uri());
      trouble = "";
      status.begin(clock.now());
      journal.begin();
      if (remoteTrips.isPresent()) {
        link.listen(base + "/trip", remoteTrips.get()::take);
      }
      link.publish(base + "/definitions", Definitions.json(site), true, () -> {});
      while (!closed && link.trouble().isEmpty()) {
        tell(link);
        LockSupport.parkNanos(LOOK_NANOS);
      }
      journal.settle();
      return link.trouble();
    } catch (IOException e) {
      return e.getMessage();
    } finally {
      if (useful) {
        backoff.reset();
      }
    }
  }

  private void tell(BrokerLink link) {
    status.look();
    Optional<String> due = status.due(clock.now());
    if (due.isPresent() && link.publish(base + "/status", due.get(), true, () -> useful = true)) {
      status.sent(clock.now());
    }
    tellAnswers(link);
    int sent;
    do {
      if (journal.settle()) {
        journal.save(false);
      }
      int room = link.room() - RESERVED;
      sent =
          journal.send(link, base + "/journal", status.journalEpoch(), status.durableSeq(), room);
    } while (sent > 0 && link.trouble().isEmpty());
  }

  private void tellAnswers(BrokerLink link) {
    if (link.room() > 0) {
      remoteTrips
          .flatMap(RemoteTrips::answer)
          .ifPresent(answer -> link.publish(base + "/trip/answer", answer, false, () -> {}));
    }
  }

  private void rest(long nanos) {
    long end = System.nanoTime() + nanos;
    while (!closed && System.nanoTime() < end) {
      LockSupport.parkNanos(end - System.nanoTime());
    }
  }

  /** Tells the broker goodbye, which makes it show the will. Waits at most 6 s. */
  @Override
  public void close() {
    closed = true;
    remoteTrips.ifPresent(RemoteTrips::close);
    LockSupport.unpark(thread);
    try {
      thread.join(6_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
