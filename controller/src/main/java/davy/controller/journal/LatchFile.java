package davy.controller.journal;

import davy.controller.interlock.Cause;
import davy.controller.interlock.Saved;
import davy.hal.Agent;
import davy.hal.signal.Tick;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.tinylog.Logger;

/**
 * What survives a restart (S5): per zone the causes that only a person may release, per fan its
 * start lock, calibrations that were not ended, the accepted configuration (S18) and how the latest
 * runs ended (S22).
 *
 * <p>Two copies, each sealed with its SHA-256 and numbered. Every change is written to both, the
 * older one first, each put in place whole; so one damaged copy costs nothing. At opening the
 * newest good copy counts. None good on a known site, a zone that no copy names (renaming is no
 * release) or a cause of a newer version: {@link Cause#LATCHES_LOST} there.
 *
 * <p>The scan hands over the newest value and never waits. What order that gives: a latch is saved
 * as soon as the disk allows, its removal only after the lock has opened. While the disk takes no
 * new latch, the former copies are emptied: a restart then latches every zone.
 */
public final class LatchFile implements Agent {

  static final List<String> COPIES = List.of("latches.a", "latches.b");

  private static final int IDLE_MILLIS = 1000;
  private static final int RETRY_MILLIS = 500;
  private static final int MAX_BYTES = 1 << 20;

  private final Storage storage;
  private final SavedNames names;
  private final Kept former;
  private final Saved atStart;
  private final String note;
  private final Tick opened;
  private final Doorbell doorbell = new Doorbell();
  private final AtomicReference<Saved> wanted;

  private final long[] numbers;
  private final List<Kept> written;
  private Saved onDisk;
  private Runs runs;
  private Tick due;

  private volatile boolean ended;

  private volatile String trouble = "";
  private volatile Optional<Saved> saved = Optional.empty();

  /**
   * @param trouble what the disk says, empty while all is well
   * @param saved the newest value handed over is on disk, in at least one copy
   * @param note what was wrong with the copies at opening, empty where nothing was
   */
  public record Status(String trouble, boolean saved, String note) {}

  private LatchFile(
      Storage storage,
      SavedNames names,
      List<LatchCopy> copies,
      boolean known,
      String boot,
      Tick now) {
    this.storage = storage;
    this.names = names;
    this.numbers = copies.stream().mapToLong(LatchCopy::number).toArray();
    Optional<LatchCopy> newest =
        copies.stream()
            .filter(LatchCopy::good)
            .reduce((one, other) -> other.number() > one.number() ? other : one);
    this.former = newest.map(LatchCopy::kept).orElse(Kept.NOTHING);
    this.runs = Runs.begin(former.runs(), boot, now.nanos());
    boolean seen = known || copies.stream().anyMatch(copy -> !copy.equals(LatchCopy.MISSING));
    this.atStart =
        newest.isPresent()
            ? former.saved(names, runs.tooMany())
            : seen ? Kept.lost(names) : Kept.fresh(names);
    this.wanted = new AtomicReference<>(atStart);
    this.written = new ArrayList<>(Collections.nCopies(COPIES.size(), Kept.NOTHING));
    this.onDisk = atStart;
    this.opened = now;
    this.due = new Tick(0);
    this.note = seen ? note(copies) : "";
  }

  /**
   * Reads the latches of a folder, which is made (0750) if need be.
   *
   * @param known the site has run before, as the journal says
   * @throws IOException naming the folder and the remedy
   */
  public static LatchFile open(Path folder, SavedNames names, boolean known, Tick now)
      throws IOException {
    return open(FolderStorage.forWriting(folder), names, known, Boot.id(), now);
  }

  /**
   * The same on another storage.
   *
   * @param boot names the machine's running time since power-on
   * @throws IOException where it can't be read
   */
  public static LatchFile open(
      Storage storage, SavedNames names, boolean known, String boot, Tick now) throws IOException {
    List<String> found = storage.names();
    List<LatchCopy> copies = new ArrayList<>();
    for (String name : COPIES) {
      copies.add(found.contains(name) ? read(storage, name, names.site()) : LatchCopy.MISSING);
    }
    return new LatchFile(storage, names, copies, known, boot, now);
  }

  /** A copy that can't be read is as good as a broken one: it latches, it does not stop us. */
  private static LatchCopy read(Storage storage, String name, String site) {
    try {
      long size = storage.size(name);
      if (size > MAX_BYTES) {
        return LatchCopy.broken("larger than any");
      }
      byte[] bytes = new byte[(int) size];
      int at = 0;
      while (at < bytes.length) {
        int count = storage.read(name, at, bytes, at, bytes.length - at);
        if (count <= 0) {
          return LatchCopy.broken("shorter than its size");
        }
        at += count;
      }
      return LatchCopy.parse(bytes, site);
    } catch (IOException failed) {
      return LatchCopy.broken(failed.getMessage());
    }
  }

  private static String note(List<LatchCopy> copies) {
    List<String> notes = new ArrayList<>();
    for (int index = 0; index < copies.size(); index++) {
      if (!copies.get(index).good()) {
        notes.add(COPIES.get(index) + ": " + copies.get(index).trouble());
      }
    }
    return String.join("; ", notes);
  }

  /**
   * What a start knows: {@link Cause#LATCHES_LOST} where that is not known, the configuration not
   * accepted where its digest is not the one last accepted, and that a changed zone is due for a
   * proof test.
   */
  public Saved atStart() {
    return atStart;
  }

  /** The configuration that was last accepted before this start. */
  public Accepted accepted() {
    return former.accepted();
  }

  /** Any thread, never blocks: hands over the newest value; one not yet saved is dropped. */
  public void save(Saved newest) {
    if (newest.zones().size() != names.zones().size()
        || newest.fans().size() != names.fans().size()) {
      throw new IllegalArgumentException("not of this site: " + newest);
    }
    if (!newest.equals(wanted.getAndSet(newest))) {
      doorbell.ring();
    }
  }

  /** Any thread: this run comes to its orderly end. {@link #close} puts it on disk. */
  public void orderlyEnd() {
    ended = true;
  }

  /** Any thread. */
  public Status status() {
    return new Status(trouble, saved.equals(Optional.of(wanted.get())), note);
  }

  @Override
  public String name() {
    return "latches";
  }

  /** Writes the copies that differ from the newest value, the older first. Waits for the disk. */
  @Override
  public Tick work(Tick now) {
    if (!trouble.isEmpty() && now.isBefore(due)) {
      return due;
    }
    if (now.nanosSince(opened) >= Runs.HOUR_NANOS) {
      runs = runs.settled();
    }
    Saved newest = wanted.get();
    int older = numbers[0] <= numbers[1] ? 0 : 1;
    String failures = write(older, newest) + write(1 - older, newest);
    if (!failures.isEmpty() && !Kept.covers(onDisk, newest)) {
      spoil();
    }
    if (failures.isEmpty() && !trouble.isEmpty()) {
      Logger.info("latches: the disk works again");
    } else if (!failures.isEmpty() && trouble.isEmpty()) {
      Logger.error("latches: {}tried again until it succeeds", failures);
    }
    trouble = failures;
    due = now.plusMillis(failures.isEmpty() ? IDLE_MILLIS : RETRY_MILLIS);
    return due;
  }

  /**
   * A disk that takes no new latch must not bring back the time before it: emptying the copies
   * needs no room, and a restart then finds every latch lost. A later success writes them anew.
   */
  private void spoil() {
    try {
      List<String> there = storage.names();
      for (String copy : COPIES) {
        if (there.contains(copy)) {
          storage.truncate(copy, 0);
          storage.sync(copy);
        }
      }
      onDisk = Kept.lost(names);
    } catch (IOException failed) {
      Logger.error("latches: the former ones can't be emptied: {}", failed.getMessage());
    }
  }

  /** What went wrong, empty where nothing did. */
  private String write(int copy, Saved newest) {
    Kept kept = former.with(newest, names, ended ? runs.orderlyEnd() : runs);
    if (written.get(copy).equals(kept)) {
      return "";
    }
    long number = Math.max(numbers[0], numbers[1]) + 1;
    written.set(copy, Kept.NOTHING);
    try {
      storage.replace(COPIES.get(copy), LatchCopy.encode(names.site(), number, kept));
      numbers[copy] = number;
      written.set(copy, kept);
      saved = Optional.of(newest);
      onDisk = newest;
      return "";
    } catch (IOException failed) {
      return COPIES.get(copy) + ": " + failed.getMessage() + "; ";
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

  /** Saves once more and lets the folder go. Its thread must have ended. */
  @Override
  public void close() {
    work(due);
    try {
      storage.close();
    } catch (IOException failed) {
      Logger.error("latches: closing: {}", failed.getMessage());
    }
  }
}
