package davy.controller.journal;

import java.io.IOException;
import java.util.SplittableRandom;
import org.tinylog.Logger;

/**
 * Room set aside in the journal's folder while there is plenty. On a disk that something else has
 * filled it is given up, so that there is room to keep events apart and to record what leaves:
 * without it nothing could leave any more, or only events and all. The keeper's thread alone.
 */
final class Reserve {

  static final String FILE = "reserve";

  /** The events of a segment of 4 MiB at most, behind those of a file that is not yet full. */
  static final int BYTES = Events.FULL_BYTES + (5 << 20);

  /** Written so many bytes at a time: memory is locked, and what was once used stays used. */
  private static final int PIECE = 1 << 16;

  private final Storage files;
  private boolean there;

  Reserve(Storage files) throws IOException {
    this.files = files;
    this.there = files.names().contains(FILE) && files.size(FILE) == BYTES;
  }

  /**
   * Sets the room aside where no file has to leave for it; noise, which no file system makes
   * smaller.
   */
  void keep() throws IOException {
    if (!there && files.freeBytes() >= Keeper.LEAST_FREE_BYTES + BYTES) {
      files.truncate(FILE, 0);
      SplittableRandom random = new SplittableRandom(1);
      byte[] noise = new byte[PIECE];
      for (int written = 0; written < BYTES; written += PIECE) {
        random.nextBytes(noise);
        files.append(FILE, noise, Math.min(PIECE, BYTES - written));
      }
      files.sync(FILE);
      files.syncFolder();
      there = true;
    }
  }

  /** Gives it up where less than as much is free. */
  void use() throws IOException {
    if (there && files.freeBytes() < BYTES) {
      files.remove(FILE);
      there = false;
      Logger.warn("journal: the disk is full; the room that was set aside is used");
    }
  }
}
