package davy.controller.journal;

import davy.controller.event.EventCode;
import davy.controller.event.Severity;
import davy.hal.Agent;
import davy.hal.Clock;
import davy.hal.signal.Tick;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.tinylog.Logger;

/**
 * The evidence journal's writer.
 *
 * <p>Any thread offers entries and never waits. The journal's own thread puts what has gathered on
 * disk in one write and one fdatasync: at once for trips, warnings and requests, else every {@value
 * #GATHER_MILLIS} ms. While the disk fails nothing is thrown: the same bytes are written again,
 * from the last good byte on, until it succeeds; meanwhile entries wait in the queue, and once that
 * is full they are counted and the loss is recorded when there is room again.
 */
public final class Journal implements Agent {

  /** Entries that wait for the disk at most. */
  static final int CAPACITY = 8192;

  static final int GATHER_MILLIS = 150;
  static final int RETRY_MILLIS = 500;

  private static final int BATCH_BYTES = 1 << 18;
  private static final long SLOW_NANOS = 200_000_000L;

  private final Storage storage;
  private final long segmentBytes;
  private final Clock clock;
  private final WallClock wall;
  private final RecordEncoder encoder;
  private final boolean continued;
  private final EntryQueue queue;
  private final int halfFull;
  private final AtomicLong lost = new AtomicLong();
  private final Doorbell doorbell = new Doorbell();

  private Batch batch = new Batch();
  private String segment;
  private long goodBytes;
  private boolean begun = true;
  private boolean again;
  private Tick due;
  private long lostTold;
  private Optional<Long> lostAfter = Optional.empty();

  private volatile boolean urgent;
  private volatile long durableTicket;
  private volatile Status status;

  /**
   * How the journal fares.
   *
   * @param trouble what the disk says, empty while all is well
   * @param durableSeq the highest record number on disk
   * @param head that record's hash
   * @param segment the file that is written to
   * @param lost entries refused since start because the queue was full
   * @param slowCommits writes that took longer than 200 ms
   * @param maxCommitMicros the longest write since start
   */
  public record Status(
      String trouble,
      String epoch,
      long durableSeq,
      String head,
      String segment,
      long lost,
      long slowCommits,
      long maxCommitMicros) {

    public boolean ok() {
      return trouble.isEmpty();
    }

    private Status withTrouble(String text) {
      return new Status(text, epoch, durableSeq, head, segment, lost, slowCommits, maxCommitMicros);
    }

    private Status withLost(long count) {
      return new Status(
          trouble, epoch, durableSeq, head, segment, count, slowCommits, maxCommitMicros);
    }
  }

  private Journal(
      Storage storage,
      Opening opening,
      long segmentBytes,
      int capacity,
      Clock clock,
      WallClock wall) {
    this.storage = storage;
    this.segmentBytes = segmentBytes;
    this.clock = clock;
    this.wall = wall;
    this.encoder = opening.encoder();
    this.continued = opening.continued();
    this.queue = new EntryQueue(capacity);
    this.halfFull = capacity / 2;
    this.segment = opening.tail().segment().orElse("");
    this.goodBytes = opening.tail().bytes();
    this.due = clock.now();
    this.status = new Status("", encoder.epoch(), encoder.seq(), encoder.head(), segment, 0, 0, 0);
  }

  /**
   * Opens or begins the journal in a folder and records that.
   *
   * @param segmentBytes a file is closed at this size, at least 4096
   * @throws IOException naming the folder and the remedy: no parent folder, not writable, disk
   *     full, or another writer
   */
  public static Journal open(Path folder, long segmentBytes, Clock clock) throws IOException {
    Storage storage = FolderStorage.forWriting(folder);
    try {
      return open(storage, segmentBytes, CAPACITY, clock, WallClock.system(clock));
    } catch (IOException failed) {
      storage.close();
      throw new IOException(
          folder + ": the journal can't be opened: " + failed.getMessage(), failed);
    }
  }

  /**
   * As {@link #open(Path, long, Clock)}, on other storage: tests bring a disk that fails.
   *
   * @param capacity entries that wait for the disk at most
   */
  public static Journal open(
      Storage storage, long segmentBytes, int capacity, Clock clock, WallClock wall)
      throws IOException {
    if (segmentBytes < 4096) {
      throw new IllegalArgumentException("segment of less than 4096 bytes: " + segmentBytes);
    }
    Tick now = clock.now();
    Opening opening = Opening.of(storage, now);
    Journal journal = new Journal(storage, opening, segmentBytes, capacity, clock, wall);
    journal.begin(opening, now);
    return journal;
  }

  private void begin(Opening opening, Tick now) throws IOException {
    WallClock.Reading label = wall.read();
    if (segment.isEmpty() || goodBytes >= segmentBytes) {
      roll();
    }
    for (Entry entry : opening.first()) {
      batch.add(encoder.encode(entry, status.durableSeq, label));
    }
    write();
    due = now.plusMillis(GATHER_MILLIS);
  }

  /**
   * Any thread, never blocks.
   *
   * @return the entry's ticket, from 1; −1 when the queue is full, which is counted and recorded
   */
  public long offer(Entry entry) {
    long ticket = queue.offer(entry);
    if (ticket < 0) {
      lost.incrementAndGet();
    }
    if (ticket < 0 || atOnce(entry.code()) || queue.size() >= halfFull) {
      urgent = true;
      doorbell.ring();
    }
    return ticket;
  }

  private static boolean atOnce(EventCode code) {
    return code.severity().compareTo(Severity.WARNING) >= 0 || code == EventCode.REQUEST;
  }

  /** Any thread: every entry up to this ticket is on disk. */
  public long durableTicket() {
    return durableTicket;
  }

  /** Any thread. */
  public Status status() {
    return status.withLost(lost.get());
  }

  /** There was a journal in the folder before it was opened: the site is a known one (S5). */
  public boolean continued() {
    return continued;
  }

  @Override
  public String name() {
    return "journal";
  }

  /** Waits for the disk, and only for that. */
  @Override
  public Tick work(Tick now) {
    boolean waiting = again || !urgent;
    if (waiting && now.isBefore(due)) {
      return due;
    }
    urgent = false;
    due = now.plusMillis(GATHER_MILLIS);
    commit(now);
    boolean more = !again && queue.size() > 0;
    urgent |= more;
    return more ? now : due;
  }

  /** One batch, or the former one again. */
  private void commit(Tick now) {
    if (batch.empty()) {
      fill(now);
    }
    if (batch.empty()) {
      return;
    }
    try {
      write();
      if (!status.trouble.isEmpty()) {
        Logger.info("journal: the disk works again");
        status = status.withTrouble("");
      }
    } catch (IOException failed) {
      due = now.plusMillis(RETRY_MILLIS);
      String trouble = failed.getClass().getSimpleName() + ": " + failed.getMessage();
      if (status.trouble.isEmpty()) {
        Logger.error("journal: {}; tried again until it succeeds", trouble);
      }
      status = status.withTrouble(trouble);
    }
  }

  /** Takes what has gathered, up to a batch. */
  private void fill(Tick now) {
    WallClock.Reading label = wall.read();
    while (batch.size() < BATCH_BYTES) {
      Optional<Entry> next = tellLost(now).or(queue::poll);
      if (next.isEmpty()) {
        break;
      }
      if (batch.empty() && goodBytes >= segmentBytes) {
        roll();
        Entry begin = new Entry(EventCode.JOURNAL_SEGMENT, now, Map.of("epoch", encoder.epoch()));
        batch.add(encoder.encode(begin, status.durableSeq, label));
      }
      batch.add(encoder.encode(next.get(), status.durableSeq, label));
    }
  }

  /** What was refused is recorded behind all that stood in the queue when it was noticed. */
  private Optional<Entry> tellLost(Tick now) {
    long total = lost.get();
    if (total == lostTold) {
      return Optional.empty();
    }
    if (lostAfter.isEmpty()) {
      lostAfter = Optional.of(queue.claimed());
    }
    if (queue.taken() < lostAfter.get()) {
      return Optional.empty();
    }
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("count", total - lostTold);
    fields.put("total", total);
    lostTold = total;
    lostAfter = Optional.empty();
    return Optional.of(new Entry(EventCode.JOURNAL_LOST, now, fields));
  }

  private void roll() {
    segment = Segment.name(encoder.seq() + 1);
    goodBytes = 0;
    begun = true;
  }

  /**
   * After a failure everything since the last good byte is written anew: once an fdatasync has
   * failed, a later one says nothing about the bytes before it.
   */
  private void write() throws IOException {
    Tick start = clock.now();
    if (again) {
      storage.truncate(segment, goodBytes);
    }
    again = true;
    storage.append(segment, batch.bytes(), batch.size());
    storage.sync(segment);
    if (begun) {
      storage.syncFolder();
    }
    again = false;
    begun = false;
    goodBytes += batch.size();
    batch = new Batch();
    published(clock.now().nanosSince(start));
  }

  private void published(long nanos) {
    status =
        new Status(
            status.trouble,
            encoder.epoch(),
            encoder.seq(),
            encoder.head(),
            segment,
            lost.get(),
            status.slowCommits + (nanos > SLOW_NANOS ? 1 : 0),
            Math.max(status.maxCommitMicros, nanos / 1000));
    durableTicket = queue.taken();
  }

  @Override
  public void await(Tick now, Tick until) {
    doorbell.await(now, until);
  }

  @Override
  public void wake() {
    doorbell.ring();
  }

  /** Its folder, for what stands beside the segments. */
  Storage storage() {
    return storage;
  }

  /** Writes what is left, once. Its thread must have ended. */
  void flush() {
    Tick now = clock.now();
    do {
      commit(now);
    } while (!again && queue.size() > 0);
  }

  /** Writes what is left, once, and lets the folder go. Its thread must have ended. */
  @Override
  public void close() {
    flush();
    if (!status.trouble.isEmpty()) {
      Logger.error("journal: {} entries could not be written: {}", queue.size(), status.trouble);
    }
    try {
      storage.close();
    } catch (IOException failed) {
      Logger.error("journal: closing: {}", failed.getMessage());
    }
  }
}
