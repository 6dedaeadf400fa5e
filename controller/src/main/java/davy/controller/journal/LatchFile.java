package davy.controller.journal;

import davy.controller.interlock.Cause;
import davy.controller.interlock.Causes;
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
 * The latches that survive a restart (S5): per zone the causes that only a person may release.
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
  private final String site;
  private final List<String> zones;
  private final List<Causes> atStart;
  private final String note;
  private final Doorbell doorbell = new Doorbell();
  private final AtomicReference<List<Causes>> wanted;

  private final long[] numbers;
  private final List<List<Causes>> written;
  private List<Causes> onDisk;
  private Tick due;

  private volatile String trouble = "";
  private volatile List<Causes> saved = List.of();

  /**
   * @param trouble what the disk says, empty while all is well
   * @param saved the newest value handed over is on disk, in at least one copy
   * @param note what was wrong with the copies at opening, empty where nothing was
   */
  public record Status(String trouble, boolean saved, String note) {}

  private LatchFile(
      Storage storage, String site, List<String> zones, List<LatchCopy> copies, boolean known) {
    this.storage = storage;
    this.site = site;
    this.zones = List.copyOf(zones);
    this.numbers = copies.stream().mapToLong(LatchCopy::number).toArray();
    this.atStart = newest(copies, known);
    this.wanted = new AtomicReference<>(atStart);
    this.written = new ArrayList<>(Collections.nCopies(COPIES.size(), List.of()));
    this.onDisk = atStart;
    this.due = new Tick(0);
    this.note = note(copies, known);
  }

  /**
   * Reads the latches of a folder, which is made (0750) if need be.
   *
   * @param zones names, in the plan's order
   * @param known the site has run before, as the journal says
   * @throws IOException naming the folder and the remedy
   */
  public static LatchFile open(Path folder, String site, List<String> zones, boolean known)
      throws IOException {
    return open(FolderStorage.forWriting(folder), site, zones, known);
  }

  static LatchFile open(Storage storage, String site, List<String> zones, boolean known)
      throws IOException {
    List<String> names = storage.names();
    List<LatchCopy> copies = new ArrayList<>();
    for (String name : COPIES) {
      copies.add(names.contains(name) ? read(storage, name, site) : LatchCopy.MISSING);
    }
    return new LatchFile(storage, site, zones, copies, known);
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

  private List<Causes> newest(List<LatchCopy> copies, boolean known) {
    Optional<LatchCopy> newest =
        copies.stream()
            .filter(LatchCopy::good)
            .reduce((one, other) -> other.number() > one.number() ? other : one);
    if (newest.isPresent()) {
      return zones.stream().map(newest.get()::of).toList();
    }
    boolean seen = known || copies.stream().anyMatch(copy -> !copy.equals(LatchCopy.MISSING));
    Causes all = seen ? Causes.of(Cause.LATCHES_LOST) : Causes.NONE;
    return Collections.nCopies(zones.size(), all);
  }

  private static String note(List<LatchCopy> copies, boolean known) {
    List<String> notes = new ArrayList<>();
    boolean seen = known || copies.stream().anyMatch(copy -> !copy.equals(LatchCopy.MISSING));
    for (int index = 0; index < copies.size(); index++) {
      if (seen && !copies.get(index).good()) {
        notes.add(COPIES.get(index) + ": " + copies.get(index).trouble());
      }
    }
    return String.join("; ", notes);
  }

  /** Per zone what survived the last run, {@link Cause#LATCHES_LOST} where that is not known. */
  public List<Causes> atStart() {
    return atStart;
  }

  /**
   * Any thread, never blocks: hands over the newest value; one that was not yet saved is dropped.
   *
   * @param latches in the order of the zones
   */
  public void save(List<Causes> latches) {
    if (latches.size() != zones.size()) {
      throw new IllegalArgumentException("as many latches as zones: " + latches.size());
    }
    if (!latches.equals(wanted.getAndSet(List.copyOf(latches)))) {
      doorbell.ring();
    }
  }

  /** Any thread. */
  public Status status() {
    return new Status(trouble, saved.equals(wanted.get()), note);
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
    List<Causes> latches = wanted.get();
    int older = numbers[0] <= numbers[1] ? 0 : 1;
    String failures = write(older, latches) + write(1 - older, latches);
    if (!failures.isEmpty() && !found(latches)) {
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

  /** Whether a restart would find at least these latches. */
  private boolean found(List<Causes> latches) {
    for (int zone = 0; zone < zones.size(); zone++) {
      boolean lost = onDisk.get(zone).has(Cause.LATCHES_LOST);
      if (!lost && !latches.get(zone).without(onDisk.get(zone)).none()) {
        return false;
      }
    }
    return true;
  }

  /**
   * A disk that takes no new latch must not bring back the time before it: emptying the copies
   * needs no room, and a restart then finds every latch lost. A later success writes them anew.
   */
  private void spoil() {
    try {
      List<String> names = storage.names();
      for (String copy : COPIES) {
        if (names.contains(copy)) {
          storage.truncate(copy, 0);
          storage.sync(copy);
        }
      }
      onDisk = Collections.nCopies(zones.size(), Causes.of(Cause.LATCHES_LOST));
    } catch (IOException failed) {
      Logger.error("latches: the former ones can't be emptied: {}", failed.getMessage());
    }
  }

  /** What went wrong, empty where nothing did. */
  private String write(int copy, List<Causes> latches) {
    if (written.get(copy).equals(latches)) {
      return "";
    }
    long number = Math.max(numbers[0], numbers[1]) + 1;
    written.set(copy, List.of());
    try {
      storage.replace(COPIES.get(copy), LatchCopy.encode(site, number, zones, latches));
      numbers[copy] = number;
      written.set(copy, latches);
      saved = latches;
      onDisk = latches;
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
