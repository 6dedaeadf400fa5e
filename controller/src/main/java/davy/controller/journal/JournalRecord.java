package davy.controller.journal;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * One record as read back.
 *
 * @param file the segment's file name
 * @param line in that file, from 1
 * @param synced highest number that was on disk when this was written
 * @param tick nanoseconds of the monotonic clock of that boot
 * @param time wall clock label, UTC
 * @param code id of its kind, perhaps of a newer version
 * @param fields its own; values are String, Long, Boolean, List or Map of these
 * @param json the line itself
 */
public record JournalRecord(
    String file,
    long line,
    long seq,
    long synced,
    long tick,
    String time,
    String clock,
    String code,
    Map<String, Object> fields,
    String prev,
    String hash,
    String json) {

  /** A field that is text, or empty. */
  public Optional<String> text(String name) {
    return text(fields, name);
  }

  /** A field that is a number, or empty. */
  public Optional<Long> number(String name) {
    return number(fields, name);
  }

  /** Reads a line as it went over a wire; empty where its hash does not fit or it is no record. */
  public static Optional<JournalRecord> read(String line) {
    byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
    return Seal.check(bytes, bytes.length).isEmpty()
        ? Optional.empty()
        : parse("", 0, bytes, bytes.length);
  }

  /** Reads a line whose seal fits; empty where it is no record all the same. */
  static Optional<JournalRecord> parse(String file, long line, byte[] bytes, int length) {
    return Seal.read(bytes, length)
        .filter(JournalRecord::complete)
        .map(
            all ->
                new JournalRecord(
                    file,
                    line,
                    number(all, "seq").orElseThrow(),
                    number(all, "synced").orElseThrow(),
                    number(all, "tick").orElseThrow(),
                    text(all, "time").orElseThrow(),
                    text(all, "clock").orElseThrow(),
                    text(all, "code").orElseThrow(),
                    own(all),
                    text(all, "prev").orElseThrow(),
                    text(all, "hash").orElseThrow(),
                    new String(bytes, 0, length, StandardCharsets.UTF_8)));
  }

  private static boolean complete(Map<String, Object> all) {
    return Entry.OWN_NUMBERS.stream().allMatch(name -> number(all, name).isPresent())
        && Entry.OWN_TEXTS.stream().allMatch(name -> text(all, name).isPresent());
  }

  private static Map<String, Object> own(Map<String, Object> all) {
    Map<String, Object> fields = new LinkedHashMap<>(all);
    fields.keySet().removeAll(Entry.OWN_NUMBERS);
    fields.keySet().removeAll(Entry.OWN_TEXTS);
    return Collections.unmodifiableMap(fields);
  }

  private static Optional<String> text(Map<String, Object> fields, String name) {
    return fields.get(name) instanceof String text ? Optional.of(text) : Optional.empty();
  }

  private static Optional<Long> number(Map<String, Object> fields, String name) {
    return fields.get(name) instanceof Long number ? Optional.of(number) : Optional.empty();
  }
}
