package davy.controller.journal;

import davy.controller.event.EventCode;
import davy.hal.Agent;
import davy.hal.Clock;
import davy.hal.signal.Tick;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tinylog.Logger;

/**
 * Copies the events of closed segments apart, compresses the segments, and removes the oldest ones
 * when the journal takes more room than it may, when the disk is nearly full, or when they are too
 * old. What is removed is first recorded with its last hash and the hash of its events, and removed
 * only when that record is signed: a journal whose begin is gone still proves that it was kept by
 * the rules and not beheaded. Events go last: a file of them leaves for want of room alone, when no
 * segment can. A segment whose events could not be copied for want of room stays.
 *
 * <p>A wrong wall clock can't empty the journal: age counts only while the clock is synchronised,
 * and takes one segment an hour at most. A thread of its own, without hurry; one file at a time.
 */
public final class Keeper implements Agent {

  static final int LOOK_MILLIS = 10_000;
  static final int RETRY_MILLIS = 60_000;

  /** The present segment and those before it are never removed. */
  static final int LEAST_SEGMENTS = 3;

  /** Of the disk: less free is as good as full. */
  static final long LEAST_FREE_BYTES = 256L << 20;

  private static final long AGE_PAUSE_NANOS = 3_600_000_000_000L;

  /**
   * How much is kept.
   *
   * @param mostBytes on disk, compressed or not
   * @param days by the wall clock's labels
   */
  public record Limits(long mostBytes, int days) {}

  /** A segment that is to go once the record that says so is signed. */
  private record Leaving(String name, long ticket, long notBefore) {}

  private final Journal journal;
  private final Signer signer;
  private final Storage files;
  private final Events events;
  private final Reserve reserve;
  private final Limits limits;
  private final Clock clock;
  private final WallClock wall;
  private final Doorbell doorbell = new Doorbell();
  private Optional<Leaving> leaving = Optional.empty();
  private Optional<Tick> agedAt = Optional.empty();

  /** The segment whose events there was no room for, empty where there is none. */
  private String held = "";

  private Tick due;
  private String trouble = "";

  Keeper(Journal journal, Signer signer, Storage files, Limits limits, Clock clock, WallClock wall)
      throws IOException {
    this.journal = journal;
    this.signer = signer;
    this.files = files;
    this.events = new Events(files);
    this.reserve = new Reserve(files);
    this.limits = limits;
    this.clock = clock;
    this.wall = wall;
    this.due = clock.now();
  }

  /**
   * @param folder the journal's
   * @throws IOException when it can't be read
   */
  public static Keeper open(Path folder, Journal journal, Signer signer, Limits limits, Clock clock)
      throws IOException {
    return new Keeper(
        journal, signer, FolderStorage.forReading(folder), limits, clock, WallClock.system(clock));
  }

  @Override
  public String name() {
    return "keeper";
  }

  @Override
  public Tick work(Tick now) {
    if (now.isBefore(due)) {
      return due;
    }
    due = now.plusMillis(LOOK_MILLIS);
    try {
      if (leaving.isPresent()) {
        leave(leaving.get());
      } else {
        look(now);
      }
      trouble = "";
    } catch (IOException e) {
      String why = String.valueOf(e.getMessage());
      if (!why.equals(trouble)) {
        Logger.warn("journal: files can't be packed or removed: {}", why);
      }
      trouble = why;
      due = now.plusMillis(RETRY_MILLIS);
    }
    return due;
  }

  private void look(Tick now) throws IOException {
    reserve.use();
    String present = journal.status().segment();
    List<String> closed =
        Segment.all(files).stream().filter(name -> name.compareTo(present) < 0).toList();
    Optional<String> next = closed.stream().filter(name -> !events.has(name)).findFirst();
    if (next.isPresent() && take(next.get())) {
      due = now;
      return;
    }
    List<String> apart = Segment.events(files);
    Optional<String> why = why(closed, apart, now);
    if (why.isPresent() && closed.size() >= LEAST_SEGMENTS) {
      announce(closed.get(0), closed.get(1), why.get(), now);
    } else if (why.isPresent()) {
      announceEvents(apart.get(0), apart.get(1), why.get(), now);
    } else {
      pack(closed, apart, now);
    }
  }

  /** False where its events can't be kept apart now; those before it may leave all the same. */
  private boolean take(String name) {
    held = "";
    try {
      events.take(name);
      return true;
    } catch (Events.NoRoom full) {
      held = name;
      Logger.warn("journal: no room for the events of {}: {}", name, full.getMessage());
    } catch (IOException e) {
      Logger.warn("journal: the events of {} can't be read: {}", name, e.getMessage());
    }
    return false;
  }

  /** One file; the latest of events still grows. */
  private void pack(List<String> closed, List<String> apart, Tick now) throws IOException {
    List<String> done = new ArrayList<>(closed);
    done.addAll(apart.subList(0, Math.max(0, apart.size() - 1)));
    for (String name : done) {
      if (!files.packed(name)) {
        files.pack(name);
        due = now;
        return;
      }
    }
    reserve.keep();
  }

  /** Why the oldest file is to go, empty where it may stay. */
  private Optional<String> why(List<String> closed, List<String> apart, Tick now)
      throws IOException {
    boolean segments = closed.size() >= LEAST_SEGMENTS;
    if (!segments && apart.size() < 2) {
      return Optional.empty();
    }
    long bytes = files.bytesOnDisk(journal.status().segment());
    for (String name : closed) {
      bytes += files.bytesOnDisk(name);
    }
    for (String name : apart) {
      bytes += files.bytesOnDisk(name);
    }
    if (bytes > limits.mostBytes()) {
      return Optional.of("size");
    }
    if (files.freeBytes() < LEAST_FREE_BYTES) {
      return Optional.of("disk");
    }
    boolean paused = agedAt.filter(at -> now.nanosSince(at) < AGE_PAUSE_NANOS).isPresent();
    return segments && !paused && old(closed.get(1)) ? Optional.of("age") : Optional.empty();
  }

  /** The segment before {@code next} is older than it may be. */
  private boolean old(String next) throws IOException {
    WallClock.Reading present = wall.read();
    if (present.quality() != WallClock.Quality.SYNCHRONISED) {
      return false;
    }
    Optional<JournalRecord> first = first(next);
    try {
      return first.isPresent()
          && Duration.between(
                      Instant.parse(first.get().time()), Instant.ofEpochMilli(present.millis()))
                  .toDays()
              >= limits.days();
    } catch (DateTimeParseException e) {
      return false;
    }
  }

  private Optional<JournalRecord> first(String name) throws IOException {
    JournalReader reader = new JournalReader(files);
    reader.seek(Segment.number(name));
    return reader
        .next()
        .flatMap(
            item ->
                item instanceof JournalReader.Item.Good good
                    ? Optional.of(good.record())
                    : Optional.empty());
  }

  /** Damaged where the next one begins: then both stay, for a person to look at. */
  private void announce(String name, String next, String why, Tick now) throws IOException {
    if (name.equals(held)) {
      throw new IOException(name + " stays: there is no room to keep its events apart");
    }
    Optional<JournalRecord> first = first(next);
    if (first.isEmpty()) {
      throw new IOException(next + " is damaged at its begin: " + name + " stays");
    }
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("file", name);
    fields.put("from", Segment.number(name));
    fields.put("to", first.get().seq() - 1);
    fields.put("head", first.get().prev());
    if (events.has(name)) {
      Events.Digest digest = events.digest(name);
      fields.put("events", digest.count());
      fields.put("eventsHash", digest.hash());
    }
    leaving(name, fields, why, now);
  }

  private void announceEvents(String name, String next, String why, Tick now) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("file", name);
    fields.put("from", Segment.number(name));
    fields.put("to", Segment.number(next) - 1);
    leaving(name, fields, why, now);
  }

  private void leaving(String name, Map<String, Object> fields, String why, Tick now) {
    fields.put("why", why);
    long ticket = journal.offer(new Entry(EventCode.JOURNAL_EXPIRED, now, fields));
    if (ticket > 0) {
      leaving = Optional.of(new Leaving(name, ticket, 0));
      agedAt = why.equals("age") ? Optional.of(now) : agedAt;
    }
  }

  /** Goes only when the record that says so is on disk and signed, where anything is signed. */
  private void leave(Leaving one) throws IOException {
    if (journal.durableTicket() < one.ticket()) {
      return;
    }
    if (one.notBefore() == 0) {
      leaving = Optional.of(new Leaving(one.name(), one.ticket(), journal.status().durableSeq()));
      signer.soon();
    } else if (signer.fingerprint().isEmpty() || signer.signedSeq() >= one.notBefore()) {
      files.remove(one.name());
      leaving = Optional.empty();
      Logger.info("journal: {} has left the journal", one.name());
    }
  }

  @Override
  public void await(Tick now, Tick until) {
    doorbell.await(now, until);
  }

  @Override
  public void wake() {
    doorbell.ring();
  }

  @Override
  public void close() {
    try {
      files.close();
    } catch (IOException e) {
      Logger.debug("closing the journal's files: {}", e.getMessage());
    }
  }
}
