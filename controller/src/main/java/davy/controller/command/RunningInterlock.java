package davy.controller.command;

import davy.controller.journal.JournalReader;
import davy.controller.journal.JournalRecord;
import davy.controller.json.JsonLine;
import davy.controller.link.LinkClient;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/** The running interlock, as a command sees it that asks for a test and waits for its record. */
final class RunningInterlock {

  private static final int FRAME_SECONDS = 5;

  private final LinkClient link;

  RunningInterlock(LinkClient link) {
    this.link = link;
  }

  /** The present status frame, waited for a few seconds. */
  Optional<Map<String, Object>> frame() throws IOException {
    Waiting waiting = new Waiting(FRAME_SECONDS);
    Optional<LinkClient.Frame> frame = link.latest();
    while (frame.isEmpty() && waiting.on()) {
      frame = link.latest();
    }
    return frame.isEmpty() ? Optional.empty() : Optional.of(read(frame.get().json()));
  }

  private static Map<String, Object> read(String line) throws IOException {
    try {
      return JsonLine.read(line);
    } catch (JsonLine.Malformed malformed) {
      throw new IOException("the interlock said something else: " + malformed.getMessage());
    }
  }

  static String digest(Map<String, Object> frame) {
    return frame.get("site") instanceof Map<?, ?> site ? String.valueOf(site.get("digest")) : "";
  }

  static long durableSeq(Map<String, Object> frame) {
    return frame.get("journal") instanceof Map<?, ?> journal
            && journal.get("durableSeq") instanceof Long seq
        ? seq
        : 0;
  }

  /**
   * @param about person and subject of the request
   * @param frame whose nonce it carries
   */
  Map<String, Object> ask(
      String kind, Map<String, String> about, char[] pin, Map<String, Object> frame)
      throws IOException {
    Map<String, String> fields = new LinkedHashMap<>(about);
    fields.put("pin", new String(pin));
    fields.put("nonce", String.valueOf(frame.get("nonce")));
    return read(link.ask(kind, fields));
  }

  /** The first record that is wanted, once it is on disk. */
  Optional<JournalRecord> outcome(
      JournalReader journal, Predicate<JournalRecord> wanted, int seconds) throws IOException {
    Waiting waiting = new Waiting(seconds);
    Optional<JournalRecord> found = Optional.empty();
    while (found.isEmpty() && waiting.on()) {
      Optional<JournalReader.Item> item = journal.next();
      while (item.isPresent() && found.isEmpty()) {
        found = record(item.get()).filter(wanted);
        item = found.isPresent() ? item : journal.next();
      }
    }
    boolean onDisk = false;
    while (found.isPresent() && !onDisk && waiting.on()) {
      onDisk = frame().map(RunningInterlock::durableSeq).orElse(0L) >= found.get().seq();
    }
    return onDisk ? found : Optional.empty();
  }

  private static Optional<JournalRecord> record(JournalReader.Item item) {
    return item instanceof JournalReader.Item.Good(JournalRecord record)
        ? Optional.of(record)
        : Optional.empty();
  }

  /** Looks every 20 ms, for a limited time. */
  private static final class Waiting {
    private static final long LOOK_NANOS = 20_000_000L;

    private final long end;

    Waiting(int seconds) {
      this.end = System.nanoTime() + seconds * 1_000_000_000L;
    }

    /** Waits a little; false when the time is over. */
    boolean on() {
      LockSupport.parkNanos(LOOK_NANOS);
      return System.nanoTime() - end < 0;
    }
  }
}
