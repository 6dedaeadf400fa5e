package davy.controller.doctor;

import davy.controller.doctor.Finding.Area;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** Room and speed where the journal stands. */
final class DiskExam {

  private static final long LEAST_BYTES = 1L << 30;
  private static final int WRITES = 20;
  private static final int WRITE_BYTES = 4096;

  /** A trip is to be on disk within it (S25). */
  private static final long SLOW_NANOS = 200_000_000;

  private static final long MICRO = 1_000;
  private static final Set<String> VOLATILE = Set.of("tmpfs", "ramfs", "devtmpfs");

  /** What a folder stands on. */
  interface Disk {
    /** The file system's kind. */
    String type(Path folder) throws IOException;

    long freeBytes(Path folder) throws IOException;

    boolean writable(Path folder);

    /** How long each of some small writes took to be durable, nanoseconds; at least one. */
    long[] writes(Path folder) throws IOException;

    /** This machine's. */
    Disk OWN = new OwnDisk();
  }

  private final Path journal;
  private final Disk disk;

  DiskExam(Path journal, Disk disk) {
    this.journal = journal;
    this.disk = disk;
  }

  List<Finding> look() {
    Path folder = journal;
    while (!Files.isDirectory(folder) && folder.getParent() != null) {
      folder = folder.getParent();
    }
    List<Finding> findings = new ArrayList<>();
    try {
      findings.add(store(disk.type(folder)));
      findings.add(room(disk.freeBytes(folder)));
      findings.add(speed(folder));
    } catch (IOException failed) {
      findings.add(Finding.wrong(Area.DISK, folder.toString(), failed.getMessage(), ""));
    }
    return List.copyOf(findings);
  }

  private Finding store(String type) {
    return VOLATILE.contains(type)
        ? Finding.wrong(
            Area.DISK,
            journal.toString(),
            "stands on " + type + ", which a power cut empties",
            "Mount a disk there.")
        : Finding.good(Area.DISK, journal.toString(), "on " + type);
  }

  private static Finding room(long free) {
    String words = free / (1 << 20) + " MiB free";
    return free >= LEAST_BYTES
        ? Finding.good(Area.DISK, "room", words)
        : Finding.wrong(
            Area.DISK, "room", words + "; 72 h without the county need 1 GiB", "Make room.");
  }

  private Finding speed(Path folder) throws IOException {
    if (!disk.writable(folder)) {
      return Finding.note(
          Area.DISK,
          "fdatasync",
          "not timed: this user may not write in " + folder,
          "Look again as davy-interlock: sudo -u davy-interlock davy doctor.");
    }
    long[] times = disk.writes(folder);
    Arrays.sort(times);
    long worst = times[times.length - 1];
    String words =
        "%d µs (median), %d µs (worst of %d)"
            .formatted(times[times.length / 2] / MICRO, worst / MICRO, times.length);
    return worst <= SLOW_NANOS
        ? Finding.good(Area.DISK, "fdatasync", words)
        : Finding.note(
            Area.DISK,
            "fdatasync",
            words + ": a trip may reach the disk later than 200 ms",
            "A faster card or an SSD; worn cards get slow first.");
  }

  private static final class OwnDisk implements Disk {

    @Override
    public String type(Path folder) throws IOException {
      return Files.getFileStore(folder).type();
    }

    @Override
    public long freeBytes(Path folder) throws IOException {
      return Files.getFileStore(folder).getUsableSpace();
    }

    @Override
    public boolean writable(Path folder) {
      return Files.isWritable(folder);
    }

    @Override
    public long[] writes(Path folder) throws IOException {
      Path file = Files.createTempFile(folder, ".doctor", ".tmp");
      long[] times = new long[WRITES];
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
        for (int i = 0; i < WRITES; i++) {
          long began = System.nanoTime();
          channel.write(ByteBuffer.allocate(WRITE_BYTES));
          channel.force(false);
          times[i] = System.nanoTime() - began;
        }
      } finally {
        Files.delete(file);
      }
      return times;
    }
  }
}
