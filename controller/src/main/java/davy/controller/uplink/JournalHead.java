package davy.controller.uplink;

import davy.controller.json.JsonLine;
import davy.controller.link.LinkClient.Frame;
import java.util.Map;
import java.util.Optional;

/**
 * What the interlock says of its journal, from its own memory and not from the files.
 *
 * @param epoch empty before it has spoken
 * @param durableSeq the last record that is surely on disk
 * @param hash of that record
 * @param key fingerprint of the key it signs with, empty where it does not
 */
record JournalHead(String epoch, long durableSeq, String hash, String key) {

  static final JournalHead UNKNOWN = new JournalHead("", 0, "", "");

  /** Looks at the frames as they come; what was said last stands while there are none. */
  static final class Watch {

    private final StatusFeed.Interlock interlock;
    private Optional<Frame> seen = Optional.empty();
    private JournalHead head = UNKNOWN;

    Watch(StatusFeed.Interlock interlock) {
      this.interlock = interlock;
    }

    JournalHead look() {
      Optional<Frame> latest = interlock.latest();
      if (latest.isPresent() && !latest.equals(seen)) {
        seen = latest;
        head = read(latest.get().json()).orElse(head);
      }
      return head;
    }
  }

  private static Optional<JournalHead> read(String frame) {
    try {
      return JsonLine.read(frame).get("journal") instanceof Map<?, ?> journal
              && journal.get("epoch") instanceof String epoch
              && journal.get("durableSeq") instanceof Long seq
          ? Optional.of(
              new JournalHead(epoch, seq, text(journal.get("head")), text(journal.get("key"))))
          : Optional.empty();
    } catch (JsonLine.Malformed e) {
      return Optional.empty();
    }
  }

  private static String text(Object value) {
    return value instanceof String text ? text : "";
  }
}
