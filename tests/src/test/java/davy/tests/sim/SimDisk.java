package davy.tests.sim;

import davy.controller.journal.Storage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A folder in memory that can be full, read-only, or unable to synchronise. One thread. */
public final class SimDisk implements Storage {

  /** What is wrong with it. */
  public enum Trouble {
    NONE,
    FULL,
    READ_ONLY,
    SYNC_FAILS
  }

  private static final class Content {
    byte[] bytes = new byte[4096];
    int size;

    void append(byte[] more, int length) {
      if (size + length > bytes.length) {
        bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + length));
      }
      System.arraycopy(more, 0, bytes, size, length);
      size += length;
    }
  }

  private final Map<String, Content> files = new TreeMap<>();
  private Trouble trouble = Trouble.NONE;

  public void trouble(Trouble now) {
    trouble = now;
  }

  @Override
  public List<String> names() {
    return new ArrayList<>(files.keySet());
  }

  @Override
  public long size(String name) {
    return files.get(name).size;
  }

  @Override
  public int read(String name, long offset, byte[] into, int at, int length) {
    Content content = files.get(name);
    int count = (int) Math.min(length, content.size - offset);
    if (count <= 0) {
      return -1;
    }
    System.arraycopy(content.bytes, (int) offset, into, at, count);
    return count;
  }

  @Override
  public void append(String name, byte[] bytes, int length) throws IOException {
    writable();
    boolean full = trouble == Trouble.FULL;
    files.computeIfAbsent(name, _ -> new Content()).append(bytes, full ? length / 2 : length);
    if (full) {
      throw new IOException("No space left on device");
    }
  }

  private void writable() throws IOException {
    if (trouble == Trouble.READ_ONLY) {
      throw new IOException("Read-only file system");
    }
  }

  @Override
  public void sync(String name) throws IOException {
    if (trouble == Trouble.SYNC_FAILS) {
      throw new IOException("Input/output error");
    }
  }

  @Override
  public void syncFolder() throws IOException {
    writable();
    sync("");
  }

  @Override
  public void truncate(String name, long size) throws IOException {
    writable();
    Content content = files.get(name);
    if (content != null) {
      content.size = (int) Math.min(content.size, size);
    }
  }

  @Override
  public void replace(String name, byte[] bytes) throws IOException {
    writable();
    if (trouble == Trouble.FULL) {
      throw new IOException("No space left on device");
    }
    sync(name);
    Content whole = new Content();
    whole.append(bytes, bytes.length);
    files.put(name, whole);
  }

  @Override
  public void pack(String name) {}

  @Override
  public boolean packed(String name) {
    return true;
  }

  @Override
  public void remove(String name) {
    files.remove(name);
  }

  @Override
  public long bytesOnDisk(String name) {
    return size(name);
  }

  @Override
  public long freeBytes() {
    return Long.MAX_VALUE;
  }

  @Override
  public void close() {}
}
