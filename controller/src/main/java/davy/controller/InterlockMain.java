package davy.controller;

import davy.bridge.serial.JsscPort;
import davy.controller.config.Folders;
import davy.controller.config.Site;
import davy.controller.config.SiteFile;
import davy.hal.Clock;
import davy.hal.SerialPort;
import davy.hal.SerialSettings;
import davy.hal.pi.PiBoard;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The safety process: {@code davy interlock SITE [--root DIR]}.
 *
 * <p>Exits with 64 for wrong arguments, 66 for a site file that can't be read, 78 for one that is
 * refused, 74 when a folder, lock, line or chip can't be had, 70 after a defect.
 */
public final class InterlockMain {

  private static final int USAGE = 64;
  private static final int NO_INPUT = 66;
  private static final int IO_ERROR = 74;
  private static final int CONFIG = 78;

  /** Of the guard's firmware. */
  private static final SerialSettings GUARD =
      new SerialSettings(115_200, SerialSettings.Format.F8N1);

  private static final String HELP =
      """
      usage: davy interlock SITE [--root DIR]

      The safety process alone: reads the sensors, decides, drives the relays, writes the journal.
        SITE         the site file (site.toml); 'davy check SITE' explains it
        --root DIR   keep all files of this run under DIR instead of /var/lib/davy and /run/davy
      """;

  private InterlockMain() {}

  public static void main(String[] arguments) {
    List<String> words = List.of(arguments);
    if (words.contains("--help") || words.contains("-h")) {
      System.out.print(HELP);
      return;
    }
    Optional<Path> root = Optional.empty();
    if (words.size() == 3 && words.get(1).equals("--root")) {
      root = Optional.of(Path.of(words.get(2)));
    } else if (words.size() != 1 || words.getFirst().startsWith("-")) {
      end(USAGE, HELP.strip());
    }
    run(site(Path.of(words.getFirst())), Folders.of(root));
  }

  private static Site site(Path file) {
    return switch (SiteFile.read(file)) {
      case SiteFile.Outcome.Accepted accepted -> accepted.site();
      case SiteFile.Outcome.Refused refused -> {
        refused.complaints().forEach(System.err::println);
        yield end(CONFIG, "davy: the site file is refused; power stays withheld");
      }
      case SiteFile.Outcome.Unreadable unreadable ->
          end(NO_INPUT, unreadable.complaint().toString());
    };
  }

  private static void run(Site site, Folders folders) {
    List<SerialPort> ports =
        site.lines().stream()
            .<SerialPort>map(
                line -> new JsscPort(Path.of(line.port()), line.plan().settings(), line.rs485Rts()))
            .toList();
    Optional<SerialPort> guard =
        site.guard().map(link -> new JsscPort(Path.of(link.port()), GUARD, false));
    try {
      InterlockProcess.start(site, folders, new Wires(ports, guard, new PiBoard()), Clock.SYSTEM);
    } catch (IOException e) {
      end(IO_ERROR, "davy: the interlock can't start; power stays withheld: " + e.getMessage());
    }
  }

  private static Site end(int code, String words) {
    System.err.println(words);
    System.exit(code);
    throw new AssertionError("exit returned");
  }
}
