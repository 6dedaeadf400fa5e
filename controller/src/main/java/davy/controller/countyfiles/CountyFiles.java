package davy.controller.countyfiles;

import davy.controller.config.Site;
import davy.controller.countyfiles.CountyFile.Type;
import davy.controller.event.EventCode;
import davy.controller.journal.JournalReader;
import davy.controller.journal.JournalRecord;
import davy.controller.json.JsonLine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.tinylog.Logger;

/**
 * Puts the county's files into its folder, each under another name first and then renamed: a
 * collector never sees half a file. The present comes from the interlock's status, statistics and
 * exceptions from the journal, also after an outage, with their own times; how far it has read
 * stands in a file of its own. A thread of its own in the station; nobody waits for it.
 */
public final class CountyFiles implements AutoCloseable {

  private static final long LOOK_NANOS = 1_000_000_000L;
  private static final long PRESENT_SECONDS = 30;
  private static final long DEFINITIONS_SECONDS = 86_400;
  private static final int MOST_RECORDS = 5_000;

  private final Site site;
  private final Site.CountyDrop drop;
  private final CountyRows rows;
  private final Path journal;
  private final Path cursorFile;
  private final Supplier<Optional<String>> status;
  private final Map<Type, Instant> written = new EnumMap<>(Type.class);
  private final Map<Type, List<List<String>>> waiting = new EnumMap<>(Type.class);
  private final Thread thread;
  private Exceptions exceptions;
  private String begun = "";

  /** Everything up to here is in files. */
  private long cursor;

  /** Everything up to here was read. */
  private long position;

  private String trouble = "";
  private volatile boolean closed;

  /**
   * @param journal read only
   * @param cursorFile of this writer alone
   * @param status the interlock's latest frame, empty while it can't be reached
   */
  CountyFiles(
      Site site,
      Site.CountyDrop drop,
      Path journal,
      Path cursorFile,
      Supplier<Optional<String>> status) {
    this.site = site;
    this.drop = drop;
    this.rows = new CountyRows(site);
    this.exceptions = new Exceptions(rows);
    this.journal = journal;
    this.cursorFile = cursorFile;
    this.status = status;
    this.thread = new Thread(this::run, "davy-county-files");
    thread.setDaemon(true);
  }

  /** Starts the thread. */
  public static CountyFiles start(
      Site site,
      Site.CountyDrop drop,
      Path journal,
      Path stateFolder,
      Supplier<Optional<String>> status)
      throws IOException {
    Files.createDirectories(stateFolder);
    CountyFiles files =
        new CountyFiles(site, drop, journal, stateFolder.resolve("county-files.json"), status);
    files.thread.start();
    return files;
  }

  private void run() {
    while (!closed) {
      turn(Instant.now());
      LockSupport.parkNanos(LOOK_NANOS);
    }
  }

  /** Does what is due; at most one file of each type a second. */
  void turn(Instant now) {
    try {
      Map<String, Object> frame = frame();
      if (due(Type.CDDY, now, DEFINITIONS_SECONDS)) {
        write(Type.FZDY, rows.substationDefinition(), now);
        write(Type.CDDY, rows.definitions(now), now);
      }
      if (due(Type.FZSS, now, PRESENT_SECONDS)) {
        write(Type.CDSS, rows.present(frame, now), now);
        write(Type.FZSS, rows.substationState(!frame.isEmpty(), now), now);
      }
      past(frame, now);
      trouble = "";
    } catch (IOException e) {
      String why = String.valueOf(e.getMessage());
      if (!why.equals(trouble)) {
        Logger.warn("county files: {}", why);
      }
      trouble = why;
    }
  }

  private boolean due(Type type, Instant now, long seconds) {
    return Optional.ofNullable(written.get(type))
        .filter(at -> !now.isBefore(at) && now.isBefore(at.plusSeconds(seconds)))
        .isEmpty();
  }

  private Map<String, Object> frame() {
    try {
      Optional<String> latest = status.get();
      return latest.isPresent() ? JsonLine.read(latest.get()) : Map.of();
    } catch (JsonLine.Malformed e) {
      return Map.of();
    }
  }

  /** Statistics and exceptions behind the cursor, none beyond what is on disk. */
  private void past(Map<String, Object> frame, Instant now) throws IOException {
    if (!(frame.get("journal") instanceof Map<?, ?> told)
        || !(told.get("epoch") instanceof String epoch)
        || !(told.get("durableSeq") instanceof Long durable)) {
      return;
    }
    if (!begun.equals(epoch)) {
      begin(epoch);
    }
    if (waiting.values().stream().allMatch(List::isEmpty)) {
      read(durable);
    }
    for (Type type : List.of(Type.TJSJ, Type.YCBJ)) {
      List<List<String>> some = waiting.getOrDefault(type, List.of());
      if (!some.isEmpty()) {
        write(type, some, now);
        waiting.remove(type);
      }
    }
    if (position > cursor) {
      cursor = position;
      long from = exceptions.oldest().orElse(cursor + 1);
      Map<String, Object> fields = Map.of("epoch", epoch, "seq", cursor, "from", from);
      replace(cursorFile, JsonLine.write(fields) + "\n");
    }
  }

  /** Behind what was written; what stood then is read once more, so that its end is told. */
  private void begin(String epoch) {
    begun = epoch;
    exceptions = new Exceptions(rows);
    waiting.clear();
    cursor = 0;
    position = 0;
    try {
      Map<String, Object> fields = JsonLine.read(Files.readString(cursorFile).strip());
      if (epoch.equals(fields.get("epoch"))) {
        cursor = CountyRows.number(fields.get("seq")).orElse(0L);
        position = CountyRows.number(fields.get("from")).orElse(1L) - 1;
      }
    } catch (IOException | JsonLine.Malformed e) {
      Logger.info("county files: from the journal's begin");
    }
  }

  private void read(long durable) throws IOException {
    if (durable <= position) {
      return;
    }
    try (JournalReader reader = JournalReader.open(journal)) {
      reader.seek(position + 1);
      int count = 0;
      for (var item = reader.next();
          item.isPresent() && count < MOST_RECORDS && position < durable;
          item = reader.next()) {
        if (item.get() instanceof JournalReader.Item.Good good && good.record().seq() > position) {
          take(good.record());
          position = good.record().seq();
          count++;
        }
      }
    }
  }

  /** Rows of what was written before are not wanted again. */
  private void take(JournalRecord record) {
    Instant time;
    try {
      time = Instant.parse(record.time());
    } catch (DateTimeParseException e) {
      return;
    }
    List<List<String>> begunOrEnded = exceptions.take(record, time);
    if (record.seq() <= cursor) {
      return;
    }
    boolean statistics = record.code().equals(EventCode.STATISTICS.id());
    if (statistics && record.fields().get("points") instanceof Map<?, ?> points) {
      add(Type.TJSJ, rows.statistics(points, time));
    }
    add(Type.YCBJ, begunOrEnded);
  }

  private void add(Type type, List<List<String>> more) {
    waiting.computeIfAbsent(type, _ -> new ArrayList<>()).addAll(more);
  }

  private void write(Type type, List<List<String>> content, Instant now) throws IOException {
    CountyFile file = CountyFile.of(type, site.mine(), drop.mineName(), now, content);
    replace(drop.folder().resolve(file.name()), file.text());
    written.put(type, now);
  }

  private static void replace(Path file, String text) throws IOException {
    Path fresh = file.resolveSibling("." + file.getFileName() + ".tmp");
    Files.writeString(fresh, text, StandardCharsets.UTF_8);
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(thread);
  }
}
