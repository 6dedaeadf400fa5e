package davy.controller.journal;

import davy.controller.event.EventCode;
import davy.hal.Agent;
import davy.hal.Clock;
import davy.hal.signal.Tick;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A real process that writes a journal as fast as it can and tells on its output what is durable,
 * until it is killed.
 */
final class Victim {

  private final Process process;
  private final BufferedReader output;

  private Victim(Process process) {
    this.process = process;
    this.output = process.inputReader(StandardCharsets.UTF_8);
  }

  static Victim start(Path folder) throws IOException {
    return start(folder, 0);
  }

  /**
   * @param first what the first entry is numbered
   */
  static Victim start(Path folder, long first) throws IOException {
    return start(folder, first, Map.of());
  }

  /**
   * @param environment variables besides those of this process
   */
  static Victim start(Path folder, long first, Map<String, String> environment) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xshare:auto",
            "-cp",
            System.getProperty("java.class.path"),
            Victim.class.getName(),
            folder.toString(),
            Long.toString(first));
    builder.environment().putAll(environment);
    return new Victim(builder.redirectErrorStream(true).start());
  }

  /** What it said before it ended by itself. */
  String complaint() throws IOException, InterruptedException {
    String said = String.join("\n", output.readAllLines());
    process.waitFor();
    return said;
  }

  /**
   * Lets it make some commits and run on for a moment, kills it, and returns the last number that
   * it told to be durable.
   */
  long killAfter(int commits, long micros) throws IOException, InterruptedException {
    long durable = Long.parseLong(output.readLine());
    for (int commit = 0; commit < commits; commit++) {
      durable = told(output.readLine());
    }
    TimeUnit.MICROSECONDS.sleep(micros);
    process.toHandle().destroyForcibly();
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      durable = line.endsWith(".") ? told(line) : durable;
    }
    process.waitFor();
    return durable;
  }

  /** The kill can cut its last line: only one with a full stop counts. */
  private static long told(String line) {
    return Long.parseLong(line.substring(0, line.length() - 1));
  }

  public static void main(String[] arguments) {
    try {
      Journal journal = Journal.open(Path.of(arguments[0]), 16_384, Clock.SYSTEM);
      Path keys = Path.of(arguments[0]).resolveSibling("interlock");
      Signer signer = Signer.open(keys, journal, Clock.SYSTEM);
      long first = Long.parseLong(arguments[1]);
      Thread.ofPlatform().daemon().start(() -> run(signer));
      Thread.ofPlatform().daemon().start(() -> run(journal));
      System.out.println(first);
      long next = first;
      Deque<long[]> waiting = new ArrayDeque<>();
      while (true) {
        EventCode code = next % 3 == 0 ? EventCode.ZONE_WITHHELD : EventCode.SAMPLE;
        Entry entry = new Entry(code, Clock.SYSTEM.now(), Map.of("number", next + 1));
        long ticket = journal.offer(entry);
        if (ticket > 0) {
          next++;
          waiting.add(new long[] {ticket, next});
        } else {
          TimeUnit.MICROSECONDS.sleep(200);
        }
        long durable = journal.durableTicket();
        long told = 0;
        while (!waiting.isEmpty() && waiting.getFirst()[0] <= durable) {
          told = waiting.removeFirst()[1];
        }
        if (told > 0) {
          System.out.println(told + ".");
        }
      }
    } catch (IOException | InterruptedException refused) {
      System.out.println(refused.getMessage());
    }
  }

  private static void run(Agent agent) {
    while (true) {
      Tick now = Clock.SYSTEM.now();
      agent.await(now, agent.work(now));
    }
  }
}
