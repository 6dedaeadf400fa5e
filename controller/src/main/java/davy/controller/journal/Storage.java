package davy.controller.journal;

import java.io.IOException;
import java.util.List;

/**
 * The files of one folder, as small as journal and latches need them, so that tests can cut a write
 * at every byte, fill the disk, slow it down or make it read-only. One thread at a time.
 */
public interface Storage extends AutoCloseable {

  /** Names of the plain files, sorted. */
  List<String> names() throws IOException;

  long size(String name) throws IOException;

  /**
   * @return bytes read, −1 at or behind the end
   */
  int read(String name, long offset, byte[] into, int at, int length) throws IOException;

  /** Appends, creating the file (0640) if need be. After an error part of it may be there. */
  void append(String name, byte[] bytes, int length) throws IOException;

  /** Returns once the file's content and size are on disk (fdatasync). */
  void sync(String name) throws IOException;

  /** Returns once created, renamed and removed names are on disk. */
  void syncFolder() throws IOException;

  /** Cuts the file to {@code size}; a file that is not there or shorter stays as it is. */
  void truncate(String name, long size) throws IOException;

  /** Puts a whole file in place, on disk, or leaves the former one: never a mixture. */
  void replace(String name, byte[] bytes) throws IOException;

  /** Makes a file that is not written any more smaller; it reads as before. */
  void pack(String name) throws IOException;

  /** Whether that was done. */
  boolean packed(String name) throws IOException;

  void remove(String name) throws IOException;

  /** Room that a file takes. */
  long bytesOnDisk(String name) throws IOException;

  /** Room that is left. */
  long freeBytes() throws IOException;

  @Override
  void close() throws IOException;
}
