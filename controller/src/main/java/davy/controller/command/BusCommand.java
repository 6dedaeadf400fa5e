package davy.controller.command;

import davy.bridge.modbus.BusProbe;
import davy.bridge.modbus.LinePlan;
import davy.bridge.serial.JsscPort;
import davy.controller.config.Complaint;
import davy.controller.config.Site;
import davy.controller.config.SiteFile;
import davy.controller.json.JsonLine;
import davy.hal.Clock;
import davy.hal.SerialLine;
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
          + " registers, reply times and errors; with --port, looks for devices and suggests a"
          + " piece of a site file. It never writes, and refuses a port that an interlock holds.",
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
      description = "How often each device of the site is read (default: ${DEFAULT-VALUE}).")
  private int rounds;

  @Option(names = "--json", description = "Print one JSON object instead.")
  private boolean json;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    boolean limits = last >= 1 && last <= LAST_ADDRESS && timeoutMillis >= 1 && rounds >= 1;
    if (file.isPresent() == port.isPresent() || !limits || settings().isEmpty()) {
      err().println("give a site file or --port, and numbers within their limits; see --help");
      return Exit.USAGE;
    }
    try {
      return port.isPresent() ? search(port.get()) : watch(file.get());
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
      found.forEach(each -> out().println(line(each)));
      BusSearch.fragment(device.toString(), found).forEach(out()::println);
      out().println(found.size() + " found");
    }
    return found.isEmpty() ? Exit.WRONG : Exit.OK;
  }

  private void progress(SerialSettings settings, int address, int found) {
    err()
        .printf(
            "\r%6d %s  address %3d of %d  %d found ",
            settings.baud(), settings.format().name().substring(1), address, last, found);
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
                  return fields;
                })
            .toList());
    return all;
  }

  private int watch(Path site) throws IOException {
    return switch (SiteFile.read(site)) {
      case SiteFile.Outcome.Accepted(Site accepted) -> watch(accepted);
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

  private int watch(Site site) throws IOException {
    boolean good = true;
    List<Map<String, Object>> lines = new ArrayList<>();
    for (Site.Line line : site.lines()) {
      LinePlan plan = line.plan();
      BusWatch watch = new BusWatch(plan, Clock.SYSTEM);
      SerialLine opened =
          new JsscPort(Path.of(line.port()), plan.settings(), line.rs485Rts()).open();
      try (BusProbe probe = new BusProbe(opened, plan.settings(), Clock.SYSTEM)) {
        opened.discard();
        for (int round = 0; round < rounds; round++) {
          watch.round(probe);
        }
      }
      good &= watch.good();
      lines.add(watch.json());
      if (!json) {
        watch.lines().forEach(out()::println);
      }
    }
    if (json) {
      out().println(JsonLine.write(Map.of("lines", lines)));
    }
    return good ? Exit.OK : Exit.WRONG;
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }

  private PrintWriter err() {
    return spec.commandLine().getErr();
  }
}
