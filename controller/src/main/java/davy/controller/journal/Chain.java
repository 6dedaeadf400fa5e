package davy.controller.journal;

import davy.controller.event.EventCode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Checks that a journal is one unbroken chain.
 *
 * <p>Finds changed, removed, inserted, repeated, reordered and cut records, and swapped, renamed or
 * missing segments. By the signed checkpoints it also finds records cut off the end and a chain
 * that was written anew by someone without the key, up to the last checkpoint; what was recorded
 * after it is chained and not yet signed.
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
   * @param signedSeq a signature vouches for all records up to this one, 0 for none
   * @param keys fingerprints of the keys it names
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
      long lost,
      long signedSeq,
      List<String> keys) {

    static final Totals NONE = new Totals(0, 0, 0, 0, "", "", "", Seal.ZERO, 0, 0, 0, List.of());

    private Totals with(JournalRecord record, Signatures signatures) {
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
              : lost,
          signatures.signedSeq(),
          signatures.keys());
    }
  }

  /**
   * The first thing that is wrong.
   *
   * @param seq the record's number where it can be known, else the one that belongs there
   * @param atEnd nothing but an unfinished line at the very end: perhaps a write under way
   */
  public record Damage(String file, long line, long seq, String what, boolean atEnd) {}

  private final Signatures signatures;
  private final Map<Long, String> known;
  private final KeptEvents kept = new KeptEvents();
  private Totals totals = Totals.NONE;

  /** What is wrong with the first record unless a later one says that what was before it left. */
  private Optional<Beheaded> beheaded = Optional.empty();

  private record Beheaded(Damage damage, long to, String head, long explainedBy) {}

  private Chain(Signatures signatures, Map<Long, String> known) {
    this.signatures = signatures;
    this.known = known;
  }

  /** As {@link #verify(Path, Set, Map)}, without asking who signed. */
  public static Verdict verify(Path folder) throws IOException {
    return verify(folder, Set.of(), Map.of());
  }

  /**
   * @param trusted fingerprints of the keys that may have signed; empty: the signer is not checked
   * @param known hashes noted elsewhere, by record number
   * @throws IOException where the folder can't be read or holds no journal
   */
  public static Verdict verify(Path folder, Set<String> trusted, Map<Long, String> known)
      throws IOException {
    try (Storage storage = FolderStorage.forReading(folder)) {
      if (Segment.all(storage).isEmpty()) {
        throw new IOException(folder + ": no journal here (no file like " + Segment.name(1) + ")");
      }
      return verify(storage, trusted, known);
    }
  }

  /** As {@link #verify(Path)}, on other storage. */
  public static Verdict verify(Storage storage) throws IOException {
    return verify(storage, Set.of(), Map.of());
  }

  static Verdict verify(Storage storage, Set<String> trusted, Map<Long, String> known)
      throws IOException {
    Chain chain = new Chain(new Signatures(trusted, SignedHead.read(storage)), known);
    JournalReader reader = new JournalReader(storage);
    while (true) {
      Optional<JournalReader.Item> item = reader.next();
      if (item.isEmpty()) {
        Verdict verdict = chain.end(reader);
        Optional<Damage> apart =
            verdict instanceof Verdict.Consistent
                ? chain.kept.check(storage, chain.totals.firstSeq)
                : Optional.empty();
        return apart
            .<Verdict>map(damage -> new Verdict.Damaged(chain.totals, damage))
            .orElse(verdict);
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
    Optional<Damage> begin = beheaded.flatMap(this::unexplained);
    if (begin.isPresent()) {
      return new Verdict.Damaged(totals, begin.get());
    }
    if (reader.rest() == 0) {
      Optional<String> lacking = unknown().or(() -> signatures.end(totals.epoch));
      return lacking
          .<Verdict>map(
              what ->
                  new Verdict.Damaged(
                      totals,
                      new Damage(reader.file(), reader.line() + 1, expected(), what, false)))
          .orElse(new Verdict.Consistent(totals));
    }
    String what =
        "torn tail: "
            + reader.rest()
            + " bytes without a line end; the interlock cuts it off at its next start";
    return new Verdict.Damaged(
        totals, new Damage(reader.file(), reader.line() + 1, expected(), what, true));
  }

  /** Where nothing says that it left by the rules, or nobody has signed that. */
  private Optional<Damage> unexplained(Beheaded begin) {
    boolean signed = begin.explainedBy <= signatures.signedSeq() || !signatures.checksSigner();
    return begin.explainedBy > 0 && signed ? Optional.empty() : Optional.of(begin.damage);
  }

  private void explain(JournalRecord record) {
    kept.take(record);
    beheaded =
        beheaded.map(
            begin ->
                record.number("to").equals(Optional.of(begin.to))
                        && record.text("head").equals(Optional.of(begin.head))
                    ? new Beheaded(begin.damage, begin.to, begin.head, record.seq())
                    : begin);
  }

  /** A record noted elsewhere that the journal has no more. */
  private Optional<String> unknown() {
    return known.keySet().stream()
        .filter(seq -> seq > totals.lastSeq || seq < totals.firstSeq && beheaded.isEmpty())
        .findFirst()
        .map(seq -> "cut off: record " + seq + ", whose hash was noted elsewhere, is missing");
  }

  private Optional<Damage> next(JournalRecord record) {
    Optional<String> wrong =
        wrongFile(record)
            .or(() -> totals.records == 0 ? begin(record) : wrongLink(record))
            .or(() -> wrongEpoch(record))
            .or(() -> otherThanKnown(record))
            .or(() -> signatures.take(record, record.text("epoch").orElse(totals.epoch)));
    if (wrong.isEmpty()) {
      totals = totals.with(record, signatures);
      if (record.code().equals(EventCode.JOURNAL_EXPIRED.id())) {
        explain(record);
      }
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

  private Optional<String> begin(JournalRecord record) {
    beheaded =
        wrongBegin(record)
            .map(what -> new Damage(record.file(), record.line(), record.seq(), what, false))
            .map(damage -> new Beheaded(damage, record.seq() - 1, record.prev(), 0));
    return Optional.empty();
  }

  private static Optional<String> wrongBegin(JournalRecord record) {
    if (!record.prev().equals(Seal.ZERO)) {
      return Optional.of(
          "the records before it are missing: a journal begins with a chain's first");
    }
    return record.seq() == 1
        ? Optional.empty()
        : Optional.of(
            "a new chain begins here; the one before, up to record "
                + (record.seq() - 1)
                + ", is not there");
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

  private Optional<String> otherThanKnown(JournalRecord record) {
    return Optional.ofNullable(known.get(record.seq()))
        .filter(hash -> !hash.equals(record.hash()))
        .map(hash -> "not the record whose hash was noted elsewhere: " + hash);
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
