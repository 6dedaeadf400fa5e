package davy.controller.scan;

import davy.bridge.modbus.LineImage.CoilImage;
import davy.controller.config.Site;
import davy.controller.event.EventCode;
import davy.controller.interlock.Event;
import davy.controller.interlock.Inputs;
import davy.hal.signal.Feed;
import davy.hal.signal.Permit;
import davy.hal.signal.Reading;
import davy.hal.signal.Tick;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Follows each trip from the reading that caused it to the feed going dead, and records the times.
 */
final class TripTimes {

  /** How trips are recorded. */
  interface Recorder {
    void record(EventCode code, Tick tick, Map<String, Object> fields);
  }

  private final Site site;
  private final Field field;
  private final Deque<Snapshot.Trip> latest = new ArrayDeque<>();
  private final Set<Integer> underWay = new HashSet<>();

  TripTimes(Site site, Field field) {
    this.site = site;
    this.field = field;
  }

  List<Snapshot.Trip> latest() {
    return List.copyOf(latest);
  }

  void begin(Event.Withheld withheld, Tick driven) {
    underWay.add(withheld.zone());
    boolean direct = site.zones().get(withheld.zone()).output() instanceof Site.Output.Gpio;
    latest.addFirst(
        new Snapshot.Trip(
            withheld.zone(),
            withheld.first(),
            arrival(withheld.first().point()),
            driven,
            direct ? Optional.of(driven) : Optional.empty(),
            Optional.empty()));
    if (latest.size() > Snapshot.TRIPS) {
      latest.removeLast();
    }
  }

  private Optional<Tick> arrival(int point) {
    return site.points().stream()
        .filter(candidate -> point >= 0 && candidate.interlockIndex() == point)
        .findFirst()
        .flatMap(
            found ->
                switch (field.reading(found.source())) {
                  case Reading.Never _ -> Optional.empty();
                  case Reading.Good good -> Optional.of(good.arrival());
                  case Reading.OverRange over -> Optional.of(over.arrival());
                  case Reading.Faulty faulty -> Optional.of(faulty.arrival());
                });
  }

  /** The zone is granted again: its trip is over, whatever was not seen stays unseen. */
  void end(int zone) {
    underWay.remove(zone);
  }

  /** Looks for the coil frame and the dead feed of trips still under way. */
  void follow(Tick now, Inputs inputs, Recorder recorder) {
    if (underWay.isEmpty()) {
      return;
    }
    Set<Integer> looked = new HashSet<>();
    List<Snapshot.Trip> after = new ArrayList<>(latest.size());
    for (Snapshot.Trip trip : latest) {
      boolean newest = looked.add(trip.zone());
      after.add(
          newest && underWay.contains(trip.zone()) ? follow(trip, now, inputs, recorder) : trip);
    }
    latest.clear();
    latest.addAll(after);
  }

  private Snapshot.Trip follow(Snapshot.Trip trip, Tick now, Inputs inputs, Recorder recorder) {
    Optional<Tick> written = trip.written().or(() -> written(trip));
    Optional<Tick> dead =
        trip.feedDead()
            .or(
                () ->
                    inputs.zones().get(trip.zone()).feed() == Feed.DEAD
                        ? Optional.of(now)
                        : Optional.empty());
    if (written.isPresent() && trip.written().isEmpty()) {
      recorder.record(EventCode.TRIP_WRITTEN, now, fields(trip, "writtenTick", written.get()));
    }
    if (dead.isPresent() && trip.feedDead().isEmpty()) {
      recorder.record(EventCode.TRIP_PROVEN, now, fields(trip, "feedDeadTick", dead.get()));
    }
    if (written.isPresent() && dead.isPresent()) {
      underWay.remove(trip.zone());
    }
    return new Snapshot.Trip(
        trip.zone(), trip.first(), trip.reading(), trip.commanded(), written, dead);
  }

  /** When the frame left that first carried the withheld permit; nothing else counts. */
  private Optional<Tick> written(Snapshot.Trip trip) {
    return field
        .coil(trip.zone())
        .filter(coil -> coil.written() == Permit.WITHHELD)
        .map(CoilImage::writtenAt);
  }

  private Map<String, Object> fields(Snapshot.Trip trip, String name, Tick tick) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("zone", site.zones().get(trip.zone()).name());
    fields.put("commandedTick", trip.commanded().nanos());
    fields.put(name, tick.nanos());
    return fields;
  }
}
