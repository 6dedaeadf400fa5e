package davy.controller.journal;

import davy.controller.event.EventCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Checks the events that outlived their segments ({@link Events}) against the records of their
 * leaving: those of the present chain vouch for the events of what left, and these hold the records
 * that vouch for what left before them.
 */
final class KeptEvents {

  /** The events of one segment that left. */
  private record Left(long to, String hash, MessageDigest found) {}

  private final TreeMap<Long, Left> left = new TreeMap<>();
  private long removedTo;

  /** Takes a record of the present chain, or one kept apart. */
  void take(JournalRecord record) {
    if (!record.code().equals(EventCode.JOURNAL_EXPIRED.id())) {
      return;
    }
    long from = record.number("from").orElse(0L);
    long to = record.number("to").orElse(0L);
    if (record.text("file").filter(name -> name.endsWith(".events")).isPresent()) {
      removedTo = Math.max(removedTo, to);
    }
    record.text("eventsHash").ifPresent(hash -> left.put(from, new Left(to, hash, Seal.digest())));
  }

  /**
   * @param first the present journal's first record: copies of its own events prove nothing yet
   * @return the first thing that is wrong
   */
  Optional<Chain.Damage> check(Storage storage, long first) throws IOException {
    JournalReader known = JournalReader.ofEvents(storage);
    for (var item = known.next(); item.isPresent(); item = known.next()) {
      switch (item.get()) {
        case JournalReader.Item.Good(JournalRecord record) -> {
          if (record.seq() < first) {
            take(record);
          }
        }
        case JournalReader.Item.Bad bad -> {
          return Optional.of(new Chain.Damage(bad.file(), bad.line(), 0, bad.what(), false));
        }
      }
    }
    JournalReader reader = JournalReader.ofEvents(storage);
    for (var item = reader.next(); item.isPresent(); item = reader.next()) {
      if (item.get() instanceof JournalReader.Item.Good(JournalRecord record)
          && !vouched(record)
          && record.seq() < first) {
        String what = "an event that no record of a segment's leaving vouches for";
        return Optional.of(
            new Chain.Damage(record.file(), record.line(), record.seq(), what, false));
      }
    }
    return compare();
  }

  private boolean vouched(JournalRecord record) {
    Optional<Left> range =
        Optional.ofNullable(left.floorEntry(record.seq()))
            .map(Map.Entry::getValue)
            .filter(one -> record.seq() <= one.to);
    byte[] line = (record.json() + "\n").getBytes(StandardCharsets.UTF_8);
    range.ifPresent(one -> one.found.update(line));
    return range.isPresent();
  }

  private Optional<Chain.Damage> compare() {
    for (Map.Entry<Long, Left> range : left.tailMap(removedTo, false).entrySet()) {
      Left one = range.getValue();
      if (!HexFormat.of().formatHex(one.found.digest()).equals(one.hash)) {
        String what =
            "the events of records "
                + range.getKey()
                + " to "
                + one.to
                + ", whose segment left, are missing or not those that were there";
        String name = Segment.eventsName(range.getKey());
        return Optional.of(new Chain.Damage(name, 0, range.getKey(), what, false));
      }
    }
    return Optional.empty();
  }
}
