package davy.tests.process;

import davy.controller.config.OfficeFile;
import davy.controller.county.CountyBook;
import davy.controller.json.JsonLine;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * A county as it would be installed: Mosquitto, a PostgreSQL server of its own, and {@code bin/davy
 * county} as laid out, all in one folder.
 */
final class CountyBeside implements AutoCloseable {

  private static final boolean ROOT = "root".equals(System.getProperty("user.name"));
  private static final long PATIENCE_NANOS = 60_000_000_000L;

  private final Companions companions;
  private final Path folder;
  private final Path data;
  private final int brokerPort = freePort();
  private final int dataPort = freePort();
  private final Path office;

  CountyBeside(Path folder) throws IOException, InterruptedException {
    this.folder = folder;
    this.companions = new Companions(folder);
    office = Files.writeString(folder.resolve("county.toml"), officeText());
    data = Files.createTempDirectory("davy-county");
    if (ROOT) {
      run(List.of("chown", "postgres", data.toString()));
    }
    run(
        as(
            program("initdb"),
            "-D",
            data + "/db",
            "-U",
            "postgres",
            "-A",
            "trust",
            "--no-locale",
            "-N"));
    companions.startMute(
        as(
            program("postgres"),
            "-D",
            data + "/db",
            "-p",
            "" + dataPort,
            "-c",
            "listen_addresses=127.0.0.1",
            "-c",
            "unix_socket_directories=" + data + "/db"));
    awaitPort(dataPort);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static String program(String name) throws IOException {
    try (Stream<Path> versions = Files.list(Path.of("/usr/lib/postgresql"))) {
      return versions
          .map(version -> version.resolve("bin").resolve(name))
          .filter(Files::isExecutable)
          .max(Path::compareTo)
          .orElseThrow(() -> new AssertionError("no " + name + ": apt-get install postgresql"))
          .toString();
    }
  }

  private static List<String> as(String... command) {
    List<String> all = new ArrayList<>();
    if (ROOT) {
      all.addAll(
          List.of("setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", "--"));
    }
    all.addAll(List.of(command));
    return all;
  }

  private String run(List<String> command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return text;
  }

  private static void awaitPort(int port) {
    long end = System.nanoTime() + PATIENCE_NANOS;
    while (!listens(port)) {
      if (System.nanoTime() - end > 0) {
        throw new AssertionError("nobody listens at " + port);
      }
      LockSupport.parkNanos(20_000_000);
    }
  }

  private static boolean listens(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  /** Starts the broker. */
  Process broker() throws IOException {
    Path settings =
        Files.writeString(
            folder.resolve("mosquitto.conf"),
            "listener %d 127.0.0.1\nallow_anonymous true\n".formatted(brokerPort));
    Process broker =
        companions.startMute(List.of("/usr/sbin/mosquitto", "-c", settings.toString()));
    awaitPort(brokerPort);
    return broker;
  }

  String uri() {
    return "tcp://127.0.0.1:" + brokerPort;
  }

  private String officeText() {
    return """
        [county]
        name = "test"
        [database]
        url = "jdbc:postgresql://127.0.0.1:%d/postgres?user=postgres"
        [broker]
        uri = "%s"
        """
        .formatted(dataPort, uri());
  }

  private List<String> davy(String... more) {
    List<String> command = new ArrayList<>();
    command.addAll(List.of("env", "JAVA_HOME=" + System.getProperty("java.home")));
    command.add(DemoProcess.home().resolve("bin/davy").toString());
    command.addAll(List.of("county", office.toString()));
    command.addAll(List.of(more));
    return command;
  }

  /** Starts the receiver. */
  void receiver() throws IOException {
    companions.startMute(davy());
  }

  /** A subscriber of records and states that we did not write. */
  Process subscriber() throws IOException {
    return companions.start(
        "mosquitto_sub", "-V", "5", "-p", "" + brokerPort, "-t", "davy/v1/+/+/journal");
  }

  /** Hears how the edge node stands. */
  Process marks() throws IOException {
    return companions.start(
        "mosquitto_sub", "-V", "5", "-p", "" + brokerPort, "-t", "davy/v1/+/+/sparkplug");
  }

  /** A SCADA host that hears of this device. */
  ScadaBeside scada(String device) throws IOException {
    return new ScadaBeside(companions, "" + brokerPort, device);
  }

  /** What {@code davy county FILE status --json} says of the one station; empty before. */
  Map<String, Object> status() throws Exception {
    String line = run(davy("status", "--json")).lines().findFirst().orElse("{}");
    return JsonLine.read(line);
  }

  /** The last record up to which the one station is complete, without a process that costs time. */
  long completeTo() throws IOException, SQLException {
    if (!(OfficeFile.read(office) instanceof OfficeFile.Outcome.Accepted accepted)) {
      throw new AssertionError("the office's file is refused");
    }
    try (CountyBook book = CountyBook.open(accepted.office())) {
      return book.standings().stream().mapToLong(CountyBook.Standing::completeTo).sum();
    }
  }

  /** What it says to a person. */
  String told() throws Exception {
    return run(davy("status"));
  }

  /** Writes the one station's records to a file. */
  void export(Path file) throws Exception {
    String station = String.valueOf(status().get("station"));
    Process process =
        new ProcessBuilder(davy("export", station)).redirectOutput(file.toFile()).start();
    if (process.waitFor() != 0) {
      throw new AssertionError("no export of " + station);
    }
  }

  @Override
  public void close() throws IOException {
    companions.close();
    try (Stream<Path> all = Files.walk(data)) {
      for (Path path : all.sorted((a, b) -> b.compareTo(a)).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }
}
