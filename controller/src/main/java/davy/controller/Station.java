package davy.controller;

import davy.controller.config.Folders;
import davy.controller.config.Site;
import davy.controller.countyfiles.CountyFiles;
import davy.controller.link.LinkClient;
import davy.controller.panel.Frames;
import davy.controller.panel.Panel;
import davy.controller.panel.Relay;
import davy.controller.uplink.Uplink;
import davy.hal.Clock;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/** The running station's parts, started and stopped together. */
record Station(
    LinkClient link, Panel panel, Optional<Uplink> uplink, Optional<CountyFiles> countyFiles)
    implements AutoCloseable {

  /**
   * Starts following the interlock, the panel, and the uplink where the site has a broker.
   *
   * @throws IOException when the panel's address or the station's folder can't be had
   */
  static Station start(Site site, Folders folders) throws IOException {
    Frames frames = new Frames();
    LinkClient link =
        LinkClient.start(
            folders.run(),
            LinkClient.Kind.STATION,
            frame -> frames.show(frame.json(), frame.arrival()),
            Clock.SYSTEM);
    try {
      Panel panel = Panel.start(site.panel(), frames, new ToInterlock(link), Clock.SYSTEM);
      try {
        return new Station(
            link, panel, uplink(site, folders, link), countyFiles(site, folders, link));
      } catch (IOException e) {
        panel.close();
        throw e;
      }
    } catch (IOException e) {
      link.close();
      throw e;
    }
  }

  private static Optional<Uplink> uplink(Site site, Folders folders, LinkClient link)
      throws IOException {
    if (site.broker().isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        Uplink.start(site, site.broker().get(), link, folders.journal(), folders.station()));
  }

  private static Optional<CountyFiles> countyFiles(Site site, Folders folders, LinkClient link)
      throws IOException {
    return site.countyFiles().isEmpty()
        ? Optional.empty()
        : Optional.of(
            CountyFiles.start(
                site,
                site.countyFiles().get(),
                folders.journal(),
                folders.station(),
                () -> link.latest().map(LinkClient.Frame::json)));
  }

  /** The panel's requests, passed on as they are. */
  private record ToInterlock(LinkClient link) implements Relay {

    @Override
    public String trouble() {
      return "no connection to the interlock: " + link.trouble();
    }

    @Override
    public String trip(String zone, String person) {
      return link.trip(zone, person);
    }

    @Override
    public String ask(String kind, Map<String, String> fields) {
      return link.ask(kind, fields);
    }
  }

  /** The uplink first, so that the broker shows us offline while all else still stands. */
  @Override
  public void close() {
    uplink.ifPresent(Uplink::close);
    countyFiles.ifPresent(CountyFiles::close);
    panel.close();
    link.close();
  }
}
