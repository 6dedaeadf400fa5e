package davy.controller.journal;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A loss of power: takes from folders what nobody had synchronised.
 *
 * @param notes the folder in which {@code power_cut.c} noted what was
 */
record PowerCut(Path notes, Random random) {

  static PowerCut of(Path notes, Random random) {
    return new PowerCut(notes, random);
  }

  /**
   * Each file ends anywhere behind its last sync, what is left of the rest perhaps zeros; each name
   * made or replaced since its folder's last sync may be gone or the former one.
   *
   * @return bytes taken or overwritten
   */
  long take(Path top) throws IOException {
    long taken = 0;
    for (Path folder : list(top, Files::isDirectory)) {
      assertTrue(noted("folder", folder), folder + " was never synchronised");
      Map<String, Long> names = names(folder);
      for (Path file : list(folder, Files::isRegularFile)) {
        taken += tail(file);
        name(file, Optional.ofNullable(names.get(file.getFileName().toString())));
      }
    }
    return taken;
  }

  /** A lie: takes this much of what was synchronised too. */
  void takeSynchronised(Path top, long bytes) throws IOException {
    for (Path folder : list(top, Files::isDirectory)) {
      for (Path file : list(folder, Files::isRegularFile)) {
        truncate(file, Math.max(0, sure(file) - bytes));
      }
    }
  }

  private long tail(Path file) throws IOException {
    long size = Files.size(file);
    long sure = sure(file);
    long kept = sure + random.nextLong(size - sure + 1);
    truncate(file, kept);
    if (random.nextBoolean()) {
      return size - kept;
    }
    try (RandomAccessFile rest = new RandomAccessFile(file.toFile(), "rw")) {
      rest.seek(sure);
      rest.write(new byte[Math.toIntExact(kept - sure)]);
    }
    return size - sure;
  }

  /**
   * @param synced the file of that name when its folder was synchronised
   */
  private void name(Path file, Optional<Long> synced) throws IOException {
    if (synced.equals(Optional.of(inode(file))) || random.nextBoolean()) {
      return;
    }
    Files.delete(file);
    if (synced.isPresent()) {
      Files.copy(notes.resolve("former-" + synced.get()), file);
    }
  }

  private Map<String, Long> names(Path folder) throws IOException {
    Map<String, Long> names = new HashMap<>();
    for (String line : Files.readAllLines(notes.resolve("folder-" + inode(folder)))) {
      int blank = line.indexOf(' ');
      names.put(line.substring(blank + 1), Long.parseLong(line.substring(0, blank)));
    }
    return names;
  }

  /** Bytes at the last sync. */
  private long sure(Path file) throws IOException {
    Path note = notes.resolve("file-" + inode(file));
    return Files.exists(note) ? Long.parseLong(Files.readString(note).strip()) : 0;
  }

  private boolean noted(String kind, Path path) throws IOException {
    return Files.exists(notes.resolve(kind + "-" + inode(path)));
  }

  private static long inode(Path path) throws IOException {
    return (long) Files.getAttribute(path, "unix:ino");
  }

  private static void truncate(Path file, long size) throws IOException {
    try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
      open.setLength(size);
    }
  }

  private static List<Path> list(Path folder, Predicate<Path> wanted) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(wanted).toList();
    }
  }
}
