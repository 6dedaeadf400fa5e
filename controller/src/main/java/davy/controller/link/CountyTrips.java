package davy.controller.link;

import davy.controller.json.JsonFile;
import davy.controller.json.JsonLine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.tinylog.Logger;

/**
 * Why the county last tripped each zone, for the person who releases it (S21). Written by the
 * county's socket, read by the status; a file keeps it over a restart. No decision depends on it:
 * where the file can't be written or read that is said, and the journal still has the reason.
 */
final class CountyTrips {

  /**
   * @param county its name in the site file
   * @param reason as the county signed it
   */
  record Trip(String county, String reason) {}

  private final List<String> zones;
  private final Path file;

  /** By zone, so that a site whose zones were ordered anew mixes none up. */
  private final Map<String, Trip> latest = Collections.synchronizedMap(new TreeMap<>());

  private CountyTrips(List<String> zones, Path file) {
    this.zones = zones;
    this.file = file;
  }

  /**
   * @param zones their names, in the order of the plan
   * @param file where they are kept; it need not be there
   */
  static CountyTrips read(List<String> zones, Path file) {
    CountyTrips trips = new CountyTrips(zones, file);
    try {
      if (Files.exists(file)) {
        JsonLine.read(Files.readString(file).strip())
            .forEach((zone, words) -> trips.latest.put(zone, trip((Map<?, ?>) words)));
      }
    } catch (IOException | JsonLine.Malformed | ClassCastException e) {
      trips.latest.clear();
      Logger.warn("{} can't be read, the journal has the reasons: {}", file, e.getMessage());
    }
    return trips;
  }

  private static Trip trip(Map<?, ?> words) {
    return new Trip(String.valueOf(words.get("county")), String.valueOf(words.get("reason")));
  }

  void note(int zone, Trip trip) {
    latest.put(zones.get(zone), trip);
  }

  Optional<Trip> of(int zone) {
    return Optional.ofNullable(latest.get(zones.get(zone)));
  }

  /** Puts what was noted on disk; on the county's socket thread alone. */
  void save() {
    Map<String, Object> words = new LinkedHashMap<>();
    synchronized (latest) {
      latest.forEach(
          (zone, trip) ->
              words.put(zone, Map.of("county", trip.county(), "reason", trip.reason())));
    }
    try {
      JsonFile.replace(file, words);
    } catch (IOException e) {
      Logger.warn("{} can't be written, a restart forgets the reason: {}", file, e.getMessage());
    }
  }
}
