package davy.controller.link;

import davy.controller.config.County;
import davy.controller.config.Site;
import davy.controller.interlock.Request;
import davy.controller.link.Outcome.Asked;
import davy.hal.signal.Tick;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Trips by the county (远程断电, S21), and a refusal for whatever else the surface wants. The station
 * only carries bytes: signature, freshness and addressee are judged here, and no clock but the
 * monotonic one is read. Repeating a trip is harmless, so a command is good as often as it comes
 * while its nonce is.
 */
final class SurfaceDesk implements Desk {

  private static final String SOCKET = "uplink";

  private final Optional<County> county;
  private final Names names;
  private final String station;
  private final Supplier<String> epoch;
  private final Nonces nonces;
  private final RequestQueue queue;
  private final RequestRecord record;
  private final CountyTrips trips;
  private final RequestRecord writes;
  private final Answers answers;

  /**
   * @param epoch of the journal
   * @param record of trips
   * @param writes record of what the surface wanted to write
   * @param trips are told of each that is taken
   */
  SurfaceDesk(
      Site site,
      Supplier<String> epoch,
      Nonces nonces,
      RequestQueue queue,
      RequestRecord record,
      RequestRecord writes,
      CountyTrips trips) {
    this.county = site.county();
    this.names = new Names(site);
    this.station = site.mine() + "/" + site.station();
    this.epoch = epoch;
    this.nonces = nonces;
    this.queue = queue;
    this.record = record;
    this.trips = trips;
    this.writes = writes;
    this.answers = new Answers(queue, record);
  }

  @Override
  public void take(Caller caller, String line, Tick now) {
    try {
      switch (RequestText.surface(line)) {
        case SurfaceRequest.Trip trip -> trip(caller, trip, now);
        case SurfaceRequest.Write write -> refuse(caller, write, now);
      }
    } catch (RequestText.Malformed e) {
      Asked asked = asked("unknown", Wish.About.SITE, "");
      answers.tell(caller, Outcome.refused(asked, Refusal.MALFORMED, e.getMessage()), now);
    }
  }

  private void trip(Caller caller, SurfaceRequest.Trip trip, Tick now)
      throws RequestText.Malformed {
    if (county.isEmpty()) {
      Asked asked = asked("trip", Wish.About.SITE, "");
      answers.tell(caller, Outcome.refused(asked, Refusal.NO_COUNTY_KEY), now);
      return;
    }
    byte[] bytes = CountyCommand.base64(trip.command(), "command");
    byte[] signature = CountyCommand.base64(trip.signature(), "signature");
    CountyCommand command = CountyCommand.read(bytes);
    String person = county.get().name();
    Asked asked = asked("trip", Wish.About.zone(command.zone()), person);
    Optional<Refusal> refusal = refusal(county.get(), command, bytes, signature, now);
    if (refusal.isPresent()) {
      answers.tell(caller, Outcome.refused(asked, refusal.get()), now);
      return;
    }
    int zone = names.zone(command.zone()).orElseThrow();
    trips.note(zone, new CountyTrips.Trip(person, command.reason()));
    long id = queue.offer(new Request.RemoteTrip(asked.id(), zone, person, command.reason()));
    trips.save(); // Behind the trip, which waits for no disk.
    answers.await(caller, asked, id, now);
  }

  /** There is nothing to judge: it is recorded, apart from trips, so that it hides none of them. */
  private void refuse(Caller caller, SurfaceRequest.Write write, Tick now) {
    Asked asked = asked("write", Wish.About.metric(write.metric()), "");
    Outcome outcome = Outcome.refused(asked, Refusal.NO_WRITES);
    writes.passedOver(write.more());
    writes.add(outcome, now);
    caller.answer(outcome.line());
  }

  /** What is cheap to judge comes first: a flood of old commands costs no signature check. */
  private Optional<Refusal> refusal(
      County from, CountyCommand command, byte[] bytes, byte[] signature, Tick now) {
    if (!command.station().equals(station) || !command.epoch().equals(epoch.get())) {
      return Optional.of(Refusal.OTHER_STATION);
    }
    if (names.zone(command.zone()).isEmpty()) {
      return Optional.of(Refusal.UNKNOWN_ZONE);
    }
    if (!nonces.fresh(command.nonce(), now)) {
      return Optional.of(Refusal.STALE_COMMAND);
    }
    boolean signed = CountyCommand.signed(from, bytes, signature);
    return signed ? Optional.empty() : Optional.of(Refusal.BAD_SIGNATURE);
  }

  private Asked asked(String kind, Wish.About about, String person) {
    return new Asked(SOCKET, queue.nextId(), kind, about, person, "", "");
  }

  @Override
  public String tooLong(Tick now) {
    Outcome outcome = Outcome.refused(asked("unknown", Wish.About.SITE, ""), Refusal.TOO_LONG);
    record.add(outcome, now);
    return outcome.line();
  }

  @Override
  public boolean tend(Tick now) {
    return answers.tend(now);
  }
}
