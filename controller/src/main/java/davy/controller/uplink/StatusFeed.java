package davy.controller.uplink;

import davy.controller.json.JsonLine;
import davy.controller.link.LinkClient.Frame;
import davy.hal.signal.Tick;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.tinylog.Logger;

/**
 * Which status goes up, and when: at once when a permit or a lock changed or the interlock came or
 * went, else every 5 s. Says "lost" truthfully when there is no present frame. Pure but for the
 * wall-clock label.
 */
final class StatusFeed {

  private static final long PERIOD_NANOS = 5_000_000_000L;

  private final String mine;
  private final String station;
  private final Interlock interlock;
  private Map<String, Object> frame = Map.of();
  private Optional<Frame> seen = Optional.empty();
  private String sentKey = "";
  private Tick nextAt;

  /** Where the present frame, or the reason for its absence, comes from. */
  interface Interlock {
    Optional<Frame> latest();

    String trouble();
  }

  StatusFeed(String mine, String station, Interlock interlock, Tick now) {
    this.mine = mine;
    this.station = station;
    this.interlock = interlock;
    this.nextAt = now;
  }

  /** Looks at the present frame. */
  void look() {
    Optional<Frame> latest = interlock.latest();
    if (latest.equals(seen)) {
      return;
    }
    seen = latest;
    frame = latest.map(present -> parse(present.json())).orElse(Map.of());
  }

  /** What to send now, if anything is due. */
  Optional<String> due(Tick now) {
    if (key().equals(sentKey) && now.isBefore(nextAt)) {
      return Optional.empty();
    }
    return Optional.of(frame.isEmpty() ? gone("lost", interlock.trouble()) : present());
  }

  /** What {@link #due} gave is on its way. */
  void sent(Tick now) {
    sentKey = key();
    nextAt = now.plusNanos(PERIOD_NANOS);
  }

  /** A new connection: everything is to be told again. */
  void begin(Tick now) {
    sentKey = "";
    nextAt = now;
  }

  /** The last will: what stands when we are gone. */
  String offline() {
    return gone("offline", "the station is not connected to the broker");
  }

  private String key() {
    return frame.isEmpty() ? "lost" : "status " + frame.get("changes");
  }

  /** The frame with a time label and without the nonce, which is for the panel alone. */
  private String present() {
    Map<String, Object> up = new LinkedHashMap<>(frame);
    up.remove("nonce");
    up.put("time", time());
    return JsonLine.write(up);
  }

  private String gone(String type, String why) {
    Map<String, Object> up = new LinkedHashMap<>();
    up.put("type", type);
    up.put("mine", mine);
    up.put("station", station);
    up.put("text", why);
    up.put("time", time());
    return JsonLine.write(up);
  }

  private static String time() {
    return Instant.now().truncatedTo(ChronoUnit.MILLIS).toString();
  }

  private static Map<String, Object> parse(String json) {
    try {
      return JsonLine.read(json);
    } catch (JsonLine.Malformed e) {
      Logger.warn("a status frame is not understood: {}", e.getMessage());
      return Map.of();
    }
  }
}
