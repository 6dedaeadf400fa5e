package davy.controller.county;

import davy.controller.config.Office;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * A real PostgreSQL server in a temporary folder, on a port of its own, that can be hurt. It
 * refuses to run as root, so as root it runs as Debian's user postgres. It syncs to disk as it
 * would in earnest. One for all tests of a run, with a data base for each.
 */
public final class PostgreSql {

  private static final long PATIENCE_NANOS = 60_000_000_000L;
  private static final boolean ROOT = "root".equals(System.getProperty("user.name"));
  private static Optional<PostgreSql> shared = Optional.empty();
  private static int made;

  private final Path folder;
  private final int port;
  private Process process;

  private PostgreSql() throws IOException, InterruptedException {
    folder = Files.createTempDirectory("davy-postgresql");
    if (ROOT) {
      run(List.of("chown", "postgres", folder.toString()));
    }
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    run(
        as(
            program("initdb"),
            "-D",
            data(),
            "-U",
            "postgres",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--no-locale",
            "-N"));
    start();
  }

  /** The one of this run. */
  public static synchronized PostgreSql shared() throws IOException, InterruptedException {
    if (shared.isEmpty()) {
      PostgreSql server = new PostgreSql();
      Runtime.getRuntime().addShutdownHook(new Thread(server::end));
      shared = Optional.of(server);
    }
    return shared.get();
  }

  private String data() {
    return folder.resolve("data").toString();
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

  private void run(List<String> command) throws IOException, InterruptedException {
    File log = folder.resolveSibling(folder.getFileName() + ".log").toFile();
    Process started =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log).start();
    if (started.waitFor() != 0) {
      throw new AssertionError(command + ": " + Files.readString(log.toPath()));
    }
    Files.delete(log.toPath());
  }

  /** After a crash children of the killed one may hold the folder for a moment: then once more. */
  private void start() throws IOException {
    long end = System.nanoTime() + PATIENCE_NANOS;
    process = launch();
    while (!answers()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("PostgreSQL does not start in " + folder);
      }
      LockSupport.parkNanos(20_000_000);
      process = process.isAlive() ? process : launch();
    }
  }

  private Process launch() throws IOException {
    return new ProcessBuilder(
            as(
                program("postgres"),
                "-D",
                data(),
                "-p",
                Integer.toString(port),
                "-c",
                "listen_addresses=127.0.0.1",
                "-c",
                "unix_socket_directories=" + data(),
                "-c",
                "shared_buffers=16MB"))
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  private boolean answers() {
    try (Connection connection = DriverManager.getConnection(url("postgres"))) {
      return connection.isValid(1);
    } catch (SQLException e) {
      return false;
    }
  }

  private String url(String name) {
    return "jdbc:postgresql://127.0.0.1:" + port + "/" + name + "?user=postgres";
  }

  /** An empty data base of its own. */
  public Office.Database fresh() throws SQLException {
    String name = "county" + ++made;
    try (Connection connection = DriverManager.getConnection(url("postgres"));
        Statement statement = connection.createStatement()) {
      statement.execute("create database " + name);
    }
    return new Office.Database(url(name), Optional.empty(), Optional.empty());
  }

  /** As {@code kill -9} of the whole server, and back again with what is on disk. */
  public void crash() throws IOException {
    process.destroyForcibly().onExit().join();
    start();
  }

  private void end() {
    process.destroy();
    process.onExit().join();
    try (Stream<Path> all = Files.walk(folder)) {
      all.sorted((a, b) -> b.compareTo(a)).map(Path::toFile).forEach(File::delete);
    } catch (IOException e) {
      System.err.println(e);
    }
  }
}
