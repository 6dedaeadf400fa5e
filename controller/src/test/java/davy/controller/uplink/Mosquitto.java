package davy.controller.uplink;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** A real Mosquitto as a child process, on a port of its own, that can be hurt. */
final class Mosquitto implements AutoCloseable {

  private static final List<Path> PLACES =
      List.of(Path.of("/usr/sbin/mosquitto"), Path.of("/usr/local/sbin/mosquitto"));

  private final Path folder;
  private final int port;
  private final String more;
  private Process process;

  /**
   * @param more lines of the listener's configuration
   */
  Mosquitto(Path folder, String more) throws IOException {
    this.folder = folder;
    this.more = more;
    this.port = freePort();
    start();
  }

  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  int port() {
    return port;
  }

  void start() throws IOException {
    Path program =
        PLACES.stream()
            .filter(Files::isExecutable)
            .findFirst()
            .orElseThrow(() -> new AssertionError("no mosquitto: apt-get install mosquitto"));
    Path settings =
        Files.writeString(
            folder.resolve("mosquitto.conf"),
            """
            listener %d 127.0.0.1
            allow_anonymous true
            persistence false
            max_queued_messages 0
            %s
            """
                .formatted(port, more));
    process =
        new ProcessBuilder(program.toString(), "-c", settings.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("mosquitto.log").toFile())
            .start();
    await("mosquitto listens", this::listens);
  }

  private boolean listens() {
    boolean there = listensAt(port);
    assertTrue(there || process.isAlive(), "mosquitto ended by itself");
    return there;
  }

  static boolean listensAt(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  void kill() {
    process.destroyForcibly();
    await("mosquitto is gone", () -> !process.isAlive());
  }

  /** Sends a signal, {@code STOP} or {@code CONT}. */
  void signal(String name) throws Exception {
    String pid = Long.toString(process.pid());
    int exit = new ProcessBuilder("kill", "-" + name, pid).start().waitFor();
    assertTrue(exit == 0, "kill -" + name + " failed");
  }

  @Override
  public void close() {
    kill();
  }

  static void await(String what, BooleanSupplier condition) {
    await(what, 40, condition);
  }

  static void await(String what, int seconds, BooleanSupplier condition) {
    long end = System.nanoTime() + seconds * 1_000_000_000L;
    while (!condition.getAsBoolean()) {
      assertTrue(System.nanoTime() < end, "waited " + seconds + " s in vain until " + what);
      LockSupport.parkNanos(10_000_000);
    }
  }
}
