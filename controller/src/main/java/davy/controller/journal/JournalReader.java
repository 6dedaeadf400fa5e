package davy.controller.journal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Reads a journal line by line, also while it is being written, in constant memory (one line, at
 * most 1 MiB). Each line's own hash is checked; the links between lines are checked by {@link
 * Chain}. One thread at a time; needs no lock.
 *
 * <p>What lies beyond the writer's {@code durableSeq} may still be lost in a power cut: whoever
 * passes records on stops there.
 */
public final class JournalReader implements AutoCloseable {

  /** What a line turned out to be. */
  public sealed interface Item {

    record Good(JournalRecord record) implements Item {}

    /**
     * @param line in the file, from 1
     * @param text of the line, empty where it is too long or not whole
     */
    record Bad(String file, long line, String what, String text) implements Item {}
  }

  private static final String BROKEN = "changed or broken: its hash does not fit its bytes";
  private static final String NO_RECORD = "sealed, but no record of a journal";
  private static final String TOO_LONG = "longer than any record";
  private static final String CUT_SHORT = "cut short: the file ends within the record";

  /** Which files of the folder are read, in order. */
  @FunctionalInterface
  interface Files {
    List<String> in(Storage storage) throws IOException;
  }

  private final Storage storage;
  private final Files files;
  private byte[] buffer = new byte[1 << 16];
  private int from;
  private int to;
  private String file = "";
  private long line;
  private long read;
  private boolean skipping;

  JournalReader(Storage storage) {
    this(storage, Segment::all);
  }

  private JournalReader(Storage storage, Files files) {
    this.storage = storage;
    this.files = files;
  }

  /** Of the events kept apart, not of the journal itself. */
  static JournalReader ofEvents(Storage storage) {
    return new JournalReader(storage, Segment::events);
  }

  /**
   * @throws IOException where the folder can't be read
   */
  public static JournalReader open(Path folder) throws IOException {
    return new JournalReader(FolderStorage.forReading(folder));
  }

  /** Goes to the begin of the segment that holds {@code seq}, or of the first one after it. */
  public void seek(long seq) throws IOException {
    String target = "";
    for (String name : files.in(storage)) {
      if (target.isEmpty() || Segment.number(name) <= seq) {
        target = name;
      }
    }
    begin(target);
  }

  /** Goes to a place from which at least the last {@code count} records follow. */
  public void seekLast(long count) throws IOException {
    List<String> segments = files.in(storage);
    seek(segments.isEmpty() ? 0 : Segment.number(segments.getLast()) - count);
  }

  /** The next line; empty at the present end, where more may come later. */
  public Optional<Item> next() throws IOException {
    while (true) {
      int end = file.isEmpty() ? -1 : lineEnd();
      if (end >= 0) {
        return Optional.of(take(end));
      }
      Optional<String> after = after(file);
      if (after.isEmpty()) {
        return Optional.empty();
      }
      boolean grown = !file.isEmpty() && fill();
      if (!grown) {
        Item cut = bad(line + 1, CUT_SHORT);
        boolean whole = rest() == 0;
        begin(after.get());
        if (!whole) {
          return Optional.of(cut);
        }
      }
    }
  }

  private Optional<String> after(String name) throws IOException {
    return files.in(storage).stream().filter(other -> other.compareTo(name) > 0).findFirst();
  }

  private Item bad(long number, String what) {
    return new Item.Bad(file, number, what, "");
  }

  private Item bad(String what, byte[] bytes) {
    return new Item.Bad(file, line, what, new String(bytes, StandardCharsets.UTF_8));
  }

  /** Bytes behind the last whole line of the present segment. */
  public long rest() {
    return (long) to - from + (skipping ? 1 : 0);
  }

  /** The present segment, empty before the first. */
  String file() {
    return file;
  }

  /** Number of the line read last. */
  long line() {
    return line;
  }

  /** Where in the present segment the next line begins. */
  long offset() {
    return read - (to - from);
  }

  private void begin(String name) {
    file = name;
    line = 0;
    read = 0;
    from = 0;
    to = 0;
    skipping = false;
  }

  /** Index of the next line end in the buffer, −1 where the file has none (yet). */
  private int lineEnd() throws IOException {
    int searched = from;
    while (true) {
      for (int at = searched; at < to; at++) {
        if (buffer[at] == '\n') {
          return at;
        }
      }
      if (to - from >= RecordEncoder.MAX_BYTES) {
        skipping = true;
        from = to;
      }
      int unread = to - from;
      if (!fill()) {
        return -1;
      }
      searched = from + unread;
    }
  }

  /** Reads on; false at the present end of the file. */
  private boolean fill() throws IOException {
    if (from > 0) {
      System.arraycopy(buffer, from, buffer, 0, to - from);
      to -= from;
      from = 0;
    }
    if (to == buffer.length) {
      buffer = Arrays.copyOf(buffer, buffer.length * 2);
    }
    int count = storage.read(file, read, buffer, to, buffer.length - to);
    if (count <= 0) {
      return false;
    }
    to += count;
    read += count;
    return true;
  }

  /** The line that ends at {@code end}. */
  private Item take(int end) {
    int length = end - from;
    byte[] bytes = Arrays.copyOfRange(buffer, from, end);
    from = end + 1;
    line++;
    if (skipping) {
      skipping = false;
      return bad(line, TOO_LONG);
    }
    if (Seal.check(bytes, length).isEmpty()) {
      return bad(BROKEN, bytes);
    }
    Optional<JournalRecord> record = JournalRecord.parse(file, line, bytes, length);
    return record.isPresent() ? new Item.Good(record.get()) : bad(NO_RECORD, bytes);
  }

  @Override
  public void close() throws IOException {
    storage.close();
  }
}
