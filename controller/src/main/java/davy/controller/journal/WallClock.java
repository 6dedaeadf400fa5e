package davy.controller.journal;

import davy.hal.Clock;
import davy.hal.signal.Tick;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** What the wall clock says, and how far to believe it. A label for people: it decides nothing. */
@FunctionalInterface
public interface WallClock {

  /** Reads it once. */
  Reading read();

  /** How far to believe the wall clock. */
  enum Quality {
    /** Set by time synchronisation since the machine started. */
    SYNCHRONISED("synchronised"),
    /** Not known to be set by anything. */
    UNSYNCHRONISED("unsynchronised"),
    /** It jumped by more than a second against the monotonic clock since it was read before. */
    STEPPED("stepped");

    private final String id;

    Quality(String id) {
      this.id = id;
    }

    String id() {
      return id;
    }
  }

  /**
   * @param millis since 1970
   * @param at the monotonic tick of that moment
   */
  record Reading(long millis, Tick at, Quality quality) {

    private static final DateTimeFormatter FORMAT =
        DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    /** The label of a tick near this reading: what the wall clock would have said then. */
    String label(Tick tick) {
      return FORMAT.format(Instant.ofEpochMilli(millis + tick.nanosSince(at) / 1_000_000));
    }
  }

  /**
   * The machine's own. Synchronised where systemd-timesyncd says so; another time service counts as
   * unsynchronised, which is the honest side.
   */
  static WallClock system(Clock clock) {
    return new SystemWallClock(
        clock,
        System::currentTimeMillis,
        () -> Files.exists(Path.of("/run/systemd/timesync/synchronized")));
  }
}
