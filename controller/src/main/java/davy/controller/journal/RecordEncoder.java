package davy.controller.journal;

import java.util.LinkedHashMap;
import java.util.Map;

/** Turns entries into the next sealed lines of the chain. One thread. */
final class RecordEncoder {

  /** No record is longer, line end included; a longer one is recorded by its size alone. */
  static final int MAX_BYTES = 1 << 20;

  private final String epoch;
  private long seq;
  private String prev;

  /**
   * @param seq of the record before, 0 for none
   * @param prev its hash, {@link Seal#ZERO} where a new chain begins
   */
  RecordEncoder(String epoch, long seq, String prev) {
    this.epoch = epoch;
    this.seq = seq;
    this.prev = prev;
  }

  String epoch() {
    return epoch;
  }

  /** Number of the record encoded last. */
  long seq() {
    return seq;
  }

  /** Hash of the record encoded last. */
  String head() {
    return prev;
  }

  /**
   * @param synced highest number that is on disk by now
   */
  byte[] encode(Entry entry, long synced, WallClock.Reading wall) {
    Seal.Sealed sealed = seal(entry, entry.fields(), synced, wall);
    if (sealed.line().length > MAX_BYTES) {
      sealed = seal(entry, Map.of("oversizeBytes", sealed.line().length), synced, wall);
    }
    seq++;
    prev = sealed.hash();
    return sealed.line();
  }

  private Seal.Sealed seal(
      Entry entry, Map<String, Object> fields, long synced, WallClock.Reading wall) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("seq", seq + 1);
    all.put("synced", synced);
    all.put("tick", entry.tick().nanos());
    all.put("time", wall.label(entry.tick()));
    all.put("clock", wall.quality().id());
    all.put("code", entry.code().id());
    all.putAll(fields);
    all.put("prev", prev);
    return Seal.seal(all);
  }
}
