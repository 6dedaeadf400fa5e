package davy.tests.bench;

import davy.controller.config.Site;
import davy.controller.config.SiteFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Sites made for the benchmarks: sixteen heads a line and a zone for each such line; a relay board
 * for each zone, on a line of its own. All at 115200 baud.
 */
final class BenchSite {

  static final int HEADS_A_LINE = 16;

  private static final String MAP =
      """
      name = "bench-head"
      title = "a head that answers at once"
      source = "none: for the benchmarks"
      reviewed = false
      [timing]
      source = "made up"
      turnaroundTypicalMillis = 1
      turnaroundMaxMillis = 10
      lateReplyMillis = 20
      minPollMillis = 5
      [[block]]
      space = "holding"
      address = 0
      count = 2
      [[channel]]
      name = "methane"
      quantity = "methane"
      value = { space = "holding", address = 0, encoding = "s16" }
      scale = { unit = "percent-volume", decimals = 2 }
      minimum = -1.00
      maximum = 100.00
      [[channel.status]]
      field = { space = "holding", address = 1, encoding = "u16" }
      codes = { 0 = "warm-up", 1 = "good", 2 = "device-fault", 3 = "over-range" }
      otherwise = "unreadable"
      """;

  private static final String HEAD =
      """
      [site]
      name = "bench"
      title = "bench"
      mine = "000000000000"
      station = "BENCH"
      profile = "cn-aq1029-heading"
      maps = ["bench-head.toml"]
      bench = true

      [supplies]
      outside = ["ups"]
      interlock = "ups"
      heads = "ups"
      contacts = "ups"
      """;

  private final StringBuilder text = new StringBuilder(HEAD);
  private final Function<String, Path> ports;

  private BenchSite(Function<String, Path> ports) {
    this.ports = ports;
  }

  /**
   * Writes the site file and its map.
   *
   * @param ports of the lines {@code heads-1}, {@code heads-2} … and {@code relays-1} …
   */
  static Path write(Path folder, int points, Function<String, Path> ports) throws IOException {
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("bench-head.toml"), MAP);
    return Files.writeString(folder.resolve("site.toml"), new BenchSite(ports).text(points));
  }

  /** The same with a guard, of which nothing is opened by reading it. */
  static Path guarded(Path folder, int points, Function<String, Path> ports) throws IOException {
    Path file = write(folder, points, ports);
    String guard = "guard = 'ups'\n\n[guard]\nport = '" + ports.apply("guard") + "'\n";
    String contacts = "contacts = \"ups\"\n";
    return Files.writeString(file, Files.readString(file).replace(contacts, contacts + guard));
  }

  static Site read(Path file) {
    return switch (SiteFile.read(file)) {
      case SiteFile.Outcome.Accepted accepted -> accepted.site();
      case SiteFile.Outcome.Refused refused ->
          throw new IllegalStateException(refused.complaints().toString());
      case SiteFile.Outcome.Unreadable unreadable ->
          throw new IllegalStateException(unreadable.complaint().toString());
    };
  }

  private String text(int points) {
    int zones = (points + HEADS_A_LINE - 1) / HEADS_A_LINE;
    for (int zone = 1; zone <= zones; zone++) {
      board(zone);
      List<Integer> heads =
          IntStream.rangeClosed(
                  1 + (zone - 1) * HEADS_A_LINE, Math.min(points, zone * HEADS_A_LINE))
              .boxed()
              .toList();
      line("heads-" + zone);
      heads.forEach(this::head);
      zone(zone, heads);
    }
    return text.toString();
  }

  private void line(String name) {
    add("[[line]]", "name = '" + name + "'", "port = '" + ports.apply(name) + "'", "baud = 115200");
    add("format = '8N1'");
  }

  private void board(int number) {
    line("relays-" + number);
    add("[[device]]", "name = 'board-" + number + "'", "line = 'relays-" + number + "'");
    add("address = 1", "map = 'relay-waveshare'");
    add("parameters = { turnaroundMaxMillis = 20, lateReplyMillis = 20 }");
  }

  private void head(int number) {
    int line = 1 + (number - 1) / HEADS_A_LINE;
    int address = 1 + (number - 1) % HEADS_A_LINE;
    add("[[device]]", "name = 'head-" + number + "'", "line = 'heads-" + line + "'");
    add("address = " + address, "map = 'bench-head'");
    add("[[point]]", "name = 'T" + number + "'", "title = 'T" + number + "'");
    add("place = 'place " + number + "'", "device = 'head-" + number + "'");
    add("channel = 'methane'", "headKind = 'laser'");
    List<String> limits = new ArrayList<>(List.of("alarmAt = 1.00", "tripAt = 1.50"));
    limits.add("restoreBelow = 1.00");
    (number <= 2 ? List.of("role = 'T" + number + "'") : limits).forEach(this::add);
  }

  private void zone(int number, List<Integer> heads) {
    String points =
        heads.stream().map(head -> "'T" + head + "'").collect(Collectors.joining(", ", "[", "]"));
    add("[[zone]]", "name = 'Z" + number + "'", "title = 'Z" + number + "'", "points = " + points);
    add("output = { device = 'board-%d', coil = 0, pulseMillis = 1000 }".formatted(number));
    add("closing = 'by-hand'", "release = 'automatic'", "dropOutMillis = 200");
  }

  private void add(String... rows) {
    for (String row : rows) {
      text.append(row).append('\n');
    }
  }
}
