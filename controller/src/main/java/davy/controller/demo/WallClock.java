package davy.controller.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A wall clock that can be stepped under a running process, by libfaketime; the monotonic clock
 * goes on.
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
                "FAKETIME_CACHE_DURATION=1"));
    all.addAll(command);
    return all;
  }

  /**
   * @param offset from the true time: {@code +10y}, {@code -10y}, {@code +0}
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

  /** Whether some record of a journal was made in this year, by its own time label. */
  static boolean journalled(Path journal, int year) {
    try (Stream<Path> files = Files.list(journal)) {
      return files.anyMatch(file -> holds(file, "\"time\":\"" + year));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean holds(Path file, String text) {
    try {
      return Files.isRegularFile(file)
          && new String(Files.readAllBytes(file), StandardCharsets.UTF_8).contains(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
