package davy.controller.demo;

import davy.hal.Clock;
import davy.hal.posix.Posix;
import davy.hal.signal.Tick;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * The mine's own process: moves the simulated heading with real time and carries bytes between its
 * slaves and three pseudo-terminals. Facts go to standard output, commands come from standard
 * input; its end ends the mine.
 */
public final class MineMain {

  private static final long PAUSE_NANOS = 1_000_000L;

  private final Queue<MineCommand> commands = new ConcurrentLinkedQueue<>();
  private final PrintStream facts = new PrintStream(System.out, true, StandardCharsets.UTF_8);
  private final Map<String, PtyLine> lines = new HashMap<>();
  private volatile boolean over;

  private MineMain() {}

  /**
   * @param arguments folder of the demonstration, seed
   */
  public static void main(String[] arguments) throws IOException {
    new MineMain().run(Path.of(arguments[0]), Long.parseLong(arguments[1]));
    System.exit(0);
  }

  /** Where a line of the mine is found under the demonstration's folder. */
  static Path link(Path root, String line) {
    return root.resolve("dev").resolve(line);
  }

  private void run(Path root, long seed) throws IOException {
    Clock clock = Clock.SYSTEM;
    Mine mine = new Mine(seed, clock.now(), this::tell);
    try (PtyLine sensors =
            new PtyLine(Mine.SENSORS, mine.sensorBank(), link(root, Mine.SENSORS), clock.now());
        PtyLine relays =
            new PtyLine(Mine.RELAYS, mine.relayBank(), link(root, Mine.RELAYS), clock.now());
        PtyLine contacts =
            new PtyLine(
                Mine.CONTACTS, mine.contactBank(), link(root, Mine.CONTACTS), clock.now())) {
      List.of(sensors, relays, contacts).forEach(line -> lines.put(line.name(), line));
      Thread.ofPlatform().daemon().name("commands").start(this::listen);
      tell(
          Fact.of(Fact.Kind.READY, clock.now())
              .with(sensors.name(), sensors.link().toString())
              .with(relays.name(), relays.link().toString())
              .with(contacts.name(), contacts.link().toString()));
      while (!over) {
        contacts.pump(clock.now());
        step(mine, sensors, relays, clock.now());
        await(sensors, relays, clock.now());
      }
    }
  }

  private void obey(Mine mine, MineCommand command, Tick now) throws IOException {
    Optional<PtyLine> line = Optional.ofNullable(lines.get(command.target()));
    boolean appears = command.word() == MineCommand.Word.APPEAR;
    if (line.isEmpty() || command.word() != MineCommand.Word.VANISH && !appears) {
      mine.obey(command, now);
      return;
    }
    if (appears) {
      line.get().appear(now);
    } else {
      line.get().vanish();
    }
    tell(Fact.of(Fact.Kind.PORT, now).with("line", command.target()).with("there", appears));
  }

  private void step(Mine mine, PtyLine sensors, PtyLine relays, Tick now) throws IOException {
    if (sensors.pump(now)) {
      mine.sensorAnswered(now);
    }
    relays.pump(now);
    for (MineCommand next = commands.poll(); next != null; next = commands.poll()) {
      obey(mine, next, now);
    }
    mine.step(now);
  }

  /** The third line is looked at every millisecond: nothing on it is that urgent. */
  private static void await(PtyLine sensors, PtyLine relays, Tick now) throws IOException {
    Tick until = now.plusNanos(PAUSE_NANOS);
    until = sensors.nextDue().map(until::earliest).orElse(until);
    until = relays.nextDue().map(until::earliest).orElse(until);
    long nanos = until.nanosSince(now);
    if (nanos > 0) {
      Posix.poll(sensors.fd(), Posix.POLLIN, relays.fd(), Posix.POLLIN, nanos);
    }
  }

  private void listen() {
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    try {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String said = line;
        MineCommand.read(said)
            .ifPresentOrElse(
                commands::add,
                () -> tell(Fact.of(Fact.Kind.REFUSED, Clock.SYSTEM.now()).with("command", said)));
      }
    } catch (IOException _) {
      // The parent is gone, as at the end of its output.
    }
    over = true;
  }

  private synchronized void tell(Fact fact) {
    facts.println(fact.line());
  }
}
