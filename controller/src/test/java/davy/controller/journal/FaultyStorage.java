package davy.controller.journal;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A folder in memory whose disk can fill up, fail to synchronise, be slow or read-only, and lose
 * what was not synchronised when the power goes.
 */
final class FaultyStorage implements Storage {

  static final long EMPTY_DISK = 1L << 40;

  final Map<String, byte[]> files = new TreeMap<>();
  private final Map<String, Integer> durable = new TreeMap<>();

  /** Bytes that may still be written. */
  volatile long room = EMPTY_DISK;

  volatile boolean syncFails;
  volatile boolean readOnly;

  /** Runs within each sync: a slow disk waits here. */
  volatile Runnable atSync = () -> {};

  /** Bytes that the disk has left, as it says. */
  volatile long free = EMPTY_DISK;

  /** Names of packed files; they read as before. */
  final Set<String> packed = new TreeSet<>();

  int syncs;

  /** What a machine finds after the power went when only some of the last bytes had arrived. */
  FaultyStorage afterPowerCut(int unsyncedKept) {
    FaultyStorage found = new FaultyStorage();
    files.forEach(
        (name, bytes) -> {
          int sure = durable.getOrDefault(name, 0);
          int kept = Math.min(bytes.length, sure + unsyncedKept);
          found.put(name, Arrays.copyOf(bytes, kept));
        });
    return found;
  }

  /** All that is there, as on disk. */
  FaultyStorage copy() {
    FaultyStorage copy = new FaultyStorage();
    files.forEach((name, bytes) -> copy.put(name, bytes.clone()));
    return copy;
  }

  void put(String name, byte[] bytes) {
    files.put(name, bytes);
    durable.put(name, bytes.length);
  }

  /** Bytes that a power cut may lose. */
  int unsynced() {
    return files.entrySet().stream()
        .mapToInt(file -> file.getValue().length - durable.getOrDefault(file.getKey(), 0))
        .sum();
  }

  @Override
  public synchronized List<String> names() {
    return new ArrayList<>(files.keySet());
  }

  @Override
  public synchronized long size(String name) {
    return files.get(name).length;
  }

  @Override
  public synchronized int read(String name, long offset, byte[] into, int at, int length) {
    byte[] bytes = files.get(name);
    int count = (int) Math.min(length, bytes.length - offset);
    if (count <= 0) {
      return -1;
    }
    System.arraycopy(bytes, (int) offset, into, at, count);
    return count;
  }

  @Override
  public synchronized void append(String name, byte[] bytes, int length) throws IOException {
    writable();
    int fits = (int) Math.min(room, length);
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(files.getOrDefault(name, new byte[0]));
    all.write(bytes, 0, fits);
    files.put(name, all.toByteArray());
    room -= fits;
    if (fits < length) {
      throw new IOException("No space left on device");
    }
  }

  private void writable() throws IOException {
    if (readOnly) {
      throw new IOException("Read-only file system");
    }
  }

  @Override
  public void sync(String name) throws IOException {
    atSync.run();
    synchronized (this) {
      if (syncFails) {
        throw new IOException("Input/output error");
      }
      syncs++;
      durable.put(name, files.get(name).length);
    }
  }

  @Override
  public void syncFolder() throws IOException {
    writable();
  }

  @Override
  public synchronized void truncate(String name, long size) throws IOException {
    writable();
    byte[] bytes = files.get(name);
    if (bytes != null && bytes.length > size) {
      room += bytes.length - size;
      files.put(name, Arrays.copyOf(bytes, (int) size));
      durable.merge(name, (int) size, Math::min);
    }
  }

  @Override
  public synchronized void replace(String name, byte[] bytes) throws IOException {
    writable();
    String fresh = name + ".tmp";
    try {
      append(fresh, bytes, bytes.length);
    } catch (IOException full) {
      remove(fresh);
      throw full;
    }
    if (syncFails) {
      throw new IOException("Input/output error");
    }
    room += files.getOrDefault(name, new byte[0]).length;
    put(name, files.remove(fresh));
  }

  @Override
  public synchronized void pack(String name) throws IOException {
    writable();
    packed.add(name);
  }

  @Override
  public synchronized boolean packed(String name) {
    return packed.contains(name);
  }

  @Override
  public synchronized void remove(String name) throws IOException {
    writable();
    room += files.remove(name).length;
    packed.remove(name);
  }

  /** As a packed one takes a quarter. */
  @Override
  public synchronized long bytesOnDisk(String name) {
    return files.get(name).length / (packed.contains(name) ? 4 : 1);
  }

  @Override
  public long freeBytes() {
    return Math.min(free, room);
  }

  @Override
  public void close() {}
}
