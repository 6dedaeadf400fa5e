package davy.controller.uplink;

import davy.controller.json.JsonLine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.tinylog.Logger;

/**
 * The evidence's side of the conversation ({@code deploy/docs/mqtt.md}): records up, the county's
 * acknowledgements and wishes down, and how it all stands, retained.
 */
final class EvidenceTalk implements Session.Talk, AutoCloseable {

  /** Messages of the county that wait at most; more are dropped: it repeats. */
  static final int ROOM = 64;

  static final long RESUME_NANOS = 2_000_000_000L;
  private static final long SAVE_NANOS = 2_000_000_000L;
  private static final long TELL_NANOS = 5_000_000_000L;
  private static final long FIRST_THINGS_NANOS = 10_000_000_000L;
  private static final int LONGEST = 1_024;

  private final String base;
  private final JournalHead.Watch watch;
  private final Evidence evidence;
  private final Path cursorFile;
  private final BooleanSupplier presentTold;
  private final Supplier<String> patrol;
  private final BlockingQueue<String> acknowledgements = new ArrayBlockingQueue<>(ROOM);
  private final BlockingQueue<String> wishes = new ArrayBlockingQueue<>(ROOM);
  private Cursor saved;
  private long savedAt = System.nanoTime();
  private long beganAt;
  private long resumedAt = System.nanoTime() - RESUME_NANOS;
  private long toldAt;
  private String toldKey = "";
  private String disagreement = "";
  private volatile boolean useful;
  private volatile Cursor acknowledged;

  /**
   * @param base topics begin so
   * @param presentTold the broker has the present state: only then the past goes up
   * @param patrol what is wrong with the journal's files, empty where nothing is known to be
   */
  EvidenceTalk(
      String base,
      StatusFeed.Interlock interlock,
      Records.Source source,
      Path cursorFile,
      BooleanSupplier presentTold,
      Supplier<String> patrol) {
    this.base = base;
    this.watch = new JournalHead.Watch(interlock);
    this.cursorFile = cursorFile;
    this.saved = Cursor.read(cursorFile);
    this.acknowledged = saved;
    this.evidence = new Evidence(source, saved);
    this.presentTold = presentTold;
    this.patrol = patrol;
  }

  /** The last record that the county has acknowledged. Any thread. */
  Cursor acknowledged() {
    return acknowledged;
  }

  @Override
  public BrokerLink.Will will() {
    return new BrokerLink.Will(base + "/evidence", JsonLine.write(Map.of("type", "offline")));
  }

  @Override
  public void begin(BrokerLink link) throws IOException {
    evidence.rewind();
    beganAt = System.nanoTime();
    toldKey = "";
    link.listen(Map.of(base + "/ack", acknowledgements::offer, base + "/resume", wishes::offer));
  }

  @Override
  public void turn(BrokerLink link) {
    JournalHead head = watch.look();
    hear(head);
    acknowledged = evidence.cursor();
    tell(link, head);
    boolean early = System.nanoTime() - beganAt < FIRST_THINGS_NANOS;
    if (presentTold.getAsBoolean() || !early) {
      evidence.send(link, base + "/journal", head);
    }
    save(false);
  }

  @Override
  public boolean end() {
    save(true);
    boolean was = useful;
    useful = false;
    return was;
  }

  private void hear(JournalHead head) {
    for (String text = acknowledgements.poll(); text != null; text = acknowledgements.poll()) {
      Optional<Cursor> has = read(text, "seq").filter(cursor -> !cursor.hash().isEmpty());
      has.ifPresent(cursor -> tellOf(evidence.acknowledged(cursor, head.durableSeq())));
    }
    if (System.nanoTime() - resumedAt < RESUME_NANOS) {
      return;
    }
    Optional<Cursor> latest = Optional.empty();
    for (String text = wishes.poll(); text != null; text = wishes.poll()) {
      Optional<Cursor> wish = read(text, "from").filter(one -> one.epoch().equals(head.epoch()));
      latest = wish.isPresent() ? wish : latest;
    }
    latest.ifPresent(
        wish -> {
          resumedAt = System.nanoTime();
          Logger.info("evidence: the county wants the journal from record {}", wish.seq());
          evidence.resume(wish.seq(), head.durableSeq());
        });
  }

  private void tellOf(String wrong) {
    if (!wrong.isEmpty() && !wrong.equals(disagreement)) {
      Logger.error("evidence: {}", wrong);
      disagreement = wrong;
    }
  }

  /** What the county says, as epoch, number and hash; empty where it is not understood. */
  private static Optional<Cursor> read(String text, String number) {
    if (text.length() > LONGEST) {
      return Optional.empty();
    }
    try {
      Map<String, Object> fields = JsonLine.read(text);
      return fields.get("epoch") instanceof String epoch
              && fields.get(number) instanceof Long seq
              && seq > 0
          ? Optional.of(
              new Cursor(epoch, seq, fields.get("hash") instanceof String hash ? hash : ""))
          : Optional.empty();
    } catch (JsonLine.Malformed e) {
      Logger.warn("evidence: a message of the county is not understood: {}", e.getMessage());
      return Optional.empty();
    }
  }

  private void tell(BrokerLink link, JournalHead head) {
    String wrong = patrol.get();
    String key = head.epoch() + wrong + evidence.trouble() + disagreement;
    boolean due = System.nanoTime() - toldAt > TELL_NANOS;
    if (head.epoch().isEmpty() || !due && key.equals(toldKey)) {
      return;
    }
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("type", "evidence");
    fields.put("epoch", head.epoch());
    fields.put("durableSeq", head.durableSeq());
    fields.put("head", head.hash());
    fields.put("acked", evidence.cursor().seq());
    fields.put("sent", evidence.sent());
    fields.put("key", head.key());
    fields.put("journal", wrong);
    fields.put("unreadable", evidence.trouble());
    fields.put("disagreement", disagreement);
    if (link.publish(base + "/evidence", JsonLine.write(fields), true, () -> useful = true)) {
      toldAt = System.nanoTime();
      toldKey = key;
    }
  }

  /** Saves the cursor where it moved: seldom, for the memory card's sake. */
  private void save(boolean now) {
    Cursor cursor = evidence.cursor();
    long time = System.nanoTime();
    if (cursor.equals(saved) || !now && time - savedAt < SAVE_NANOS) {
      return;
    }
    savedAt = time;
    try {
      cursor.write(cursorFile);
      saved = cursor;
    } catch (IOException e) {
      Logger.warn("{} can't be written: {}", cursorFile, e.getMessage());
    }
  }

  @Override
  public void close() {
    save(true);
    evidence.close();
  }
}
