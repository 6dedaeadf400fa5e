package davy.controller.link;

import davy.hal.Clock;
import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tinylog.Logger;

/**
 * One request socket with its own thread: at most 4 connections, of which a fifth replaces the
 * oldest, so that nobody can keep a trip out by holding connections. A connection that says nothing
 * for 30 s is closed.
 */
final class RequestServer implements AutoCloseable {

  static final int CONNECTIONS = 4;
  private static final int BUSY_MILLIS = 20;
  private static final int IDLE_MILLIS = 200;

  private final Path path;
  private final Desk desk;
  private final Clock clock;
  private final ServerSocketChannel door;
  private final Peers peers;
  private final Selector selector;
  private final Thread thread;
  private final List<RequestConnection> connections = new ArrayList<>();
  private volatile boolean closed;

  RequestServer(Path path, String threadName, Desk desk, Clock clock) throws IOException {
    this.path = path;
    this.desk = desk;
    this.clock = clock;
    this.door = SocketFile.listen(path);
    this.peers = Peers.of(path);
    this.selector = Selector.open();
    door.register(selector, SelectionKey.OP_ACCEPT);
    this.thread = LinkThread.start(threadName, this::run);
  }

  private void run() {
    boolean busy = false;
    while (!closed) {
      try {
        selector.select(busy ? BUSY_MILLIS : IDLE_MILLIS);
        selector.selectedKeys().clear();
        accept();
      } catch (IOException e) {
        Logger.warn("{}: {}", path, e.getMessage());
      }
      busy = desk.tend(clock.now());
      for (RequestConnection connection : connections) {
        busy |= connection.serve(desk, clock.now());
      }
      connections.removeIf(RequestConnection::ended);
    }
    connections.forEach(RequestConnection::end);
  }

  private void accept() throws IOException {
    Optional<SocketChannel> arrived = Optional.ofNullable(door.accept());
    if (arrived.isEmpty()) {
      return;
    }
    SocketChannel channel = arrived.get();
    if (!peers.allowed(channel)) {
      Logger.warn("{}: a peer without the right to ask was turned away", path);
      channel.close();
      return;
    }
    if (connections.size() >= CONNECTIONS) {
      Logger.warn("{}: more than {} connections, the oldest was closed", path, CONNECTIONS);
      connections.removeFirst().end();
    }
    channel.configureBlocking(false);
    connections.add(
        new RequestConnection(
            channel, channel.register(selector, SelectionKey.OP_READ), clock.now()));
  }

  @Override
  public void close() throws IOException {
    closed = true;
    selector.wakeup();
    LinkThread.join(thread);
    selector.close();
    door.close();
    Files.deleteIfExists(path);
  }
}
