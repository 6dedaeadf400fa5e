package davy.tests.bench;

import davy.tests.sim.ScaleSite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * 200 points and 64 zones: four lines of 32 heads as {@link ScaleSite} makes them, and the zones on
 * eight relay boards, each on a line of its own, for more of them would be read back too late.
 */
final class LargeSite {

  private static final int ZONES = 64;
  private static final int HEADS_A_LINE = 32;
  private static final int LINES = 4;
  private static final int TEMPERATURES_A_LINE = 18;
  private static final int BAUD = 115_200;
  private static final int COILS = 8;

  private static final String BOARD =
      """

      [[line]]
      name = "relays-%1$d"
      port = "%2$s"
      baud = 115200
      format = "8N1"

      [[device]]
      name = "board-%1$d"
      line = "relays-%1$d"
      address = 1
      map = "relay-waveshare"
      parameters = { turnaroundMaxMillis = 10, lateReplyMillis = 20 }
      """;

  private LargeSite() {}

  /** The names of its lines. */
  static List<String> lines() {
    return Stream.concat(
            IntStream.rangeClosed(1, LINES).mapToObj(line -> "heads-" + line),
            IntStream.rangeClosed(1, ZONES / COILS).mapToObj(line -> "relays-" + line))
        .toList();
  }

  /**
   * Writes the site file and its map.
   *
   * @param ports of its {@link #lines}
   */
  static Path write(Path folder, Function<String, Path> ports) throws IOException {
    StringBuilder text =
        new StringBuilder(ScaleSite.text(LINES, HEADS_A_LINE, TEMPERATURES_A_LINE, ZONES, BAUD));
    for (int board = 1; board <= ZONES / COILS; board++) {
      text.append(BOARD.formatted(board, ports.apply("relays-" + board)));
    }
    String whole = text.toString();
    for (int zone = 0; zone < ZONES; zone++) {
      whole =
          whole.replace(
              "{ chip = \"expander\", line = %d, active = \"high\" }".formatted(zone),
              "{ device = \"board-%d\", coil = %d }".formatted(1 + zone / COILS, zone % COILS));
    }
    for (int line = 1; line <= LINES; line++) {
      whole =
          whole.replace(
              "\"/dev/serial/by-path/scale-%d\"".formatted(line),
              "\"%s\"".formatted(ports.apply("heads-" + line)));
    }
    Files.writeString(folder.resolve("laser-head.toml"), ScaleSite.MAP);
    return Files.writeString(folder.resolve("site.toml"), whole);
  }
}
