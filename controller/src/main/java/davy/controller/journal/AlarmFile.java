package davy.controller.journal;

import davy.controller.alarm.Grade;
import davy.controller.alarm.Life;
import davy.controller.alarm.Saved;
import davy.hal.Agent;
import davy.hal.signal.Tick;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.tinylog.Logger;

/**
 * The alarms that outlive a restart: one file, sealed with its SHA-256, put in place whole whenever
 * one changes. No permit and no lock depends on it. A file that is damaged or of another version is
 * kept under another name and said; then what stands is an alarm anew, and what waited for its
 * close stands in the journal only.
 */
public final class AlarmFile implements Agent {

  static final String FILE = "alarms";
  static final String SPOILT = "alarms.bad";

  private static final long FORMAT = 1;
  private static final int MAX_BYTES = 1 << 22;
  private static final int IDLE_MILLIS = 1000;
  private static final int RETRY_MILLIS = 500;

  private final Storage storage;
  private final List<Saved> atStart;
  private final String note;
  private final Doorbell doorbell = new Doorbell();
  private final AtomicReference<List<Saved>> wanted;
  private List<Saved> onDisk;
  private volatile String trouble = "";

  private AlarmFile(Storage storage, Optional<List<Saved>> read, String note) {
    this.storage = storage;
    this.atStart = read.orElse(List.of());
    this.note = note;
    this.wanted = new AtomicReference<>(atStart);
    this.onDisk = atStart;
  }

  /**
   * Reads the alarms of a folder, which is made (0750) if need be.
   *
   * @throws IOException naming the folder and the remedy
   */
  public static AlarmFile open(Path folder) throws IOException {
    return open(FolderStorage.forWriting(folder));
  }

  static AlarmFile open(Storage storage) throws IOException {
    if (!storage.names().contains(FILE)) {
      return new AlarmFile(storage, Optional.empty(), "");
    }
    byte[] bytes = bytes(storage);
    Optional<List<Saved>> read = parse(bytes);
    if (read.isEmpty()) {
      storage.replace(SPOILT, bytes);
    }
    return new AlarmFile(
        storage, read, read.isPresent() ? "" : FILE + " is damaged: kept as " + SPOILT);
  }

  private static byte[] bytes(Storage storage) throws IOException {
    byte[] bytes = new byte[(int) Math.min(MAX_BYTES, storage.size(FILE))];
    int at = 0;
    while (at < bytes.length) {
      int count = storage.read(FILE, at, bytes, at, bytes.length - at);
      if (count <= 0) {
        return new byte[0];
      }
      at += count;
    }
    return bytes;
  }

  /** The alarms of earlier runs. */
  public List<Saved> atStart() {
    return atStart;
  }

  /** What was wrong with the file at opening, empty where nothing was. */
  public String note() {
    return note;
  }

  /** What the disk says, empty while all is well. Any thread. */
  public String trouble() {
    return trouble;
  }

  /** Any thread, never blocks: hands over the newest value; one not yet saved is dropped. */
  public void save(List<Saved> newest) {
    wanted.set(List.copyOf(newest));
    doorbell.ring();
  }

  @Override
  public String name() {
    return "alarms";
  }

  @Override
  public Tick work(Tick now) {
    List<Saved> newest = wanted.get();
    if (newest != onDisk) {
      try {
        storage.replace(FILE, encode(newest));
        onDisk = newest;
        if (!trouble.isEmpty()) {
          Logger.info("alarms: the disk works again");
        }
        trouble = "";
      } catch (IOException failed) {
        if (trouble.isEmpty()) {
          Logger.error("alarms: {}: tried again until it succeeds", failed.getMessage());
        }
        trouble = FILE + ": " + failed.getMessage();
      }
    }
    return now.plusMillis(trouble.isEmpty() ? IDLE_MILLIS : RETRY_MILLIS);
  }

  @Override
  public void await(Tick now, Tick until) {
    doorbell.await(now, until);
  }

  @Override
  public void wake() {
    doorbell.ring();
  }

  /** Saves once more and lets the folder go. Its thread must have ended. */
  @Override
  public void close() {
    work(new Tick(0));
    try {
      storage.close();
    } catch (IOException failed) {
      Logger.error("alarms: closing: {}", failed.getMessage());
    }
  }

  private static byte[] encode(List<Saved> alarms) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("format", FORMAT);
    fields.put("alarms", alarms.stream().map(AlarmFile::fields).toList());
    return Seal.seal(fields).line();
  }

  private static Map<String, Object> fields(Saved saved) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("alarm", saved.alarm());
    fields.put("occurrence", saved.occurrence());
    fields.put("open", saved.open());
    fields.put("active", saved.active());
    fields.put("acknowledged", saved.acknowledged());
    fields.put("worst", saved.worst().name());
    fields.put("peak", (long) saved.peak());
    fields.put("overRange", saved.overRange());
    saved
        .outOfService()
        .ifPresent(
            out -> {
              fields.put("person", out.person());
              fields.put("reason", out.reason());
            });
    fields.put("firstOutOf", saved.firstOutOf());
    return fields;
  }

  private static Optional<List<Saved>> parse(byte[] bytes) {
    int length = bytes.length - 1;
    if (length < 1 || bytes[length] != '\n' || Seal.check(bytes, length).isEmpty()) {
      return Optional.empty();
    }
    return Seal.read(bytes, length)
        .filter(read -> read.get("format") instanceof Long format && format == FORMAT)
        .flatMap(read -> alarms(read.get("alarms")));
  }

  private static Optional<List<Saved>> alarms(Object value) {
    List<Saved> alarms = new ArrayList<>();
    if (!(value instanceof List<?> all)) {
      return Optional.empty();
    }
    for (Object one : all) {
      Optional<Saved> alarm = one instanceof Map<?, ?> fields ? alarm(fields) : Optional.empty();
      if (alarm.isEmpty()) {
        return Optional.empty();
      }
      alarms.add(alarm.get());
    }
    return Optional.of(alarms);
  }

  private static Optional<Saved> alarm(Map<?, ?> fields) {
    if (fields.get("alarm") instanceof String name
        && fields.get("occurrence") instanceof Long occurrence
        && fields.get("worst") instanceof String worst
        && fields.get("peak") instanceof Long peak
        && fields.get("firstOutOf") instanceof List<?> firstOutOf) {
      return grade(worst)
          .map(
              grade ->
                  new Saved(
                      name,
                      occurrence,
                      Boolean.TRUE.equals(fields.get("open")),
                      Boolean.TRUE.equals(fields.get("active")),
                      Boolean.TRUE.equals(fields.get("acknowledged")),
                      grade,
                      Math.toIntExact(peak),
                      Boolean.TRUE.equals(fields.get("overRange")),
                      outOfService(fields),
                      firstOutOf.stream().map(Object::toString).toList()));
    }
    return Optional.empty();
  }

  private static Optional<Life.OutOfService> outOfService(Map<?, ?> fields) {
    return fields.get("person") instanceof String person
            && fields.get("reason") instanceof String reason
        ? Optional.of(new Life.OutOfService(person, reason))
        : Optional.empty();
  }

  private static Optional<Grade> grade(String name) {
    for (Grade grade : Grade.values()) {
      if (grade.name().equals(name)) {
        return Optional.of(grade);
      }
    }
    return Optional.empty();
  }
}
