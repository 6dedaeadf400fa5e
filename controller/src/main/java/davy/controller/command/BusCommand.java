package davy.controller.command;

import davy.bridge.modbus.DeviceMap;
import davy.bridge.modbus.LinePlan;
import davy.bridge.modbus.LinePlan.SlavePlan;
import davy.bridge.serial.JsscPort;
import davy.controller.config.Complaint;
import davy.controller.config.MapChoice;
import davy.controller.config.Site;
import davy.controller.config.SiteFile;
import davy.controller.json.JsonLine;
import davy.hal.Clock;
import davy.hal.SerialSettings;
import davy.hal.SerialSettings.Format;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code davy bus}: commissioning of a line; reads only. */
@Command(
    name = "bus",
    description = {
      "Commissioning: with a site, reads its devices with their maps and shows values, raw"
          + " registers, reply times and errors as they come; with --port, looks for devices and"
          + " suggests a site file for the bench, or reads one device with --map. It never writes,"
          + " and refuses a port that an interlock holds.",
      "Exit code 0 when every device answers, 1 when one does not (with --port: when none is"
          + " found), 74 when a port can't be had."
    })
final class BusCommand implements Callable<Integer> {

  private static final int LAST_ADDRESS = 247;

  @Parameters(paramLabel = "SITE.TOML", arity = "0..1", description = "Reads this site's devices.")
  private Optional<Path> file = Optional.empty();

  @Option(names = "--port", paramLabel = "DEVICE", description = "Looks for devices here.")
  private Optional<Path> port = Optional.empty();

  @Option(
      names = "--baud",
      split = ",",
      defaultValue = "9600,19200,38400,115200",
      description = "Speeds to look at (default: ${DEFAULT-VALUE}).")
  private List<Integer> bauds;

  @Option(
      names = "--format",
      split = ",",
      defaultValue = "8N1,8E1",
      description = "8N1, 8E1, 8N2 (default: ${DEFAULT-VALUE}).")
  private List<String> formats;

  @Option(
      names = "--last",
      defaultValue = "247",
      description = "Last address to ask (default: ${DEFAULT-VALUE}).")
  private int last;

  @Option(
      names = "--timeout",
      paramLabel = "MILLIS",
      defaultValue = "100",
      description = "How long a device may take (default: ${DEFAULT-VALUE}).")
  private int timeoutMillis;

  @Option(
      names = "--rounds",
      defaultValue = "20",
      description = "How often each device is read; 0: until Ctrl-C (default: ${DEFAULT-VALUE}).")
  private int rounds;

  @Option(
      names = "--map",
      paramLabel = "MAP",
      description = "With --port: reads one device with this map at the first speed and format.")
  private Optional<String> map = Optional.empty();

  @Option(names = "--address", defaultValue = "1", description = "Of that device (default: 1).")
  private int address;

  @Option(
      names = "--parameters",
      defaultValue = "",
      description = "Of that map, as in a site file: 'register = 0, decimals = 2'.")
  private String parameters;

  @Option(names = "--json", description = "Print one JSON object instead.")
  private boolean json;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    boolean limits = last >= 1 && last <= LAST_ADDRESS && timeoutMillis >= 1 && rounds >= 0;
    if (file.isPresent() == port.isPresent() || !limits || settings().isEmpty()) {
      err().println("give a site file or --port, and numbers within their limits; see --help");
      return Exit.USAGE;
    }
    try {
      return port.isEmpty()
          ? watch(file.get())
          : map.isPresent() ? watch(port.get(), map.get()) : search(port.get());
    } catch (IOException failed) {
      err().println("davy bus: " + failed.getMessage());
      return Exit.IO_ERROR;
    }
  }

  /** Empty where one of them is not known. */
  private List<SerialSettings> settings() {
    List<SerialSettings> all = new ArrayList<>();
    for (int baud : bauds) {
      for (String format : formats) {
        if (!List.of("8N1", "8E1", "8N2").contains(format) || baud < 1200 || baud > 115_200) {
          return List.of();
        }
        all.add(new SerialSettings(baud, Format.valueOf("F" + format)));
      }
    }
    return all;
  }

  private int search(Path device) throws IOException {
    BusSearch search =
        new BusSearch(
            settings -> new JsscPort(device, settings, false).open(),
            Clock.SYSTEM,
            timeoutMillis,
            this::progress);
    List<BusSearch.Found> found = search.search(settings(), 1, last);
    err().println();
    if (json) {
      out().println(JsonLine.write(asJson(found)));
    } else {
      found.forEach(each -> out().println("# " + line(each)));
      out().println("# " + found.size() + " found");
      suggest(SiteDraft.of(device.toString(), found));
    }
    return found.isEmpty() ? Exit.WRONG : Exit.OK;
  }

  /** A site to begin with, and what check says of it. */
  private void suggest(List<String> draft) throws IOException {
    draft.forEach(out()::println);
    if (!draft.isEmpty()) {
      List<String> wrong = SiteDraft.complaints(draft);
      wrong.forEach(text -> out().println("# davy check: " + text));
      if (wrong.isEmpty()) {
        out().println("# davy check accepts this as it stands, for the bench");
      }
    }
  }

  private void progress(SerialSettings settings, int asked, int found) {
    int round = settings().indexOf(settings);
    String now = settings.baud() + " " + settings.format().name().substring(1);
    if (LiveScreen.onTerminal()) {
      String bar = LiveScreen.bar(round * last + asked, (long) settings().size() * last);
      err().printf("\r%s  %s address %3d of %d  %d found ", bar, now, asked, last, found);
    } else if (asked == 1) {
      err().printf("%s, addresses 1 to %d; %d found so far%n", now, last, found);
    }
    err().flush();
  }

  private static String line(BusSearch.Found found) {
    return "%d %s address %d: %s%s%s"
        .formatted(
            found.settings().baud(),
            found.settings().format().name().substring(1),
            found.address(),
            found.words(),
            found.replyMicros() > 0 ? ", %.1f ms".formatted(found.replyMicros() / 1e3) : "",
            found.shared() ? " — TWO DEVICES WITH THIS ADDRESS" : "");
  }

  static Map<String, Object> asJson(List<BusSearch.Found> found) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put(
        "found",
        found.stream()
            .map(
                each -> {
                  Map<String, Object> fields = new LinkedHashMap<>();
                  fields.put("baud", each.settings().baud());
                  fields.put("format", each.settings().format().name().substring(1));
                  fields.put("address", each.address());
                  fields.put("answer", each.words());
                  fields.put("replyMicros", each.replyMicros());
                  fields.put("twoDevices", each.shared());
                  fields.put("map", each.guess().map());
                  return fields;
                })
            .toList());
    return all;
  }

  private int watch(Path site) throws IOException {
    return switch (SiteFile.read(site)) {
      case SiteFile.Outcome.Accepted(Site accepted) -> watch(accepted.lines());
      case SiteFile.Outcome.Refused(List<Complaint> complaints) -> {
        complaints.forEach(err()::println);
        yield Exit.CONFIG;
      }
      case SiteFile.Outcome.Unreadable(Complaint complaint) -> {
        err().println(complaint);
        yield Exit.NO_INPUT;
      }
    };
  }

  private int watch(Path device, String wanted) throws IOException {
    List<Complaint> complaints = new ArrayList<>();
    Optional<DeviceMap> chosen = MapChoice.of(wanted, address, parameters, complaints);
    if (chosen.isEmpty()) {
      complaints.forEach(err()::println);
      return Exit.CONFIG;
    }
    SlavePlan slave = new SlavePlan("device", address, chosen.get(), false, 1_000, 0, List.of());
    LinePlan plan = new LinePlan(device.toString(), settings().getFirst(), 50, List.of(slave));
    return watch(List.of(new Site.Line(plan, device.toString(), false)));
  }

  private int watch(List<Site.Line> lines) throws IOException {
    try (BusLines watched =
        BusLines.open(
            lines,
            line ->
                new JsscPort(Path.of(line.port()), line.plan().settings(), line.rs485Rts()).open(),
            Clock.SYSTEM)) {
      LiveScreen screen = new LiveScreen(out(), !json && LiveScreen.onTerminal());
      for (int round = 0; rounds == 0 || round < rounds; round++) {
        watched.round();
        if (!json) {
          screen.show(watched.lines(), watched.news(), System.nanoTime());
        }
      }
      if (json) {
        out().println(JsonLine.write(watched.json()));
      } else {
        screen.end(watched.lines());
      }
      return watched.good() ? Exit.OK : Exit.WRONG;
    }
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }

  private PrintWriter err() {
    return spec.commandLine().getErr();
  }
}
