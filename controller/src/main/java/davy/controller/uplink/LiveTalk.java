package davy.controller.uplink;

import davy.controller.config.Site;
import davy.hal.Clock;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/** The present: definitions, status, and the county's trips. */
final class LiveTalk implements Session.Talk {

  private final Site site;
  private final String base;
  private final StatusFeed status;
  private final Optional<RemoteTrips> remoteTrips;
  private final Clock clock;
  private volatile boolean told;

  LiveTalk(
      Site site, String base, StatusFeed status, Optional<RemoteTrips> remoteTrips, Clock clock) {
    this.site = site;
    this.base = base;
    this.status = status;
    this.remoteTrips = remoteTrips;
    this.clock = clock;
  }

  /** The broker has a present status over this connection. Any thread. */
  boolean told() {
    return told;
  }

  @Override
  public BrokerLink.Will will() {
    return new BrokerLink.Will(base + "/status", status.offline());
  }

  @Override
  public void begin(BrokerLink link) throws IOException {
    status.begin(clock.now());
    if (remoteTrips.isPresent()) {
      link.listen(Map.of(base + "/trip", remoteTrips.get()::take));
    }
    link.publish(base + "/definitions", Definitions.json(site), true, () -> {});
  }

  @Override
  public void turn(BrokerLink link) {
    status.look();
    Optional<String> due = status.due(clock.now());
    if (due.isPresent() && link.publish(base + "/status", due.get(), true, () -> told = true)) {
      status.sent(clock.now());
    }
    if (link.room() > 0) {
      remoteTrips
          .flatMap(RemoteTrips::answer)
          .ifPresent(answer -> link.publish(base + "/trip/answer", answer, false, () -> {}));
    }
  }

  @Override
  public boolean end() {
    boolean useful = told;
    told = false;
    return useful;
  }
}
