package davy.controller.journal;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where a journal that was left behind can be continued.
 *
 * <p>The tail is what follows the last good record. If nothing that is known to have been on disk
 * lies in it, it is the torn remainder of the last write: it is cut, kept beside, and the chain
 * goes on. If a record known to have been on disk is broken, the chain can't be continued: the
 * files stay as they are, and a new epoch begins behind the highest number ever seen.
 *
 * <p>Known to have been on disk: {@code synced} of any good record, all records before a segment,
 * for a segment is begun only when all before is on disk, and what the signed head beside the
 * segments names.
 */
final class Tail {

  /**
   * A decision.
   *
   * @param epoch empty where a new one begins
   * @param seq number of the record before the next one, 0 for none
   * @param hash its hash, {@link Seal#ZERO} where a new chain begins
   * @param segment to append to; empty where a new one is to be begun
   * @param bytes of that segment that are good
   * @param cuts what is to be cut off
   * @param damaged a chain was there and can't be continued
   */
  record Found(
      Optional<String> epoch,
      long seq,
      String hash,
      Optional<String> segment,
      long bytes,
      List<Cut> cuts,
      boolean damaged) {}

  /** Everything behind {@code from} in one segment. */
  record Cut(String segment, long from) {}

  private final Storage storage;
  private final List<Cut> cuts = new ArrayList<>();
  private final Optional<SignedHead> head;
  private String epoch = "";
  private long goodSeq;
  private String goodHash = Seal.ZERO;
  private long goodBytes;
  private long knownSeq;
  private long highestSeq;

  private Tail(Storage storage) throws IOException {
    this.storage = storage;
    this.head = SignedHead.read(storage);
  }

  static Found find(Storage storage) throws IOException {
    return new Tail(storage).find();
  }

  private Found find() throws IOException {
    List<String> segments = Segment.all(storage);
    if (segments.isEmpty()) {
      return head.map(gone -> anew(gone.checkpoint().upTo()))
          .orElse(new Found(Optional.empty(), 0, Seal.ZERO, Optional.empty(), 0, List.of(), false));
    }
    for (int at = segments.size() - 1; at >= 0 && goodSeq == 0; at--) {
      scan(segments.get(at));
    }
    head.map(SignedHead::checkpoint).filter(at -> at.epoch().equals(epoch)).ifPresent(this::signed);
    String last = segments.getLast();
    boolean emptied = cuts.stream().anyMatch(cut -> cut.segment.equals(last) && cut.from == 0);
    boolean elsewhere = emptied && Segment.number(last) != goodSeq + 1;
    if (knownSeq > goodSeq || elsewhere) {
      return anew(Math.max(Math.max(highestSeq, knownSeq), Segment.number(last)));
    }
    return new Found(
        goodSeq == 0 ? Optional.empty() : Optional.of(epoch),
        goodSeq,
        goodHash,
        Optional.of(last),
        emptied ? 0 : goodBytes,
        List.copyOf(cuts),
        false);
  }

  private static Found anew(long highest) {
    return new Found(Optional.empty(), highest, Seal.ZERO, Optional.empty(), 0, List.of(), true);
  }

  private void signed(Checkpoint at) {
    knownSeq = Math.max(knownSeq, at.upTo());
  }

  /** Takes in one segment: its good records, and what is behind them. */
  private void scan(String segment) throws IOException {
    knownSeq = Math.max(knownSeq, Segment.number(segment) - 1);
    JournalReader reader = new JournalReader(storage);
    reader.seek(Segment.number(segment));
    boolean good = true;
    while (true) {
      Optional<JournalReader.Item> item = reader.next();
      if (item.isEmpty() || !reader.file().equals(segment)) {
        break;
      }
      switch (item.get()) {
        case JournalReader.Item.Bad _ -> good = false;
        case JournalReader.Item.Good line -> {
          good = good && continues(line.record());
          see(line.record(), good, reader.offset());
        }
      }
    }
    if (storage.size(segment) > goodBytes || goodSeq == 0) {
      cuts.add(new Cut(segment, goodSeq == 0 ? 0 : goodBytes));
    }
  }

  private boolean continues(JournalRecord record) {
    if (goodSeq == 0) {
      return record.line() == 1
          && record.seq() == Segment.number(record.file())
          && record.text("epoch").isPresent();
    }
    return record.seq() == goodSeq + 1
        && record.prev().equals(goodHash)
        && head.filter(signed -> signed.denies(record, epoch)).isEmpty();
  }

  private void see(JournalRecord record, boolean good, long end) {
    highestSeq = Math.max(highestSeq, record.seq());
    knownSeq = Math.max(knownSeq, record.synced());
    if (good) {
      goodSeq = record.seq();
      goodHash = record.hash();
      goodBytes = end;
      epoch = record.text("epoch").orElse(epoch);
    }
  }
}
