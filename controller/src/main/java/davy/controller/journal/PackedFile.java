package davy.controller.journal;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.util.Arrays;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** A segment that was compressed with gzip after it was closed; best read from front to back. */
final class PackedFile implements Closeable {

  static final String SUFFIX = ".gz";

  private static final int BLOCK = 1 << 16;

  private final Path file;
  private InputStream stream;
  private long position;

  PackedFile(Path file) throws IOException {
    this.file = file;
    this.stream = stream(file);
  }

  static Path of(Path plain) {
    return plain.resolveSibling(plain.getFileName() + SUFFIX);
  }

  private static InputStream stream(Path file) throws IOException {
    return new GZIPInputStream(Files.newInputStream(file), BLOCK);
  }

  /** Its length when unpacked, as gzip notes it at the end; segments are below 4 GiB. */
  static long size(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      ByteBuffer last = ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
      if (channel.read(last, Math.max(0, channel.size() - Integer.BYTES)) < Integer.BYTES) {
        throw new EOFException(file + " is cut short");
      }
      return Integer.toUnsignedLong(last.getInt(0));
    }
  }

  int read(long offset, byte[] into, int at, int length) throws IOException {
    if (offset < position) {
      stream.close();
      stream = stream(file);
      position = 0;
    }
    if (offset > position) {
      stream.skipNBytes(offset - position);
      position = offset;
    }
    int count = stream.read(into, at, length);
    position += Math.max(0, count);
    return count;
  }

  @Override
  public void close() throws IOException {
    stream.close();
  }

  /**
   * Puts a compressed copy beside the file, reads it back, and only then removes the file. A power
   * cut at any point leaves the file, or the whole copy, or both.
   */
  static void pack(Path plain, FileAttribute<?> mode) throws IOException {
    Path fresh = plain.resolveSibling(plain.getFileName() + SUFFIX + ".tmp");
    Files.deleteIfExists(fresh);
    try (FileChannel channel =
        FileChannel.open(
            fresh, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), mode)) {
      OutputStream packed = new GZIPOutputStream(Channels.newOutputStream(channel), BLOCK);
      Files.copy(plain, packed);
      ((GZIPOutputStream) packed).finish();
      channel.force(true);
    }
    if (!same(plain, fresh)) {
      Files.delete(fresh);
      throw new IOException(fresh + " does not read back as it was written");
    }
    Files.move(
        fresh, of(plain), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    syncFolder(plain);
    Files.delete(plain);
    syncFolder(plain);
  }

  private static boolean same(Path plain, Path packed) throws IOException {
    byte[] one = new byte[BLOCK];
    byte[] other = new byte[BLOCK];
    try (InputStream in = Files.newInputStream(plain);
        InputStream back = stream(packed)) {
      while (true) {
        int count = in.readNBytes(one, 0, BLOCK);
        int again = back.readNBytes(other, 0, BLOCK);
        if (count != again || !Arrays.equals(one, 0, count, other, 0, count)) {
          return false;
        }
        if (count == 0) {
          return true;
        }
      }
    }
  }

  private static void syncFolder(Path file) throws IOException {
    try (FileChannel folder =
        FileChannel.open(file.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
      folder.force(true);
    }
  }
}
