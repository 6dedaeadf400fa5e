package davy.controller.sparkplug;

import davy.controller.json.JsonLine;
import java.util.Map;

/**
 * Whether the primary host is there, by its own word: {@code {"online":true,"timestamp":ms}}, the
 * timestamp that of its CONNECT. A word older than the last one that was taken is a late one and
 * counts for nothing. One thread.
 */
public final class HostState {

  private static final int LONGEST = 1_024;

  private boolean online;
  private boolean stale;
  private long last = Long.MIN_VALUE;

  /** A new connection: the host is not there until the broker says so. Timestamps go on. */
  public void connected() {
    online = false;
    stale = false;
  }

  public boolean online() {
    return online;
  }

  /**
   * It says "online" with a timestamp older than before: its clock went back, or another host has
   * its name. Then nothing is told until the timestamps have caught up or the station starts anew.
   */
  public boolean stale() {
    return stale;
  }

  /** Takes a message of the host's topic. */
  public void take(String text) {
    Map<String, Object> fields = read(text);
    if (!(fields.get("online") instanceof Boolean says)
        || !(fields.get("timestamp") instanceof Long timestamp)) {
      return;
    }
    if (timestamp < last) {
      stale = says && !online;
      return;
    }
    last = timestamp;
    online = says;
    stale = false;
  }

  private static Map<String, Object> read(String text) {
    try {
      return text.length() > LONGEST ? Map.of() : JsonLine.read(text);
    } catch (JsonLine.Malformed e) {
      return Map.of();
    }
  }
}
