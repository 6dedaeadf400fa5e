package davy.controller.county;

import davy.controller.json.JsonLine;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Receivers of any number of stations behind one subscription to {@code davy/v1/#}. Any thread, one
 * at a time.
 */
public final class Receivers {

  private static final int PARTS = 5;

  private final Function<String, Receiver> make;
  private final Map<String, Receiver> stations = new LinkedHashMap<>();
  private final Map<String, Map<String, Object>> evidence = new LinkedHashMap<>();
  private final Set<String> greeted = new HashSet<>();

  /** To be published with QoS 1, not retained. */
  public record Publication(String topic, String payload) {}

  /**
   * @param make the receiver of a station, named {@code mine/station}
   */
  public Receivers(Function<String, Receiver> make) {
    this.make = make;
  }

  /** A new connection to the broker: every station is asked for what is missing. */
  public synchronized void connected() {
    greeted.clear();
  }

  /** The station of a topic, as {@code mine/station}; empty where it is none of ours. */
  static Optional<String> stationOf(String topic) {
    String[] parts = topic.split("/");
    return parts.length == PARTS && topic.startsWith("davy/v1/")
        ? Optional.of(parts[2] + "/" + parts[3])
        : Optional.empty();
  }

  /** A message of a station; what to publish because of it. */
  public synchronized List<Publication> heard(String topic, String payload, long nowNanos) {
    Optional<String> named = stationOf(topic);
    if (named.isEmpty()) {
      return List.of();
    }
    String station = named.get();
    List<Receiver.Reply> replies =
        switch (topic.substring(topic.lastIndexOf('/') + 1)) {
          case "journal" -> receiver(station).journal(payload, nowNanos).stream().toList();
          case "status" -> {
            read(payload).ifPresent(receiver(station)::present);
            yield List.of();
          }
          case "evidence" ->
              read(payload).map(message -> evidence(station, message)).orElse(List.of());
          default -> List.of();
        };
    return replies.stream()
        .map(said -> new Publication("davy/v1/" + station + "/" + said.topic(), said.payload()))
        .toList();
  }

  private List<Receiver.Reply> evidence(String station, Map<String, Object> message) {
    evidence.put(station, message);
    receiver(station).present(message);
    boolean first = message.containsKey("epoch") && greeted.add(station);
    return first ? receiver(station).greeting() : List.of();
  }

  private Receiver receiver(String station) {
    return stations.computeIfAbsent(station, make);
  }

  private static Optional<Map<String, Object>> read(String payload) {
    try {
      return Optional.of(JsonLine.read(payload));
    } catch (JsonLine.Malformed e) {
      return Optional.empty();
    }
  }

  /** How it stands with a station, empty where nothing was heard of it. */
  public synchronized Optional<Receiver.Report> report(String station) {
    return Optional.ofNullable(stations.get(station)).map(Receiver::report);
  }

  /** What a station itself says of its journal's files; empty where nothing is wrong. */
  public synchronized String complaint(String station) {
    Map<String, Object> message = evidence.getOrDefault(station, Map.of());
    return message.get("journal") instanceof String text ? text : "";
  }
}
