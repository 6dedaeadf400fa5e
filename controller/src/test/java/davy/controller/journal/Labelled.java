package davy.controller.journal;

import davy.hal.Clock;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.LongSupplier;

/** A journal whose labels come from a wall clock that a test sets. */
public final class Labelled {

  private static final int CAPACITY = 8_192;

  private Labelled() {}

  /**
   * @param millis since 1970, as the wall clock says
   */
  public static Journal open(Path folder, long segmentBytes, Clock clock, LongSupplier millis)
      throws IOException {
    return Journal.open(
        FolderStorage.forWriting(folder),
        segmentBytes,
        CAPACITY,
        clock,
        new SystemWallClock(clock, millis, () -> true));
  }
}
