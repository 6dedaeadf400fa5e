package davy.controller.county;

import davy.controller.journal.Follower;
import davy.controller.journal.JournalRecord;
import davy.controller.json.JsonLine;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Receives the journal of one station: checks every record by itself, passes over what it has, asks
 * for what is missing, acknowledges what it has kept, and names what does not fit. Memory: about 2
 * MB. One thread.
 *
 * <p>What does not fit is kept, named and acknowledged like everything else: it is the evidence.
 */
public final class Receiver {

  /** So long a wish for records is waited for. */
  static final long ASK_NANOS = 3_000_000_000L;

  /** So often it is asked for; then the station has them no more. */
  static final int ASKED_TIMES = 3;

  private static final String NOTHING_BEFORE = "0".repeat(64);
  private static final int MOST_FINDINGS = 1_000;
  private static final int MOST_HEADS = 256;

  /** Keeps records; the county's data base. */
  @FunctionalInterface
  public interface Store {

    /**
     * Keeps these lines, surely: they are acknowledged next.
     *
     * @param lines consecutive, as received
     */
    void keep(String epoch, List<String> lines);
  }

  /**
   * Something that does not fit.
   *
   * @param seq at which record
   */
  public record Finding(String epoch, long seq, String what) {}

  private final Set<String> trusted;
  private final Store store;
  private final List<Finding> findings = new ArrayList<>();
  private final Map<Long, String> heads = new TreeMap<>();
  private final Set<String> epochs = new HashSet<>();
  private final List<String> fresh = new ArrayList<>();
  private Follower follower;
  private long records;
  private long again;
  private long damagedLines;
  private boolean afterDamage;
  private long askedFor;
  private long askedAt;
  private int asked;

  /**
   * @param trusted fingerprints noted when the station was commissioned; empty: the signer is not
   *     checked
   */
  public Receiver(Set<String> trusted, Store store) {
    this.trusted = Set.copyOf(trusted);
    this.store = store;
    this.follower = new Follower(trusted);
  }

  /** Goes on behind what was kept before. */
  public void resume(String epoch, long seq, String hash) {
    follower.resume(epoch, seq, hash);
    epochs.add(epoch);
  }

  /**
   * A message of the topic {@code journal}.
   *
   * @return what to publish: a wish or an acknowledgement, empty where nothing is to be said
   */
  public Optional<Reply> journal(String payload, long nowNanos) {
    Optional<Reply> wish = Optional.empty();
    for (String line : payload.split("\n")) {
      Optional<JournalRecord> record = JournalRecord.read(line);
      if (record.isEmpty()) {
        damaged(line);
        continue;
      }
      begin(record.get());
      if (record.get().seq() <= follower.seq()) {
        repeated(record.get());
      } else if (gapBefore(record.get(), nowNanos)) {
        wish = ask(nowNanos);
        break;
      } else {
        take(record.get());
      }
    }
    keep();
    return wish.or(this::acknowledgement);
  }

  /** A journal that begins anew, or one that we knew nothing of. */
  private void begin(JournalRecord record) {
    Optional<String> epoch = record.text("epoch");
    boolean opening = record.code().equals("journal.opened");
    if (opening && epoch.isPresent() && epochs.add(epoch.get())) {
      if (!follower.epoch().isEmpty()) {
        find(record.seq(), "another journal begins; the one before was " + follower.epoch());
      }
      keep();
      follower = new Follower(trusted);
      heads.clear();
      if (record.seq() > 1) {
        follower.resume(epoch.get(), record.seq() - 1, record.prev());
      }
    }
  }

  private void damaged(String line) {
    damagedLines++;
    afterDamage = true;
    fresh.add(line);
    find(follower.seq() + 1, "changed or broken: its hash does not fit its bytes");
  }

  /** The same record once more is nothing; another one of the same number is a forgery. */
  private void repeated(JournalRecord record) {
    again++;
    Optional<String> had = follower.hashOf(record.seq());
    if (had.isPresent() && !had.get().equals(record.hash())) {
      find(record.seq(), "sent again, and not as it was before");
    }
  }

  private boolean gapBefore(JournalRecord record, long nowNanos) {
    long missing = follower.seq() + 1;
    if (record.seq() == missing || afterDamage) {
      return false;
    }
    boolean waited = asked >= ASKED_TIMES && nowNanos - askedAt > ASK_NANOS;
    return askedFor != missing || !waited;
  }

  private Optional<Reply> ask(long nowNanos) {
    long missing = follower.seq() + 1;
    if (askedFor != missing) {
      askedFor = missing;
      asked = 0;
    } else if (nowNanos - askedAt <= ASK_NANOS) {
      return Optional.empty();
    }
    asked++;
    askedAt = nowNanos;
    return Optional.of(wish());
  }

  /** What to publish after connecting: everything from the first record that we do not have. */
  public Reply wish() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("epoch", follower.epoch());
    fields.put("from", follower.seq() + 1);
    return new Reply("resume", JsonLine.write(fields));
  }

  private void take(JournalRecord record) {
    boolean excused = afterDamage;
    afterDamage = false;
    if (excused) {
      follower.resume(follower.epoch(), record.seq() - 1, record.prev());
    }
    follower.take(record).ifPresent(what -> find(record.seq(), what));
    Optional.ofNullable(heads.remove(record.seq())).ifPresent(hash -> compare(record.seq(), hash));
    records++;
    fresh.add(record.json());
  }

  private void keep() {
    if (!fresh.isEmpty()) {
      store.keep(follower.epoch(), List.copyOf(fresh));
      fresh.clear();
    }
  }

  private Optional<Reply> acknowledgement() {
    if (follower.seq() == 0 || follower.epoch().isEmpty()) {
      return Optional.empty();
    }
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("epoch", follower.epoch());
    fields.put("seq", follower.seq());
    fields.put("hash", follower.hash());
    return Optional.of(new Reply("ack", JsonLine.write(fields)));
  }

  /**
   * A message of the topic {@code status} or {@code evidence}: the head that the interlock tells
   * from its own memory must be the record that its files brought or will bring.
   */
  public void present(Map<String, Object> message) {
    Map<?, ?> journal = message.get("journal") instanceof Map<?, ?> inside ? inside : message;
    if (follower.epoch().isEmpty() && journal.get("epoch") instanceof String first) {
      resume(first, 0, NOTHING_BEFORE);
    }
    if (journal.get("epoch") instanceof String epoch
        && epoch.equals(follower.epoch())
        && journal.get("durableSeq") instanceof Long seq
        && journal.get("head") instanceof String hash) {
      if (seq <= follower.seq()) {
        compare(seq, hash);
      } else if (heads.size() < MOST_HEADS) {
        heads.put(seq, hash);
      }
    }
  }

  private void compare(long seq, String told) {
    Optional<String> had = follower.hashOf(seq);
    if (had.isPresent() && !had.get().equals(told)) {
      find(seq, "not the record that the interlock told of while it was made");
    }
  }

  private void find(long seq, String what) {
    Finding finding = new Finding(follower.epoch(), seq, what);
    if (findings.size() < MOST_FINDINGS && !findings.contains(finding)) {
      findings.add(finding);
    }
  }

  /** How it stands with this station. */
  public Report report() {
    return new Report(
        follower.epoch(),
        follower.seq(),
        follower.hash(),
        follower.signedSeq(),
        follower.keys(),
        records,
        again,
        damagedLines,
        List.copyOf(findings));
  }

  /**
   * @param completeTo everything up to this record is kept, except what {@code findings} name
   * @param signedTo signatures vouch for all up to this record
   * @param keys fingerprints of the keys that the journal names
   * @param records kept
   * @param again received more than once
   * @param damagedLines kept too
   */
  public record Report(
      String epoch,
      long completeTo,
      String head,
      long signedTo,
      List<String> keys,
      long records,
      long again,
      long damagedLines,
      List<Finding> findings) {}

  /**
   * @param topic its last word, behind {@code davy/v1/{mine}/{station}/}
   */
  public record Reply(String topic, String payload) {}
}
