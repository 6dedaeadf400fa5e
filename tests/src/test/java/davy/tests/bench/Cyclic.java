package davy.tests.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** cyclictest of rt-tests beside a measurement: how late this kernel wakes a thread in C. */
final class Cyclic implements AutoCloseable {

  /** Bars of a microsecond; what is later counts as this late. */
  private static final int LONGEST_MICROS = 200_000;

  private static final long SIGNAL_WAIT_SECONDS = 5;

  private final Process process;

  private Cyclic(Process process) {
    this.process = process;
  }

  static Cyclic start(int priority) throws IOException {
    return new Cyclic(
        new ProcessBuilder(
                "cyclictest", "-q", "-t1", "-p" + priority, "-i1000", "-h" + LONGEST_MICROS)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start());
  }

  /** Ends it; how late each of its wake-ups was, in nanoseconds, sorted. */
  long[] end() throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
    List<Long> late = new ArrayList<>();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    for (String line : text.lines().toList()) {
      if (line.matches("\\d{6} \\d+")) {
        long micros = Long.parseLong(line.substring(0, 6));
        for (long count = Long.parseLong(line.substring(7)); count > 0; count--) {
          late.add(micros * 1_000);
        }
      } else if (line.startsWith("# Histogram Overflows:")) {
        long count = Long.parseLong(line.replaceAll("\\D+", ""));
        for (; count > 0; count--) {
          late.add(LONGEST_MICROS * 1_000L);
        }
      }
    }
    process.waitFor(SIGNAL_WAIT_SECONDS, java.util.concurrent.TimeUnit.SECONDS);
    return late.stream().mapToLong(Long::longValue).toArray();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
