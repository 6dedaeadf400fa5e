package davy.controller.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A wall clock that can be stepped under a running process, by libfaketime; the monotonic clock
 * goes on. Left to itself, libfaketime 0.9.10 ends each of Java's timed waits at once, on any step
 * and on none: its threads would spin, at real-time priority. It is told not to mend those waits.
 *
 * @param library of this machine
 * @param file that holds the step, as libfaketime reads it
 */
record WallClock(Path library, Path file) {

  private static final Path LIBRARIES = Path.of("/usr/lib");

  /** Empty where libfaketime is not installed. */
  static Optional<WallClock> make(Path folder) throws IOException {
    try (Stream<Path> machines = Files.list(LIBRARIES)) {
      Optional<WallClock> clock =
          machines
              .map(machine -> machine.resolve("faketime/libfaketime.so.1"))
              .filter(Files::exists)
              .findFirst()
              .map(library -> new WallClock(library, folder.resolve("wall-clock")));
      clock.ifPresent(made -> made.step("+0"));
      return clock;
    }
  }

  /** The command under this clock. */
  List<String> under(List<String> command) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "env",
                "LD_PRELOAD=" + library,
                "FAKETIME_TIMESTAMP_FILE=" + file,
                "FAKETIME_DONT_FAKE_MONOTONIC=1",
                "FAKETIME_FORCE_MONOTONIC_FIX=0",
                "FAKETIME_CACHE_DURATION=1"));
    all.addAll(command);
    return all;
  }

  /**
   * Steps it; the process sees that within a second.
   *
   * @param offset from the true time: {@code +10y}, {@code -7m}, {@code +0}
   */
  void step(String offset) {
    try {
      Path next = file.resolveSibling(file.getFileName() + ".next");
      Files.writeString(next, offset + "\n");
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
