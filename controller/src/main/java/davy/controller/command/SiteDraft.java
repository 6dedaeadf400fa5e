package davy.controller.command;

import davy.controller.command.BusSearch.Found;
import davy.controller.config.Complaint;
import davy.controller.config.SiteFile;
import davy.hal.SerialSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A site file to begin with, made of what was found on a line: for the bench, so that nothing real
 * can be switched with it before a person has filled it in.
 */
final class SiteDraft {

  /** Beside what was measured, for answers that come later on another day. */
  private static final int MARGIN = 2;

  private static final long SHORTEST_MILLIS = 40;
  private static final long MICROS = 1_000;

  private final String port;
  private final SerialSettings settings;
  private final List<Found> devices;
  private final List<Found> others;
  private final List<String> lines = new ArrayList<>();

  private SiteDraft(String port, SerialSettings settings, List<Found> found) {
    this.port = port;
    this.settings = settings;
    this.devices = found.stream().filter(each -> each.settings().equals(settings)).toList();
    this.others = found.stream().filter(each -> !each.settings().equals(settings)).toList();
  }

  /**
   * What was found at the speed that most devices have; a line has one.
   *
   * @return nothing where nothing was found
   */
  static List<String> of(String port, List<Found> found) {
    Map<SerialSettings, Long> counts =
        found.stream().collect(Collectors.groupingBy(Found::settings, Collectors.counting()));
    return counts.entrySet().stream()
        .max(Comparator.comparing((Map.Entry<SerialSettings, Long> each) -> each.getValue()))
        .map(most -> new SiteDraft(port, most.getKey(), found).write())
        .orElse(List.of());
  }

  /** What {@code davy check} says of it; nothing where it accepts it as it stands. */
  static List<String> complaints(List<String> draft) throws IOException {
    Path file = Files.createTempFile("davy-site", ".toml");
    try {
      Files.write(file, draft);
      return switch (SiteFile.read(file)) {
        case SiteFile.Outcome.Accepted _ -> List.of();
        case SiteFile.Outcome.Refused(List<Complaint> all) ->
            all.stream().map(Complaint::text).toList();
        case SiteFile.Outcome.Unreadable(Complaint one) -> List.of(one.text());
      };
    } finally {
      Files.delete(file);
    }
  }

  private List<String> write() {
    add(
        """
        [site]
        name = "bench"
        title = "bench"
        mine = "000000000000"
        station = "BENCH-1"
        profile = "us-30cfr75"   # requires no role; the mine's own comes here
        bench = true             # nothing real is switched yet

        [[line]]
        name = "line"
        port = "%s"
        baud = %d
        format = "%s"
        """,
        port, settings.baud(), settings.format().name().substring(1));
    others.forEach(
        each ->
            add("# address %d answers at %s: set it to this line's", each.address(), speed(each)));
    devices.forEach(this::device);
    heads().forEach(this::point);
    zone();
    add(
        """

        [supplies]
        outside = ["bench"]
        interlock = "bench"
        heads = "bench"
        contacts = "bench"
        """);
    return List.copyOf(lines);
  }

  private void add(String text, Object... values) {
    lines.addAll(text.formatted(values).lines().toList());
  }

  private static String speed(Found found) {
    return found.settings().baud() + " " + found.settings().format().name().substring(1);
  }

  private static String name(Found found) {
    return "device-" + found.address();
  }

  private void device(Found found) {
    add(
        """

        [[device]] # %s; the map is a guess: compare the maker's table
        name = "%s"
        line = "line"
        address = %d
        map = "%s"
        """,
        found.words(), name(found), found.address(), found.guess().map());
    if (found.shared()) {
      add("# TWO DEVICES with this address: give one of them another");
    }
    String times =
        "turnaroundMaxMillis = %d, lateReplyMillis = %d".formatted(most(found), most(found));
    switch (found.guess()) {
      case METHANE ->
          add(
              "parameters = { register = 0, encoding = \"s16\", unit = \"percent-volume\","
                  + " decimals = 2, maximum = 4.00, %s }",
              times);
      case INPUTS, RELAYS -> add("parameters = { %s } # measured, twice", times);
      case GAS, GAS_CO -> {}
    }
  }

  /** What it took, with room. */
  private static long most(Found found) {
    return Math.max(SHORTEST_MILLIS, MARGIN * found.replyMicros() / MICROS + 1);
  }

  /** What can cut: a module that may be asked twice a second only can't. */
  private List<Found> heads() {
    return of(BusGuess.METHANE);
  }

  private List<Found> of(BusGuess kind) {
    return devices.stream().filter(each -> each.guess() == kind).toList();
  }

  private void point(Found found) {
    add(
        """

        [[point]]
        name = "M%d"
        device = "%s"
        channel = "%s"
        alarmAt = 1.00
        tripAt = 1.00
        restoreBelow = 1.00
        """,
        found.address(), name(found), found.guess().channel());
  }

  private void zone() {
    add(
        """

        [[zone]]
        name = "Z1"
        points = [%s]
        %s
        """,
        list(found -> "\"M" + found.address() + "\""), output());
    of(BusGuess.INPUTS).stream()
        .findFirst()
        .ifPresent(
            inputs ->
                add(
                    "feed = { device = \"%s\", channel = \"input-1\", live = \"closed\" }",
                    name(inputs)));
    add("closing = \"by-hand\"");
    add("dropOutMillis = 200 # relay and breaker together: measure it");
  }

  private String list(Function<Found, String> word) {
    return heads().stream().map(word).collect(Collectors.joining(", "));
  }

  private String output() {
    return of(BusGuess.RELAYS).stream()
        .findFirst()
        .map(board -> "output = { device = \"%s\", coil = 0 }".formatted(name(board)))
        .orElse("output = { chip = \"pinctrl-bcm2711\", line = 17, active = \"high\" }");
  }
}
