package davy.controller.link;

import davy.controller.alarm.AlarmEvent;
import davy.controller.alarm.AlarmRequest;
import davy.controller.config.Persons;
import davy.controller.config.Site;
import davy.controller.interlock.Event;
import davy.controller.interlock.Request;
import davy.controller.journal.Entry;
import davy.controller.scan.Snapshot;
import davy.hal.Clock;
import davy.hal.signal.Tick;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/**
 * The interlock's end of the seam: {@code status.sock}, {@code panel.sock} and {@code uplink.sock}
 * in one folder. {@link #publish}, {@link #requests}, {@link #answered} and {@link #stationAlive}
 * are the scan's: they neither wait nor lock.
 */
public final class LinkServer implements AutoCloseable {

  /** The three sockets' names in the run folder. */
  public static final String STATUS = "status.sock";

  public static final String PANEL = "panel.sock";
  public static final String UPLINK = "uplink.sock";

  private final RequestQueue queue;
  private final PinCheck pins;
  private final PanelDesk panelDesk;
  private final StatusServer status;
  private final RequestServer panel;
  private final RequestServer uplink;
  private volatile Optional<Snapshot> latest = Optional.empty();

  private LinkServer(Site site, Path folder, Sources sources, Clock clock) throws IOException {
    Nonces nonces = Nonces.ofPanel();
    Nonces countyNonces = Nonces.ofCounty();
    CountyTrips countyTrips =
        CountyTrips.read(
            site.zones().stream().map(Site.Zone::name).toList(), sources.countyTrips());
    Tick now = clock.now();
    queue = new RequestQueue(site.plan());
    pins = new PinCheck(sources.persons(), clock);
    panelDesk =
        new PanelDesk(
            site, () -> latest, queue, nonces, pins, new RequestRecord(sources.record(), now));
    SurfaceDesk surfaceDesk =
        new SurfaceDesk(
            site,
            () -> sources.journal().get().epoch(),
            countyNonces,
            queue,
            new RequestRecord(sources.record(), now),
            new RequestRecord(sources.record(), now),
            countyTrips);
    status =
        new StatusServer(
            folder.resolve(STATUS),
            new StatusFrame(site, sources.configuration(), countyTrips, now),
            new StatusServer.Published(nonces, site.county().map(_ -> countyNonces)),
            sources.journal(),
            clock);
    panel = new RequestServer(folder.resolve(PANEL), "davy-panel-socket", panelDesk, clock);
    uplink = new RequestServer(folder.resolve(UPLINK), "davy-uplink-socket", surfaceDesk, clock);
  }

  /**
   * What the link needs of the rest of the process; all of it is called from the link's threads.
   *
   * @param persons who may reset
   * @param journal the journal's state of this moment
   * @param record takes an entry without waiting: the journal's {@code offer}
   * @param configuration what is to be shown while it is not accepted
   * @param countyTrips file in which the county's reasons outlive a restart
   */
  public record Sources(
      Persons persons,
      Supplier<JournalStatus> journal,
      ToLongFunction<Entry> record,
      ConfigurationStatus configuration,
      Path countyTrips) {}

  /**
   * Makes the folder and the sockets and starts to listen.
   *
   * @throws IOException when a path is too long, another process listens, or the folder can't be
   *     written; the message says which and what to do
   */
  public static LinkServer start(Site site, Path folder, Sources sources, Clock clock)
      throws IOException {
    Files.createDirectories(folder);
    return new LinkServer(site, folder, sources, clock);
  }

  /** Shows a snapshot to all who listen or ask. Stores references. */
  public void publish(Snapshot snapshot) {
    latest = Optional.of(snapshot);
    status.publish(snapshot);
  }

  /** Requests since the last call, trips first. */
  public List<Request> requests() {
    return queue.take();
  }

  /** Hands the interlock's answer back to whoever asked. */
  public void answered(Event.Answered answer) {
    queue.answered(answer);
  }

  /** What was asked of the alarms since the last call. */
  public List<AlarmRequest> alarmRequests() {
    return queue.takeOfAlarms();
  }

  /** Hands the alarms' answer back to whoever asked. */
  public void answered(AlarmEvent.Answered answer) {
    queue.answered(answer);
  }

  /** Whether the station was heard of within the last 5 s. */
  public boolean stationAlive(Tick now) {
    return panelDesk.stationAlive(now);
  }

  @Override
  public void close() throws IOException {
    status.close();
    panel.close();
    uplink.close();
    pins.close();
  }
}
