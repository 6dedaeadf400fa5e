package davy.controller;

import davy.controller.demo.Demo;
import davy.controller.demo.DemoOptions;
import davy.controller.demo.Scenario;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.logging.Level;
import java.util.logging.Logger;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code davy demo}: the simulated heading, on a laptop, without hardware. */
@Command(
    name = "davy demo",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description =
        "Plays a simulated heading to the programs that a mine would run. Without --scenario:"
            + " a quiet shift that goes on until Ctrl-C, where you type what shall happen.")
public final class DemoMain implements Callable<Integer> {

  /** Tells of every lost link at length; the story says what matters. Held, or it is forgotten. */
  private static final Logger PAHO = Logger.getLogger("org.eclipse.paho");

  private static final int USAGE = 64;

  @Option(names = "--scenario", paramLabel = "NAME", description = "the incident; see --list")
  private Optional<String> scenario = Optional.empty();

  @Option(names = "--list", description = "lists the scenarios")
  private boolean list;

  @Option(
      names = "--faults",
      paramLabel = "NAME",
      split = ",",
      description = "with bad-wire: plays these faults of a wire alone, as in mixed,dead")
  private List<String> faults = List.of();

  @Option(
      names = "--headless",
      description = "nobody looks: the panel takes any free port, the run ends after the scenario")
  private boolean headless;

  @Option(names = "--json", description = "one JSON object a line instead of a story")
  private boolean json;

  @Option(names = "--lang", paramLabel = "en|zh", description = "language of the story")
  private String language = Locale.getDefault().getLanguage();

  @Option(names = "--seed", paramLabel = "N", description = "seed of the mine (default: 1)")
  private long seed = 1;

  @Option(names = "--port", paramLabel = "N", description = "port of the panel (default: 8080)")
  private int port = 8080;

  @Option(
      names = "--broker",
      paramLabel = "URI",
      description = "an MQTT 5 broker to be the county's, instead of a Mosquitto of our own")
  private Optional<String> broker = Optional.empty();

  @Option(
      names = "--root",
      paramLabel = "DIR",
      description = "folder of all files, empty or absent (default: a temporary one)")
  private Optional<Path> root = Optional.empty();

  @Option(names = "--keep", description = "leaves that folder behind")
  private boolean keep;

  @Spec private CommandSpec spec;

  private DemoMain() {}

  public static void main(String[] arguments) {
    PAHO.setLevel(Level.OFF);
    CommandLine line = new CommandLine(new DemoMain());
    line.getCommandSpec().exitCodeOnInvalidInput(USAGE);
    System.exit(line.execute(arguments));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    boolean chinese = language.equals("zh");
    if (list) {
      for (Scenario one : Scenario.values()) {
        out.println(one.line(chinese));
      }
      return Demo.PASSED;
    }
    Optional<Scenario> wanted = scenario.flatMap(Scenario::named);
    if (scenario.isPresent() && wanted.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(), "no scenario is named " + scenario.get() + "; see --list");
    }
    if (!faults.isEmpty() && !wanted.equals(Optional.of(Scenario.BAD_WIRE))) {
      throw new ParameterException(spec.commandLine(), "--faults goes with --scenario bad-wire");
    }
    for (String fault : faults) {
      if (!Demo.faults().contains(fault)) {
        throw new ParameterException(
            spec.commandLine(), "no fault is named " + fault + "; there are " + Demo.faults());
      }
    }
    return Demo.run(
        new DemoOptions(wanted, faults, headless, json, chinese, seed, port, broker, root, keep),
        out);
  }
}
