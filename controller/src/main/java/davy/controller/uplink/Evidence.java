package davy.controller.uplink;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.tinylog.Logger;

/**
 * The journal's records on their way up, in order, several in a message, none beyond what the
 * interlock says is on disk.
 *
 * <p>A PUBACK only makes room for the next message. What moves the cursor is the county's own
 * acknowledgement, by number and hash. At most {@link #AHEAD} records go up beyond the cursor;
 * where none of them is acknowledged for a while, sending begins anew behind the cursor, with a few
 * records until somebody answers. So whatever a broker has dropped is sent again, and a county that
 * is away costs next to nothing. The evidence session's thread alone.
 */
final class Evidence implements AutoCloseable {

  /** Records that may go up beyond the last acknowledged one. */
  static final int AHEAD = 8192;

  /** So many while nobody answers. */
  static final int PROBE = 64;

  static final int MESSAGE_BYTES = 32 << 10;
  static final int MESSAGE_RECORDS = 256;
  static final long PATIENCE_NANOS = 10_000_000_000L;
  private static final long LOOK_NANOS = 1_000_000_000L;
  private static final long MOST_PATIENCE_NANOS = 300_000_000_000L;

  private final Records.Source source;
  private final Pace pace = new Pace();
  private final Queue<Long> delays = new ConcurrentLinkedQueue<>();

  /** Of the present connection: a late word of the one before counts for nothing. */
  private AtomicInteger charsUnderWay = new AtomicInteger();

  /** Sent and not yet acknowledged by the county. */
  private final Deque<Sent> unacked = new ArrayDeque<>();

  private Optional<Records> records = Optional.empty();
  private Optional<Records.Line> waiting = Optional.empty();
  private Optional<Message> ready = Optional.empty();
  private String trouble = "";
  private Cursor cursor;
  private long position;
  private boolean probing = true;
  private long patience = PATIENCE_NANOS;
  private long progressAt = System.nanoTime();
  private long lookedAt = System.nanoTime() - LOOK_NANOS;

  private record Sent(long seq, String hash) {}

  private record Message(String text, Deque<Sent> records) {}

  Evidence(Records.Source source, Cursor cursor) {
    this.source = source;
    this.cursor = cursor;
    this.position = cursor.seq();
  }

  Cursor cursor() {
    return cursor;
  }

  /** Number of the record sent last. */
  long sent() {
    return position;
  }

  /** Why the journal can't be read, empty while it can. */
  String trouble() {
    return trouble;
  }

  /** A new connection, or nobody has answered: begins anew behind the cursor. */
  void rewind() {
    charsUnderWay = new AtomicInteger();
    delays.clear();
    probing = true;
    goTo(cursor, cursor.seq());
  }

  /** The next record sent is the one after {@code last}. */
  private void goTo(Cursor acknowledged, long last) {
    cursor = acknowledged;
    position = last;
    unacked.clear();
    ready = Optional.empty();
    progressAt = System.nanoTime();
    close();
  }

  /** Sends what may be sent and fits. */
  void send(BrokerLink link, String topic, JournalHead head) {
    if (head.epoch().isEmpty()) {
      return;
    }
    if (!head.epoch().equals(cursor.epoch())) {
      begin(head);
    }
    for (Long delay = delays.poll(); delay != null; delay = delays.poll()) {
      pace.took(delay);
    }
    repeat();
    while (charsUnderWay.get() < pace.bytes() && fill(head.durableSeq())) {
      Message message = ready.orElseThrow();
      if (!publish(link, topic, message.text())) {
        return;
      }
      unacked.addAll(message.records());
      position = message.records().getLast().seq();
      ready = Optional.empty();
    }
  }

  /** Another journal than the cursor's: a folder that was wiped, or a chain that began anew. */
  private void begin(JournalHead head) {
    boolean continues = cursor.seq() > 0 && onDisk(cursor.seq()).equals(Optional.of(cursor.hash()));
    Cursor place =
        continues
            ? new Cursor(head.epoch(), cursor.seq(), cursor.hash())
            : new Cursor(head.epoch(), 0, "");
    Logger.info("the journal has the epoch {}: sent from record {}", head.epoch(), place.seq() + 1);
    goTo(place, place.seq());
  }

  private boolean publish(BrokerLink link, String topic, String text) {
    AtomicInteger underWay = charsUnderWay;
    long at = System.nanoTime();
    underWay.addAndGet(text.length());
    boolean sent =
        link.publish(
            topic,
            text,
            false,
            () -> {
              underWay.addAndGet(-text.length());
              delays.add(System.nanoTime() - at);
            });
    if (!sent) {
      underWay.addAndGet(-text.length());
    }
    return sent;
  }

  /** Nobody has acknowledged anything for a while: a few records again, ever more seldom. */
  private void repeat() {
    long silent = System.nanoTime() - progressAt;
    if (unacked.isEmpty()) {
      progressAt = System.nanoTime();
    } else if (silent > patience && charsUnderWay.get() == 0) {
      probing = true;
      patience = Math.min(2 * patience, MOST_PATIENCE_NANOS);
      goTo(cursor, cursor.seq());
    }
  }

  /** Whether a message stands ready; a journal that can't be read now is tried again later. */
  private boolean fill(long durableSeq) {
    int room = (probing ? PROBE : AHEAD) - unacked.size();
    if (ready.isPresent() || room <= 0) {
      return ready.isPresent();
    }
    StringBuilder text = new StringBuilder();
    Deque<Sent> taken = new ArrayDeque<>();
    int most = Math.min(room, MESSAGE_RECORDS);
    while (taken.size() < most && waiting(durableSeq)) {
      Records.Line line = waiting.orElseThrow();
      if (!taken.isEmpty() && text.length() + line.json().length() > MESSAGE_BYTES) {
        break;
      }
      text.append(taken.isEmpty() ? "" : "\n").append(line.json());
      taken.add(new Sent(line.seq(), line.hash()));
      waiting = Optional.empty();
    }
    ready = taken.isEmpty() ? Optional.empty() : Optional.of(new Message(text.toString(), taken));
    return ready.isPresent();
  }

  private boolean waiting(long durableSeq) {
    try {
      if (records.isEmpty()) {
        records = Optional.of(source.open());
        records.get().after(position);
      }
      if (waiting.isEmpty()) {
        waiting = records.get().next();
      }
      tell("");
    } catch (IOException e) {
      tell(String.valueOf(e.getMessage()));
      close();
    }
    return waiting.isPresent() && waiting.get().seq() <= durableSeq;
  }

  private void tell(String now) {
    if (!now.isEmpty() && !now.equals(trouble)) {
      Logger.warn("the journal can't be read: {}", now);
    }
    trouble = now;
  }

  /**
   * The county says that it has all records up to this one. Where it has another one of this number
   * that is told and gone on from: sending it once more would not mend it.
   *
   * @return what is wrong with that, empty where nothing is
   */
  String acknowledged(Cursor has, long durableSeq) {
    if (has.seq() <= cursor.seq()) {
      return "";
    }
    if (has.seq() > durableSeq) {
      return "the county has acknowledged record " + has.seq() + ", which there is not";
    }
    Optional<String> hash = hashSent(has.seq()).or(() -> hashOnDisk(has.seq()));
    boolean same = hash.equals(Optional.of(has.hash()));
    if (hash.isEmpty() || !same && !has.epoch().equals(cursor.epoch())) {
      return "";
    }
    cursor = new Cursor(cursor.epoch(), has.seq(), has.hash());
    if (has.seq() > position) {
      goTo(cursor, has.seq());
    }
    while (!unacked.isEmpty() && unacked.getFirst().seq() <= has.seq()) {
      unacked.removeFirst();
    }
    probing = false;
    patience = PATIENCE_NANOS;
    progressAt = System.nanoTime();
    return same ? "" : "the county has another record " + has.seq() + " than the journal";
  }

  private Optional<String> hashSent(long seq) {
    return unacked.stream().filter(sent -> sent.seq() == seq).map(Sent::hash).findFirst();
  }

  /** The cursor was lost or not saved, and the county is ahead of it. Seldom: it costs a search. */
  private Optional<String> hashOnDisk(long seq) {
    if (System.nanoTime() - lookedAt < LOOK_NANOS) {
      return Optional.empty();
    }
    lookedAt = System.nanoTime();
    return onDisk(seq);
  }

  private Optional<String> onDisk(long seq) {
    try (Records look = source.open()) {
      look.after(seq - 1);
      return look.next().filter(line -> line.seq() == seq).map(Records.Line::hash);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** The county wants all records from this one on, once more or for the first time. */
  void resume(long from, long durableSeq) {
    if (from < 1 || from > durableSeq + 1) {
      return;
    }
    probing = false;
    patience = PATIENCE_NANOS;
    boolean back = from <= cursor.seq();
    goTo(back ? new Cursor(cursor.epoch(), from - 1, "") : cursor, from - 1);
  }

  @Override
  public void close() {
    waiting = Optional.empty();
    try {
      if (records.isPresent()) {
        records.get().close();
      }
    } catch (IOException e) {
      Logger.debug("closing the journal: {}", e.getMessage());
    }
    records = Optional.empty();
  }
}
