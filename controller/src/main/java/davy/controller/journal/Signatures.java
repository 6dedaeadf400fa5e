package davy.controller.journal;

import davy.controller.event.EventCode;
import java.security.PublicKey;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Checks the checkpoints of a chain while it is read, in constant memory.
 *
 * <p>Without trusted keys the signatures are checked against the keys that the journal itself
 * names: that shows a clumsy change, but whoever rewrote everything could have named his own key.
 */
final class Signatures {

  /** More records than this without a checkpoint that covers them are no delay any more. */
  static final int MOST_UNSIGNED = 20_000;

  /** Nor is more than an hour of one run. */
  private static final long MOST_UNSIGNED_NANOS = 3_600_000_000_000L;

  private final Set<String> trusted;
  private final Optional<SignedHead> beside;
  private final Map<String, PublicKey> keys = new LinkedHashMap<>();
  private List<String> names = List.of();
  private final Hashes hashes = new Hashes(MOST_UNSIGNED + 1);
  private long first;
  private long last;
  private long signedSeq;
  private long sinceTick;
  private boolean begins = true;

  /**
   * @param trusted fingerprints; empty where the signer is not to be checked
   * @param beside the signed head found beside the segments, read before them
   */
  Signatures(Set<String> trusted, Optional<SignedHead> beside) {
    this.trusted = Set.copyOf(trusted);
    this.beside = beside;
  }

  /** All records up to here are vouched for by a signature, 0 for none. */
  long signedSeq() {
    return signedSeq < first ? 0 : signedSeq;
  }

  /** Fingerprints of the keys that the journal names, in order. */
  List<String> keys() {
    return names;
  }

  /** The hash of a record read lately. */
  Optional<String> hash(long seq) {
    return hashes.of(seq);
  }

  /**
   * Goes on behind records that were checked before and are remembered.
   *
   * @param signed a signature vouches for all up to this one, 0 for none
   */
  void resume(long seq, long signed) {
    first = signed > 0 ? 1 : Math.max(1, hashes.first());
    last = seq;
    signedSeq = Math.max(signed, first - 1);
  }

  /** A record that was checked before; {@link #resume} comes behind the last of them. */
  void remember(long seq, String hash) {
    hashes.put(seq, hash, 0);
  }

  boolean checksSigner() {
    return !trusted.isEmpty();
  }

  /** The next record of an unbroken chain; says what is wrong with it. */
  Optional<String> take(JournalRecord record, String epoch) {
    if (first == 0) {
      first = record.seq();
      signedSeq = record.seq() - 1;
    }
    if (begins || record.code().equals(EventCode.JOURNAL_OPENED.id())) {
      sinceTick = record.tick();
    }
    begins = false;
    last = record.seq();
    hashes.put(last, record.hash(), signedSeq);
    if (beside.filter(head -> head.denies(record, epoch)).isPresent()) {
      return Optional.of("not what " + Checkpoint.HEAD_FILE + " signed; " + suspects(last));
    }
    if (record.code().equals(EventCode.JOURNAL_KEY.id())) {
      return key(record);
    }
    if (record.code().equals(EventCode.JOURNAL_CHECKPOINT.id())) {
      return checkpoint(record, epoch);
    }
    return unsigned(record);
  }

  /** A record that names a key. */
  Optional<String> key(JournalRecord record) {
    Optional<PublicKey> open = record.text("publicKey").flatMap(DeviceKey::publicKey);
    Optional<String> fingerprint = open.map(Fingerprint::of);
    if (open.isEmpty() || !fingerprint.equals(record.text("fingerprint"))) {
      return Optional.of("names a key that is none, or not the one it says");
    }
    keys.put(fingerprint.orElseThrow(), open.get());
    names = List.copyOf(keys.keySet());
    return Optional.empty();
  }

  private Optional<String> checkpoint(JournalRecord record, String epoch) {
    Optional<Checkpoint> read = Checkpoint.of(record.fields());
    if (read.isEmpty()) {
      return Optional.of("a checkpoint that lacks a part");
    }
    Checkpoint checkpoint = read.get();
    long upTo = checkpoint.upTo();
    if (upTo < first) {
      return Optional.empty();
    }
    if (checksSigner() && !trusted.contains(checkpoint.key())) {
      return Optional.of("signed with another key than the given one: " + checkpoint.key());
    }
    if (!keys.containsKey(checkpoint.key())) {
      return Optional.of("signed with a key that no record names: " + checkpoint.key());
    }
    if (!checkpoint.signedBy(keys.get(checkpoint.key())) || !checkpoint.epoch().equals(epoch)) {
      return Optional.of("forged: its signature does not fit; " + suspects(upTo));
    }
    if (upTo >= record.seq() || upTo < record.seq() - MOST_UNSIGNED) {
      return Optional.of("a checkpoint of record " + upTo + ", which is not among those before it");
    }
    Optional<String> had = hashes.of(upTo);
    if (had.isEmpty() && upTo <= signedSeq) {
      return Optional.empty();
    }
    if (!had.equals(Optional.of(checkpoint.head()))) {
      return Optional.of("forged: not what was signed; " + suspects(upTo));
    }
    signedSeq = Math.max(signedSeq, upTo);
    sinceTick = record.tick();
    return Optional.empty();
  }

  private String suspects(long upTo) {
    return "records "
        + (signedSeq + 1)
        + " to "
        + upTo
        + ", or some of them, were written anew by someone without the key";
  }

  private Optional<String> unsigned(JournalRecord record) {
    boolean many = record.seq() - signedSeq > MOST_UNSIGNED;
    boolean late = record.tick() - sinceTick > MOST_UNSIGNED_NANOS;
    if (checksSigner() && (many || late)) {
      return Optional.of(nobody(record.seq()));
    }
    return Optional.empty();
  }

  private String nobody(long upTo) {
    return "no signature vouches for records " + (signedSeq + 1) + " to " + upTo;
  }

  /** What the end lacks. */
  Optional<String> end(String epoch) {
    Optional<Checkpoint> head = beside.map(SignedHead::checkpoint);
    Optional<Checkpoint> beyond = head.filter(at -> at.upTo() > last && at.epoch().equals(epoch));
    if (beyond.isPresent()) {
      return Optional.of(
          "cut off the end: records " + (last + 1) + " to " + beyond.get().upTo() + " are missing");
    }
    return checksSigner() ? lacking(head, epoch) : Optional.empty();
  }

  private Optional<String> lacking(Optional<Checkpoint> head, String epoch) {
    if (signedSeq < first) {
      return Optional.of(nobody(last));
    }
    if (head.isEmpty()) {
      return Optional.of(
          "no signed "
              + Checkpoint.HEAD_FILE
              + " beside the files: whether records were cut off the end can't be told");
    }
    Checkpoint at = head.get();
    if (!trusted.contains(at.key())) {
      return Optional.of(Checkpoint.HEAD_FILE + " is signed with another key: " + at.key());
    }
    if (at.upTo() < signedSeq || !at.epoch().equals(epoch)) {
      return Optional.of(Checkpoint.HEAD_FILE + " is older than the journal: it was put back");
    }
    return Optional.empty();
  }
}
