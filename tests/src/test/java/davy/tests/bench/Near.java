package davy.tests.bench;

import davy.hal.posix.RealTime;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/**
 * The near end: what is measured, in a process with the interlock's own flags. Prints one line a
 * figure, its name and its numbers; a line of its input begins or ends a measurement.
 */
final class Near {

  /** As the interlock's own threads. */
  static final int LINE_PRIORITY = 30;

  static final int SCAN_PRIORITY = 40;

  private static final BufferedReader WORDS =
      new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));

  private Near() {}

  public static void main(String[] arguments) throws Exception {
    Thread.setDefaultUncaughtExceptionHandler(Near::defect);
    Path path = Path.of(arguments[1]);
    int number = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 0;
    switch (arguments[0]) {
      case "scan" -> new NearScan(BenchSite.read(path)).run(number);
      case "steps" -> NearSteps.run(BenchSite.read(path), number, Integer.parseInt(arguments[3]));
      case "transaction" -> NearTransaction.davy(path, number);
      case "j2mod" -> NearTransaction.j2mod(path, number);
      case "wire" -> NearWire.run(path, number, Integer.parseInt(arguments[3]));
      case "answers" -> NearAnswers.run(BenchSite.read(path), number);
      case "hand-over" -> NearAnswers.handOver(path, number);
      case "relay" -> new NearRelay(BenchSite.read(path), path.resolveSibling("journal")).run();
      default -> throw new IllegalArgumentException(arguments[0]);
    }
    System.exit(0);
  }

  static void pause(double seconds) {
    long end = System.nanoTime() + (long) (seconds * 1e9);
    while (System.nanoTime() - end < 0) {
      LockSupport.parkNanos(end - System.nanoTime());
    }
  }

  static void tell(String name, long... numbers) {
    System.out.println(
        Arrays.stream(numbers)
            .mapToObj(number -> " " + number)
            .collect(Collectors.joining("", name, "")));
  }

  static void awaitWord() throws IOException {
    WORDS.readLine();
  }

  /** Raises the calling thread as the interlock does; its id. */
  static long raise(int priority) {
    try {
      RealTime.fifo(priority);
    } catch (IOException refused) {
      tell("unprivileged");
    }
    return Thread.currentThread().threadId();
  }

  static long cpuNanos(long thread) {
    return ManagementFactory.getThreadMXBean().getThreadCpuTime(thread);
  }

  static void defect(Thread thread, Throwable defect) {
    defect.printStackTrace();
    Runtime.getRuntime().halt(70);
  }
}
