package davy.controller.journal;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** A real folder. A writer holds the lock of {@code .lock} in it for as long as it is open. */
final class FolderStorage implements Storage {

  /**
   * Folders this process writes. Closing any channel of a file drops the process's POSIX lock on
   * it, so a second writer of the same process must not even open the lock file.
   */
  private static final Set<Path> WRITTEN = ConcurrentHashMap.newKeySet();

  private static final Set<OpenOption> READ = Set.of(StandardOpenOption.READ);
  private static final Set<OpenOption> WRITE =
      Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE);

  private final Path folder;
  private final Optional<Lock> lock;
  private Optional<Reading> reading = Optional.empty();
  private Optional<Open> writing = Optional.empty();

  /** The one channel kept open for writing. */
  private record Open(String name, FileChannel file) {}

  /** The one file kept open for reading, packed or not. */
  private record Reading(String name, Content content, Closeable file) {}

  private interface Content {
    int read(long offset, byte[] into, int at, int length) throws IOException;
  }

  private record Lock(Path folder, FileChannel file) {}

  private FolderStorage(Path folder, Optional<Lock> lock) {
    this.folder = folder;
    this.lock = lock;
  }

  /**
   * @throws IOException naming the folder and the remedy
   */
  static FolderStorage forReading(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      throw new IOException(folder + ": no such folder; give the folder that holds the files");
    }
    if (!Files.isReadable(folder)) {
      throw new IOException(folder + ": not readable; run as a member of group davy");
    }
    return new FolderStorage(folder, Optional.empty());
  }

  /**
   * Makes the folder (0750) and takes its lock.
   *
   * @throws IOException naming the folder and the remedy
   */
  static FolderStorage forWriting(Path folder) throws IOException {
    Path parent = folder.toAbsolutePath().getParent();
    if (!Files.isDirectory(parent)) {
      throw new IOException(
          folder
              + ": its parent folder is missing; create "
              + parent
              + " for the interlock's user");
    }
    try {
      if (!Files.isDirectory(folder)) {
        Files.createDirectory(
            folder,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-x---")));
        sync(parent);
      }
    } catch (AccessDeniedException denied) {
      throw new IOException(
          folder + ": may not be created; give " + parent + " to " + user(), denied);
    }
    Path real = folder.toRealPath();
    if (!WRITTEN.add(real)) {
      throw new IOException(held(folder));
    }
    try {
      return new FolderStorage(folder, Optional.of(new Lock(real, lock(folder))));
    } catch (IOException failed) {
      WRITTEN.remove(real);
      throw failed;
    }
  }

  private static FileChannel lock(Path folder) throws IOException {
    FileChannel channel;
    try {
      channel = FileChannel.open(folder.resolve(".lock"), WRITE, mode());
    } catch (AccessDeniedException denied) {
      throw new IOException(
          folder + ": not writable; give the folder and its files to " + user(), denied);
    } catch (IOException failed) {
      throw new IOException(folder + ": not writable: " + failed.getMessage(), failed);
    }
    FileLock lock = channel.tryLock();
    if (lock == null) {
      channel.close();
      throw new IOException(held(folder));
    }
    return channel;
  }

  private static String held(Path folder) {
    return folder + ": another interlock writes here; one interlock a machine and site";
  }

  private static String user() {
    return "user " + System.getProperty("user.name");
  }

  static FileAttribute<?> mode() {
    return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r-----"));
  }

  @Override
  public List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .map(FolderStorage::plain)
          .sorted()
          .distinct()
          .toList();
    }
  }

  /** A packed file is known by the name it had. */
  private static String plain(String name) {
    return name.endsWith(PackedFile.SUFFIX)
        ? name.substring(0, name.length() - PackedFile.SUFFIX.length())
        : name;
  }

  @Override
  public long size(String name) throws IOException {
    Path file = folder.resolve(name);
    return Files.exists(file) ? Files.size(file) : PackedFile.size(PackedFile.of(file));
  }

  @Override
  public int read(String name, long offset, byte[] into, int at, int length) throws IOException {
    if (reading.filter(open -> open.name.equals(name)).isEmpty()) {
      endReading();
      reading = Optional.of(reading(name));
    }
    return reading.get().content().read(offset, into, at, length);
  }

  private Reading reading(String name) throws IOException {
    Path file = folder.resolve(name);
    try {
      FileChannel plain = FileChannel.open(file, READ);
      return new Reading(
          name,
          (offset, into, at, length) -> plain.read(ByteBuffer.wrap(into, at, length), offset),
          plain);
    } catch (NoSuchFileException missing) {
      PackedFile packed = new PackedFile(PackedFile.of(file));
      return new Reading(name, packed::read, packed);
    }
  }

  @Override
  public void pack(String name) throws IOException {
    endReading();
    PackedFile.pack(folder.resolve(name), mode());
  }

  @Override
  public boolean packed(String name) {
    return !Files.exists(folder.resolve(name));
  }

  @Override
  public void remove(String name) throws IOException {
    endReading();
    endWriting(); // its room comes back only when nobody holds it open
    Files.deleteIfExists(folder.resolve(name));
    Files.deleteIfExists(PackedFile.of(folder.resolve(name)));
    syncFolder();
  }

  @Override
  public long bytesOnDisk(String name) throws IOException {
    Path file = folder.resolve(name);
    return Files.size(Files.exists(file) ? file : PackedFile.of(file));
  }

  @Override
  public long freeBytes() throws IOException {
    return Files.getFileStore(folder).getUsableSpace();
  }

  @Override
  public void append(String name, byte[] bytes, int length) throws IOException {
    FileChannel file = writing(name);
    ByteBuffer rest = ByteBuffer.wrap(bytes, 0, length);
    long offset = file.size();
    while (rest.hasRemaining()) {
      offset += file.write(rest, offset);
    }
  }

  @Override
  public void sync(String name) throws IOException {
    writing(name).force(false);
  }

  @Override
  public void syncFolder() throws IOException {
    sync(folder);
  }

  private static void sync(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, READ)) {
      channel.force(true);
    }
  }

  @Override
  public void truncate(String name, long size) throws IOException {
    endWriting();
    try (FileChannel file =
        FileChannel.open(folder.resolve(name), Set.of(StandardOpenOption.WRITE))) {
      file.truncate(size);
    } catch (NoSuchFileException _) {
      return;
    }
  }

  @Override
  public void replace(String name, byte[] bytes) throws IOException {
    endReading();
    Path fresh = folder.resolve(name + ".tmp");
    Files.deleteIfExists(fresh);
    try (FileChannel file = FileChannel.open(fresh, WRITE, mode())) {
      ByteBuffer rest = ByteBuffer.wrap(bytes);
      while (rest.hasRemaining()) {
        file.write(rest);
      }
      file.force(true);
    } catch (IOException failed) {
      Files.deleteIfExists(fresh); // half a file takes the room that the journal itself needs
      throw failed;
    }
    Files.move(
        fresh,
        folder.resolve(name),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
    syncFolder();
  }

  private FileChannel writing(String name) throws IOException {
    if (writing.filter(open -> open.name.equals(name)).isEmpty()) {
      endWriting();
      writing = Optional.of(new Open(name, FileChannel.open(folder.resolve(name), WRITE, mode())));
    }
    return writing.get().file();
  }

  private void endReading() throws IOException {
    Optional<Reading> former = reading;
    reading = Optional.empty();
    if (former.isPresent()) {
      former.get().file().close();
    }
  }

  private void endWriting() throws IOException {
    Optional<Open> former = writing;
    writing = Optional.empty();
    if (former.isPresent()) {
      former.get().file().close();
    }
  }

  @Override
  public void close() throws IOException {
    endReading();
    endWriting();
    if (lock.isPresent()) {
      lock.get().file().close();
      WRITTEN.remove(lock.get().folder());
    }
  }
}
