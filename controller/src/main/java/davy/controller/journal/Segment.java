package davy.controller.journal;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Names of a journal's files: {@code NNNNNNNNNN.jsonl}, the number that of its first record. */
final class Segment {

  private static final Pattern NAME = Pattern.compile("\\d{10}\\.jsonl");
  private static final Pattern EVENTS = Pattern.compile("\\d{10}\\.events");
  private static final Pattern TORN = Pattern.compile("\\d{10}(\\.\\d+)?\\.torn");

  private Segment() {}

  static String name(long seq) {
    return String.format(Locale.ROOT, "%010d.jsonl", seq);
  }

  static long number(String name) {
    return Long.parseLong(name.substring(0, 10));
  }

  /** In order. */
  static List<String> all(Storage storage) throws IOException {
    return storage.names().stream().filter(name -> NAME.matcher(name).matches()).toList();
  }

  /**
   * Files of events kept apart, in order, each named after its first record; see {@link Events}.
   */
  static List<String> events(Storage storage) throws IOException {
    return storage.names().stream().filter(name -> EVENTS.matcher(name).matches()).toList();
  }

  static String eventsName(long seq) {
    return String.format(Locale.ROOT, "%010d.events", seq);
  }

  /** Cut tails that were found where record {@code seq} should have begun. */
  static List<String> torn(Storage storage, long seq) throws IOException {
    return storage.names().stream()
        .filter(name -> TORN.matcher(name).matches() && number(name) == seq)
        .toList();
  }

  /** A name for one more of these. */
  static String freshTorn(Storage storage, long seq) throws IOException {
    int taken = torn(storage, seq).size();
    return String.format(Locale.ROOT, taken == 0 ? "%010d.torn" : "%010d.%d.torn", seq, taken);
  }
}
