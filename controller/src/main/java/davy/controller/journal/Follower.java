package davy.controller.journal;

import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;

/**
 * Checks a journal's records as they come over a wire, one after the other: numbers, links, and
 * signatures. What is wrong is said, and the record is gone on from all the same: whoever receives
 * evidence of tampering keeps it.
 *
 * <p>One epoch, one thread.
 */
public final class Follower {

  private final Signatures signatures;
  private long seq;
  private String hash = Seal.ZERO;
  private String epoch = "";

  /**
   * @param trusted fingerprints of the keys that may have signed; empty: the signer is not checked
   */
  public Follower(Set<String> trusted) {
    this.signatures = new Signatures(trusted, Optional.empty());
  }

  /** Goes on behind a record that was checked before. */
  public void resume(String epochBefore, long seqBefore, String hashBefore) {
    epoch = epochBefore;
    seq = seqBefore;
    hash = hashBefore;
  }

  /**
   * Goes on as the follower did that checked what was kept before.
   *
   * @param keys records that named a key
   * @param hashes of the records behind the last one that is signed, in order
   */
  public void resume(Kept kept, List<JournalRecord> keys, SequencedMap<Long, String> hashes) {
    resume(kept.epoch(), kept.seq(), kept.hash());
    keys.forEach(signatures::key);
    hashes.forEach(signatures::remember);
    if (kept.seq() > 0) {
      signatures.resume(kept.seq(), kept.signedSeq());
    }
  }

  /**
   * How far a journal was kept.
   *
   * @param hash of record {@code seq}
   * @param signedSeq signatures vouch for all up to this one
   */
  public record Kept(String epoch, long seq, String hash, long signedSeq) {}

  /** Number of the record taken last, 0 before the first. */
  public long seq() {
    return seq;
  }

  /** Hash of the record taken last; 64 zeros before the first. */
  public String hash() {
    return hash;
  }

  public String epoch() {
    return epoch;
  }

  /** Signatures vouch for all records up to this one, 0 for none. */
  public long signedSeq() {
    return signatures.signedSeq();
  }

  /** Fingerprints of the keys that the journal names. */
  public List<String> keys() {
    return signatures.keys();
  }

  /** The hash of a record taken lately. */
  public Optional<String> hashOf(long number) {
    return signatures.hash(number);
  }

  /** What is wrong with the next record, empty where it continues. */
  public Optional<String> take(JournalRecord record) {
    Optional<String> wrong = link(record);
    Optional<String> named = record.text("epoch");
    if (epoch.isEmpty() && named.isPresent()) {
      epoch = named.get();
    }
    Optional<String> unsigned = signatures.take(record, epoch);
    seq = record.seq();
    hash = record.hash();
    return wrong.or(() -> unsigned);
  }

  private Optional<String> link(JournalRecord record) {
    if (seq == 0 && !record.prev().equals(Seal.ZERO)) {
      return Optional.of("the records before it are missing");
    }
    if (seq > 0 && record.seq() != seq + 1) {
      return Optional.of("missing before it: records " + (seq + 1) + " to " + (record.seq() - 1));
    }
    return record.prev().equals(hash)
        ? Optional.empty()
        : Optional.of("replaced: it does not continue the record before it");
  }
}
