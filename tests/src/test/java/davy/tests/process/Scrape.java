package davy.tests.process;

import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The station's metrics as Prometheus would take them.
 *
 * @param uri of the text
 */
record Scrape(URI uri) {

  private static final Pattern ADDRESS = Pattern.compile("http://127\\.0\\.0\\.1:\\d+");
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(8);
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
  private static final List<String> LINES = List.of("sensors", "relays", "contacts");
  private static final List<String> KINDS =
      List.of("silences", "badFrames", "exceptions", "secondAnswers");

  /** Of the panel whose address stands in a sentence. */
  static Scrape of(String sentence) {
    Matcher address = ADDRESS.matcher(sentence);
    return address.find()
        ? new Scrape(URI.create(address.group() + "/metrics"))
        : fail("no address in " + sentence);
  }

  private List<String> lines() throws IOException {
    try (InputStream text = uri.toURL().openStream()) {
      return new String(text.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
  }

  /** Until scans, bus, replies and spoilt answers are all counted; every kind of error is told. */
  void awaitTimesAndErrorsByKind() throws IOException {
    long end = System.nanoTime() + PATIENCE_NANOS;
    List<String> lines = lines();
    while (!complete(lines) && System.nanoTime() - end < 0) {
      LockSupport.parkNanos(LOOK_NANOS);
      lines = lines();
    }
    if (!complete(lines)) {
      fail("not everything is counted:\n" + String.join("\n", lines));
    }
  }

  private static boolean complete(List<String> lines) {
    return sum(lines, "davy_scan_seconds_count", "") > 0
        && has(lines, "davy_scan_overruns_total", "")
        && LINES.stream()
            .map(line -> "line=\"" + line + "\"")
            .allMatch(
                line ->
                    sum(lines, "davy_line_transaction_seconds_sum", line) > 0
                        && sum(lines, "davy_slave_reply_seconds_count", line) > 0)
        && KINDS.stream().allMatch(k -> has(lines, "davy_slave_errors_total", kind(k)))
        && sum(lines, "davy_slave_errors_total", kind("badFrames")) > 0;
  }

  private static String kind(String kind) {
    return "kind=\"" + kind + "\"";
  }

  private static boolean has(List<String> lines, String name, String label) {
    return lines.stream().anyMatch(line -> line.startsWith(name) && line.contains(label));
  }

  private static double sum(List<String> lines, String name, String label) {
    return lines.stream()
        .filter(line -> line.startsWith(name) && line.contains(label))
        .map(line -> line.split(" "))
        .mapToDouble(words -> Double.parseDouble(Arrays.asList(words).getLast()))
        .sum();
  }
}
