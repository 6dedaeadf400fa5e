package davy.controller.journal;

import davy.controller.event.EventCode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;

/**
 * The events of closed segments, kept apart in files {@code NNNNNNNNNN.events} so that they outlive
 * the samples around them, and are read at once for a chart of a month. Lines as they stand in the
 * journal, each with its own hash. Where a segment leaves, the record of that has the hash of its
 * events ({@link #digest}), so that these stay as good as signed.
 *
 * <p>A file is put in place whole and holds at most one segment more than {@link #FULL_BYTES}. One
 * thread.
 */
final class Events {

  /** A file of this size takes no further segment. */
  static final int FULL_BYTES = 1 << 20;

  /** What fills a journal, and what signs it as a whole: it leaves with its segment. */
  private static final Set<String> LEAVING =
      Set.of(
          EventCode.INPUTS.id(),
          EventCode.INPUTS_BEGIN.id(),
          EventCode.SAMPLE.id(),
          EventCode.JOURNAL_CHECKPOINT.id());

  /**
   * The events of one segment.
   *
   * @param hash SHA-256 of their lines, each with its line feed, in lower-case hex
   */
  record Digest(long count, String hash) {}

  private final Storage files;
  private long last;

  /**
   * @throws IOException where the files can't be read
   */
  Events(Storage files) throws IOException {
    this.files = files;
    this.last = lastSeq();
  }

  static boolean stays(JournalRecord record) {
    return !LEAVING.contains(record.code());
  }

  /** Whether a closed segment's events stand here. Its first record is an event always. */
  boolean has(String segment) {
    return last >= Segment.number(segment);
  }

  private long lastSeq() throws IOException {
    List<String> names = Segment.events(files);
    long seq = 0;
    if (!names.isEmpty()) {
      JournalReader reader = JournalReader.ofEvents(files);
      reader.seek(Segment.number(names.getLast()));
      for (var item = reader.next(); item.isPresent(); item = reader.next()) {
        seq = item.get() instanceof JournalReader.Item.Good good ? good.record().seq() : seq;
      }
    }
    return seq;
  }

  /** What was read could not be written. */
  static final class NoRoom extends IOException {
    private static final long serialVersionUID = 1L;

    private NoRoom(IOException cause) {
      super(cause.getMessage(), cause);
    }
  }

  /**
   * Adds those of the next closed segment; a damaged line is no event.
   *
   * @throws NoRoom where they could be read and not be written
   */
  void take(String segment) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    List<String> names = Segment.events(files);
    String name = Segment.eventsName(Segment.number(segment));
    if (!names.isEmpty() && files.size(names.getLast()) < FULL_BYTES) {
      name = names.getLast();
      JournalReader former = JournalReader.ofEvents(files);
      former.seek(Segment.number(name));
      copy(former, 0, Segment.number(segment) - 1, all);
    }
    long to = copy(at(segment), Segment.number(segment), end(segment), all);
    try {
      files.replace(name, all.toByteArray());
    } catch (IOException e) {
      throw new NoRoom(e);
    }
    last = to;
  }

  /** Of a segment as it stands in the journal, not of what was copied here. */
  Digest digest(String segment) throws IOException {
    ByteArrayOutputStream lines = new ByteArrayOutputStream();
    copy(at(segment), Segment.number(segment), end(segment), lines);
    byte[] bytes = lines.toByteArray();
    long count = 0;
    for (byte one : bytes) {
      count += one == '\n' ? 1 : 0;
    }
    return new Digest(count, Seal.hash(bytes));
  }

  private JournalReader at(String segment) throws IOException {
    JournalReader reader = new JournalReader(files);
    reader.seek(Segment.number(segment));
    return reader;
  }

  /** Number of a closed segment's last record. */
  private long end(String segment) throws IOException {
    return Segment.all(files).stream()
            .filter(other -> other.compareTo(segment) > 0)
            .mapToLong(Segment::number)
            .findFirst()
            .orElseThrow(() -> new IOException(segment + " is not closed"))
        - 1;
  }

  /**
   * Copies the events of records {@code from} to {@code to}.
   *
   * @return the number of the last one copied, 0 for none
   */
  private static long copy(JournalReader reader, long from, long to, ByteArrayOutputStream into)
      throws IOException {
    long last = 0;
    for (var item = reader.next(); item.isPresent(); item = reader.next()) {
      if (item.get() instanceof JournalReader.Item.Good(JournalRecord record)) {
        if (record.seq() > to) {
          break;
        }
        if (record.seq() >= from && stays(record)) {
          into.writeBytes((record.json() + "\n").getBytes(StandardCharsets.UTF_8));
          last = record.seq();
        }
      }
    }
    return last;
  }
}
