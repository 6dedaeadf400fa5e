package davy.controller.uplink;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.tinylog.Logger;

/** A thin line: passes bytes both ways no faster than given; or nothing any more of one way. */
final class PacedProxy implements AutoCloseable {

  private static final int PIECE = 512;

  private final ServerSocket listener;
  private final List<Integer> targets;
  private final long bytesPerSecond;
  private volatile boolean held;

  PacedProxy(int target, long bytesPerSecond) throws IOException {
    this(List.of(target), bytesPerSecond);
  }

  /**
   * @param targets ports; the first that answers is connected to
   */
  PacedProxy(List<Integer> targets, long bytesPerSecond) throws IOException {
    this.listener = new ServerSocket(0, 16, InetAddress.getLoopbackAddress());
    this.targets = List.copyOf(targets);
    this.bytesPerSecond = bytesPerSecond;
    Thread.ofVirtual().start(this::accept);
  }

  int port() {
    return listener.getLocalPort();
  }

  /** From now on nothing goes from the client to the broker, and the client does not notice. */
  void hold() {
    held = true;
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        join(listener.accept());
      } catch (IOException e) {
        Logger.debug("the line: {}", e.getMessage());
      }
    }
  }

  private void join(Socket client) throws IOException {
    try {
      Socket broker = connect();
      Thread.ofVirtual().start(() -> pass(client, broker, true));
      Thread.ofVirtual().start(() -> pass(broker, client, false));
    } catch (IOException e) {
      client.close();
      throw e;
    }
  }

  private Socket connect() throws IOException {
    IOException failure = new IOException("no target");
    for (int target : targets) {
      try {
        return new Socket(InetAddress.getLoopbackAddress(), target);
      } catch (IOException e) {
        failure = e;
      }
    }
    throw failure;
  }

  private void pass(Socket from, Socket to, boolean up) {
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      byte[] piece = new byte[PIECE];
      for (int count = in.read(piece); count >= 0; count = in.read(piece)) {
        while (up && held && !listener.isClosed()) {
          LockSupport.parkNanos(10_000_000);
        }
        out.write(piece, 0, count);
        LockSupport.parkNanos(count * 1_000_000_000L / bytesPerSecond);
      }
    } catch (IOException e) {
      Logger.debug("the line: {}", e.getMessage());
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
