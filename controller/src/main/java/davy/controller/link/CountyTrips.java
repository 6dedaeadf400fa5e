package davy.controller.link;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

/**
 * Why the county last tripped each zone, for the person who releases it (S21). Written by the
 * county's socket, read by the status. A restart forgets it: the journal does not.
 */
final class CountyTrips {

  /**
   * @param county its name in the site file
   * @param reason as the county signed it
   */
  record Trip(String county, String reason) {}

  private final List<AtomicReference<Optional<Trip>>> latest;

  CountyTrips(int zones) {
    latest =
        Stream.generate(() -> new AtomicReference<>(Optional.<Trip>empty())).limit(zones).toList();
  }

  void note(int zone, Trip trip) {
    latest.get(zone).set(Optional.of(trip));
  }

  Optional<Trip> of(int zone) {
    return latest.get(zone).get();
  }
}
