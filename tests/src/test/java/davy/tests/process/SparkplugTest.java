package davy.tests.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import davy.tests.process.DemoProcess.Event;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole system, seen and written to by MQTT clients that Davy did not write. */
@Tag("real-time")
final class SparkplugTest {

  private static final String NODE = "spBv1.0/000000000000/%s/DEMO-1";
  private static final long PATIENCE_NANOS = 60_000_000_000L;

  /** Resident memory that the station may take, in KiB. */
  private static final long MOST_RESIDENT = 128 << 10;

  @TempDir private Path folder;
  private final List<Heard> heard = new CopyOnWriteArrayList<>();

  /** One message, its payload as hexadecimal digits. */
  private record Heard(String topic, String payload) {}

  private void listen(Process subscriber) {
    Thread.ofPlatform().daemon().start(() -> read(subscriber));
  }

  private void read(Process subscriber) {
    try (BufferedReader lines = subscriber.inputReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String[] parts = line.split(" ");
        heard.add(new Heard(parts[0], parts.length > 1 ? parts[1] : ""));
      }
    } catch (IOException e) {
      heard.add(new Heard(e.toString(), ""));
    }
  }

  private List<Heard> of(String verb, String device) {
    return heard.stream().filter(one -> one.topic().equals(NODE.formatted(verb) + device)).toList();
  }

  private static void await(String what, BooleanSupplier condition) {
    long end = System.nanoTime() + PATIENCE_NANOS;
    while (!condition.getAsBoolean()) {
      assertTrue(System.nanoTime() < end, "waited 60 s in vain until " + what);
      LockSupport.parkNanos(5_000_000);
    }
  }

  private static String port(Path root) throws IOException {
    Matcher port =
        Pattern.compile("listener (\\d+)")
            .matcher(Files.readString(root.resolve("etc/mosquitto.conf")));
    assertTrue(port.find());
    return port.group(1);
  }

  /** A metric named so, of type Boolean and value true. */
  private static byte[] write(String metric) {
    String name = HexFormat.of().formatHex(metric.getBytes(StandardCharsets.US_ASCII));
    int length = metric.length();
    return HexFormat.of().parseHex("12%02x0a%02x%s200b7001".formatted(length + 6, length, name));
  }

  private void publish(Companions beside, String port, String topic, String metric)
      throws IOException, InterruptedException {
    Path file = Files.write(folder.resolve("command"), write(metric));
    Process publisher =
        beside.start("mosquitto_pub", "-p", port, "-t", topic, "-f", file.toString());
    assertEquals(0, publisher.waitFor());
  }

  @Test
  void aHostGetsBirthsOnItsWishAndCanWriteNothing() throws Exception {
    Path root = folder.resolve("root");
    try (DemoProcess demo = DemoProcess.start(root);
        Companions beside = new Companions(folder)) {
      demo.await("the station", 0, 120_000, SparkplugTest::station);
      String port = port(root);
      listen(
          beside.start("mosquitto_sub", "-p", port, "-t", "spBv1.0/#", "-q", "1", "-F", "%t %x"));
      await("live data", () -> !of("NDATA", "").isEmpty());
      publish(beside, port, NODE.formatted("NCMD"), "Node Control/Rebirth");
      await("the births", () -> !of("DBIRTH", "/Heads-T1").isEmpty());
      publish(beside, port, NODE.formatted("DCMD") + "/Zone-Z1", "Granted");
      await("the record of the refused write", () -> recorded(root));
      assertEquals(0, of("NDEATH", "").size());
      long resident = resident(demo.pid("station"));
      System.out.printf(
          "SCADA host: birth of %d bytes, station resident %d KiB%n",
          of("NBIRTH", "").getLast().payload().length() / 2, resident);
      assertTrue(resident <= MOST_RESIDENT, resident + " KiB");
    }
  }

  private static boolean station(Event event) {
    return event.is("process") && event.text("name").equals("station");
  }

  private static boolean recorded(Path root) {
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.filter(one -> one.toString().endsWith(".jsonl")).toList()) {
        if (Files.readString(file)
            .contains("\"request\":\"write\",\"metric\":\"DCMD Zone-Z1 Granted\"")) {
          return true;
        }
      }
      return false;
    } catch (IOException e) {
      return false;
    }
  }

  private static long resident(long pid) throws IOException {
    return Files.readAllLines(Path.of("/proc", Long.toString(pid), "status")).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .map(line -> line.replaceAll("\\D", ""))
        .mapToLong(Long::parseLong)
        .findFirst()
        .orElseThrow();
  }
}
