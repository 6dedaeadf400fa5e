package davy.controller.journal;

import davy.controller.event.EventCode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Checks that a journal is one unbroken chain.
 *
 * <p>Finds changed, removed, inserted, repeated, reordered and cut records, and swapped, renamed or
 * missing segments. It can't see that records were cut off at the very end together with all that
 * followed, nor that someone rewrote everything from some record on: for that the head must be
 * known from elsewhere.
 */
public final class Chain {

  /** The outcome. */
  public sealed interface Verdict {

    record Consistent(Totals totals) implements Verdict {}

    /**
     * @param before what was in order up to there
     */
    record Damaged(Totals before, Damage damage) implements Verdict {}
  }

  /**
   * What a journal holds.
   *
   * @param firstTime wall clock label of the first record, empty where there is none
   * @param head hash of the last record
   * @param repairs cut tails recorded in it
   * @param lost records that it says could not be recorded
   */
  public record Totals(
      long records,
      long segments,
      long firstSeq,
      long lastSeq,
      String firstTime,
      String lastTime,
      String epoch,
      String head,
      long repairs,
      long lost) {

    static final Totals NONE = new Totals(0, 0, 0, 0, "", "", "", Seal.ZERO, 0, 0);

    private Totals with(JournalRecord record) {
      boolean first = records == 0;
      return new Totals(
          records + 1,
          record.line() == 1 ? segments + 1 : segments,
          first ? record.seq() : firstSeq,
          record.seq(),
          first ? record.time() : firstTime,
          record.time(),
          record.text("epoch").orElse(epoch),
          record.hash(),
          record.code().equals(EventCode.JOURNAL_REPAIRED.id()) ? repairs + 1 : repairs,
          record.code().equals(EventCode.JOURNAL_LOST.id())
              ? lost + record.number("count").orElse(0L)
              : lost);
    }
  }

  /**
   * The first thing that is wrong.
   *
   * @param seq the record's number where it can be known, else the one that belongs there
   * @param atEnd nothing but an unfinished line at the very end: perhaps a write under way
   */
  public record Damage(String file, long line, long seq, String what, boolean atEnd) {}

  private Totals totals = Totals.NONE;

  private Chain() {}

  /**
   * @throws IOException where the folder can't be read or holds no journal
   */
  public static Verdict verify(Path folder) throws IOException {
    try (Storage storage = FolderStorage.forReading(folder)) {
      if (Segment.all(storage).isEmpty()) {
        throw new IOException(folder + ": no journal here (no file like " + Segment.name(1) + ")");
      }
      return verify(storage);
    }
  }

  /** As {@link #verify(Path)}, on other storage. */
  public static Verdict verify(Storage storage) throws IOException {
    Chain chain = new Chain();
    JournalReader reader = new JournalReader(storage);
    while (true) {
      Optional<JournalReader.Item> item = reader.next();
      if (item.isEmpty()) {
        return chain.end(reader);
      }
      Optional<Damage> damage =
          switch (item.get()) {
            case JournalReader.Item.Bad bad ->
                Optional.of(
                    new Damage(bad.file(), bad.line(), chain.expected(), bad.what(), false));
            case JournalReader.Item.Good good -> chain.next(good.record());
          };
      if (damage.isPresent()) {
        return new Verdict.Damaged(chain.totals, damage.get());
      }
    }
  }

  private long expected() {
    return totals.lastSeq + 1;
  }

  private Verdict end(JournalReader reader) {
    if (reader.rest() == 0) {
      return new Verdict.Consistent(totals);
    }
    String what =
        "torn tail: "
            + reader.rest()
            + " bytes without a line end; the interlock cuts it off at its next start";
    return new Verdict.Damaged(
        totals, new Damage(reader.file(), reader.line() + 1, expected(), what, true));
  }

  private Optional<Damage> next(JournalRecord record) {
    Optional<String> wrong =
        wrongFile(record)
            .or(() -> totals.records == 0 ? wrongBegin(record) : wrongLink(record))
            .or(() -> wrongEpoch(record));
    if (wrong.isEmpty()) {
      totals = totals.with(record);
    }
    return wrong.map(what -> new Damage(record.file(), record.line(), record.seq(), what, false));
  }

  private static Optional<String> wrongFile(JournalRecord record) {
    if (record.line() == 1 && Segment.number(record.file()) != record.seq()) {
      return Optional.of(
          "the first record of a file must be the one it is named after: renamed or swapped file,"
              + " or its begin was cut off");
    }
    return Optional.empty();
  }

  private static Optional<String> wrongBegin(JournalRecord record) {
    return record.prev().equals(Seal.ZERO)
        ? Optional.empty()
        : Optional.of("the records before it are missing: a journal begins with a chain's first");
  }

  private Optional<String> wrongLink(JournalRecord record) {
    if (record.prev().equals(Seal.ZERO)) {
      return Optional.of(
          "a new chain begins here: the one before, up to record "
              + totals.lastSeq
              + ", could not be continued");
    }
    if (record.seq() > expected()) {
      return Optional.of("missing before it: records " + expected() + " to " + (record.seq() - 1));
    }
    if (record.seq() < expected()) {
      return Optional.of(
          "inserted, repeated or out of order: record " + expected() + " belongs here");
    }
    return record.prev().equals(totals.head)
        ? Optional.empty()
        : Optional.of("replaced: it does not continue the record before it");
  }

  private Optional<String> wrongEpoch(JournalRecord record) {
    Optional<String> epoch = record.text("epoch");
    if (record.line() == 1 && epoch.isEmpty()) {
      return Optional.of("the first record of a file must name the epoch");
    }
    boolean other = epoch.isPresent() && totals.records > 0 && !epoch.get().equals(totals.epoch);
    return other ? Optional.of("another epoch within one chain") : Optional.empty();
  }
}
