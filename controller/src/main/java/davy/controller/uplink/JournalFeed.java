package davy.controller.uplink;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.tinylog.Logger;

/**
 * The journal's records on their way up, in order, none beyond what the interlock says is on disk.
 * The cursor follows the acknowledgements without a gap. A new connection goes on behind the
 * cursor: what was under way is sent again. The uplink's thread alone.
 */
final class JournalFeed implements AutoCloseable {

  private static final long SAVE_NANOS = 10_000_000_000L;

  private final Records.Source source;
  private final Path cursorFile;
  private final Deque<UnderWay> underWay = new ArrayDeque<>();
  private Optional<Records> records = Optional.empty();
  private Optional<Records.Line> waiting = Optional.empty();
  private String trouble = "";
  private Cursor cursor;
  private Cursor saved;
  private long savedAt = System.nanoTime();

  /** A record that was sent; the library's thread says when it is through. */
  private static final class UnderWay {
    private final long seq;
    private volatile boolean acknowledged;

    UnderWay(long seq) {
      this.seq = seq;
    }
  }

  JournalFeed(Records.Source source, Path cursorFile) {
    this.source = source;
    this.cursorFile = cursorFile;
    this.cursor = Cursor.read(cursorFile);
    this.saved = cursor;
  }

  Cursor cursor() {
    return cursor;
  }

  /** A new connection: goes on behind the cursor. */
  void begin() {
    underWay.clear();
    close();
  }

  /**
   * Sends what may be sent and fits.
   *
   * @param epoch the journal the interlock speaks of, empty where it has not spoken yet
   * @return how many records were sent
   */
  int send(BrokerLink link, String topic, String epoch, long durableSeq, int room) {
    if (epoch.isEmpty()) {
      return 0;
    }
    if (!epoch.equals(cursor.epoch())) {
      Logger.info("the journal has the epoch {}: it is sent from its begin", epoch);
      begin();
      cursor = new Cursor(epoch, 0);
    }
    int sent = 0;
    while (sent < room && waiting(durableSeq)) {
      Records.Line line = waiting.orElseThrow();
      UnderWay one = new UnderWay(line.seq());
      if (!link.publish(topic, line.json(), false, () -> one.acknowledged = true)) {
        break;
      }
      underWay.addLast(one);
      waiting = Optional.empty();
      sent++;
    }
    return sent;
  }

  /** Whether a record may go; a journal that can't be read now is tried again later. */
  private boolean waiting(long durableSeq) {
    try {
      if (records.isEmpty()) {
        long last = underWay.isEmpty() ? cursor.seq() : underWay.getLast().seq;
        records = Optional.of(source.open());
        records.get().after(last);
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

  /** Moves the cursor over what is through; true when it moved. */
  boolean settle() {
    long before = cursor.seq();
    while (!underWay.isEmpty() && underWay.getFirst().acknowledged) {
      cursor = new Cursor(cursor.epoch(), underWay.removeFirst().seq);
    }
    return cursor.seq() != before;
  }

  /** Saves the cursor where it moved: seldom, for the memory card's sake. */
  void save(boolean now) {
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
