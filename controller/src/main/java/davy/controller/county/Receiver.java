package davy.controller.county;

import davy.controller.journal.Follower;
import davy.controller.journal.JournalRecord;
import davy.controller.json.JsonLine;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Receives the journal of one station: checks every record by itself, passes over what it has, asks
 * for what is missing, acknowledges what it has kept, and names what does not fit. Memory: some 70
 * KiB, up to 640 KiB where nobody signs. One thread.
 *
 * <p>What does not fit is kept, named and acknowledged like everything else: it is the evidence.
 */
public final class Receiver {

  /** So long a wish for records is waited for. */
  static final long ASK_NANOS = 3_000_000_000L;

  /** So often it is asked for; then the station has them no more. */
  static final int ASKED_TIMES = 3;

  private static final String NOTHING_BEFORE = "0".repeat(64);
  private static final Pattern NUMBER = Pattern.compile("^\\{\"seq\":(\\d{1,18}),");
  private static final int MOST_FINDINGS = 1_000;
  private static final int MOST_HEADS = 256;

  /** Where records are kept; the county's data base. */
  @FunctionalInterface
  public interface Store {

    /** Keeps these records; they are acknowledged only once that is sure. */
    void keep(Part part);

    /** Something that does not fit was found. */
    default void found(Finding finding) {}
  }

  /**
   * Consecutive records of one journal, and how far it is kept with them.
   *
   * @param damagedTo a damaged line stands in for the record of this number; at most {@code
   *     kept.seq()} where none does behind it
   */
  public record Part(Follower.Kept kept, long damagedTo, List<Line> lines) {}

  /**
   * A line as it was received.
   *
   * @param seq its number; of a damaged line the one that belongs there
   * @param record empty where the line's hash does not fit
   */
  public record Line(long seq, String text, Optional<JournalRecord> record) {}

  /** What a finding means for the evidence. */
  public enum Kind {
    /** Records are missing, and the station has them no more. */
    GAP,
    /** Changed, replaced, not signed as it should be, or told otherwise before. */
    FORGED,
    /** The station began another journal. */
    ANEW
  }

  /**
   * Something that does not fit.
   *
   * @param seq at which record
   */
  public record Finding(String epoch, Kind kind, long seq, String what) {}

  private final Set<String> trusted;
  private final Store store;
  private final List<Finding> findings = new ArrayList<>();
  private final Map<Long, String> heads = new TreeMap<>();
  private final Set<String> epochs = new HashSet<>();
  private final List<Line> fresh = new ArrayList<>();
  private Follower follower;
  private long records;
  private long again;
  private long damagedLines;
  private long damagedTo;
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
   * Goes on behind what a receiver before this one kept.
   *
   * @param before of the present journal, without lines
   * @param keys records of it that name a key
   * @param hashes of its records since the last one that is signed, in order
   * @param known epochs of all journals that the station ever had
   */
  public void resume(
      Part before,
      List<JournalRecord> keys,
      SequencedMap<Long, String> hashes,
      Collection<String> known) {
    follower.resume(before.kept(), keys, hashes);
    damagedTo = before.damagedTo();
    epochs.addAll(known);
  }

  /**
   * A message of the topic {@code journal}.
   *
   * @return what to publish: a wish or an acknowledgement, empty where nothing is to be said
   */
  public Optional<Reply> journal(String payload, long nowNanos) {
    List<Line> lines = numbered(payload.split("\n"));
    boolean nameless =
        lines.stream().flatMap(line -> line.record().stream()).noneMatch(this::named);
    if (follower.epoch().isEmpty() && nameless) {
      return Optional.empty();
    }
    Optional<Reply> wish = Optional.empty();
    for (Line line : lines) {
      line.record().ifPresent(this::begin);
      if (has(line)) {
        repeated(line);
      } else if (gapBefore(line, nowNanos)) {
        wish = ask(nowNanos);
        break;
      } else {
        line.record().ifPresentOrElse(this::take, () -> damaged(line));
        fresh.add(line);
      }
    }
    keep();
    return wish.or(this::acknowledgement);
  }

  private boolean named(JournalRecord record) {
    return record.text("epoch").isPresent();
  }

  /** The lines of a message, which follow one another: so a damaged one has a number too. */
  private List<Line> numbered(String[] texts) {
    List<Line> lines = new ArrayList<>();
    int leading = -1;
    for (String text : texts) {
      Optional<JournalRecord> record = JournalRecord.read(text);
      leading = leading < 0 && record.isPresent() ? lines.size() : leading;
      long before = lines.isEmpty() ? 0 : lines.getLast().seq();
      lines.add(new Line(record.map(JournalRecord::seq).orElse(before + 1), text, record));
    }
    long first = leading < 0 ? claimed(texts[0]) : lines.get(leading).seq() - leading;
    for (int at = 0; at < (leading < 0 ? lines.size() : leading); at++) {
      lines.set(at, new Line(first + at, lines.get(at).text(), Optional.empty()));
    }
    return lines;
  }

  /** Where all lines of a message are damaged: what the first says, if that was here before. */
  private long claimed(String text) {
    Matcher number = NUMBER.matcher(text);
    long said = number.find() ? Long.parseLong(number.group(1)) : last() + 1;
    return Math.min(said, last() + 1);
  }

  /** Number of the last line kept. */
  private long last() {
    return Math.max(follower.seq(), damagedTo);
  }

  /** A journal that begins anew, or one that we knew nothing of. */
  private void begin(JournalRecord record) {
    Optional<String> epoch = record.text("epoch");
    boolean opening = record.code().equals("journal.opened");
    if (opening && epoch.isPresent() && epochs.add(epoch.get())) {
      if (!follower.epoch().isEmpty()) {
        find(
            Kind.ANEW,
            record.seq(),
            "another journal begins; the one before was " + follower.epoch());
      }
      keep();
      follower = new Follower(trusted);
      heads.clear();
      damagedTo = 0;
      if (record.seq() > 1) {
        follower.resume(epoch.get(), record.seq() - 1, record.prev());
      }
    }
  }

  private boolean has(Line line) {
    return line.seq() <= (line.record().isPresent() ? follower.seq() : last());
  }

  private void damaged(Line line) {
    damagedLines++;
    damagedTo = line.seq();
    find(Kind.FORGED, line.seq(), "changed or broken: its hash does not fit its bytes");
  }

  /** The same record once more is nothing; another one of the same number is a forgery. */
  private void repeated(Line line) {
    again++;
    Optional<String> had = follower.hashOf(line.seq());
    Optional<String> now = line.record().map(JournalRecord::hash);
    if (had.isPresent() && now.isPresent() && !had.equals(now)) {
      find(Kind.FORGED, line.seq(), "sent again, and not as it was before");
    }
  }

  private boolean gapBefore(Line line, long nowNanos) {
    long missing = last() + 1;
    if (line.seq() <= missing) {
      return false;
    }
    boolean waited = asked >= ASKED_TIMES && nowNanos - askedAt > ASK_NANOS;
    return askedFor != missing || !waited;
  }

  private Optional<Reply> ask(long nowNanos) {
    long missing = last() + 1;
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

  /** What to publish after connecting: what we have, and the wish for what we have not. */
  public List<Reply> greeting() {
    return Stream.concat(acknowledgement().stream(), Stream.of(wish())).toList();
  }

  /** The wish for everything from the first record that we do not have. */
  public Reply wish() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("epoch", follower.epoch());
    fields.put("from", last() + 1);
    return new Reply("resume", JsonLine.write(fields));
  }

  private void take(JournalRecord record) {
    if (record.seq() > follower.seq() + 1 && damagedTo > follower.seq()) {
      boolean behind = record.seq() <= damagedTo + 1;
      follower.resume(
          follower.epoch(),
          behind ? record.seq() - 1 : damagedTo,
          behind ? record.prev() : NOTHING_BEFORE);
    }
    boolean gap = record.seq() > follower.seq() + 1;
    follower.take(record).ifPresent(what -> find(gap ? Kind.GAP : Kind.FORGED, record.seq(), what));
    Optional.ofNullable(heads.remove(record.seq())).ifPresent(hash -> compare(record.seq(), hash));
    records++;
  }

  private void keep() {
    if (!fresh.isEmpty()) {
      store.keep(new Part(place(), damagedTo, List.copyOf(fresh)));
      fresh.clear();
    }
  }

  private Follower.Kept place() {
    return new Follower.Kept(
        follower.epoch(), follower.seq(), follower.hash(), follower.signedSeq());
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
      find(Kind.FORGED, seq, "not the record that the interlock told of while it was made");
    }
  }

  private void find(Kind kind, long seq, String what) {
    Finding finding = new Finding(follower.epoch(), kind, seq, what);
    if (findings.size() < MOST_FINDINGS && !findings.contains(finding)) {
      findings.add(finding);
      store.found(finding);
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
