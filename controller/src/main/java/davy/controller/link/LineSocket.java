package davy.controller.link;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/** A client's connection to a unix socket: lines out and in, never waiting without a limit. */
final class LineSocket implements AutoCloseable {

  /** A status frame of 200 points and 64 zones takes 125 KB, more with many alarms. */
  static final int LINE_BYTES = 4 << 20;

  private final SocketChannel channel;
  private final Selector selector;
  private final ByteBuffer arrived = ByteBuffer.allocate(8192).flip();
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();

  private LineSocket(SocketChannel channel, Selector selector) {
    this.channel = channel;
    this.selector = selector;
  }

  /** Connects at once or fails. */
  static LineSocket open(Path path) throws IOException {
    SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      channel.configureBlocking(false);
      channel.connect(SocketFile.address(path));
      Selector selector = Selector.open();
      channel.register(selector, SelectionKey.OP_READ);
      return new LineSocket(channel, selector);
    } catch (IOException e) {
      channel.close();
      throw new IOException(path + ": " + e.getMessage(), e);
    }
  }

  /** Sends a short line; the socket's own buffer must have room for it. */
  void write(String text) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap((text + "\n").getBytes(StandardCharsets.UTF_8));
    channel.write(bytes);
    if (bytes.hasRemaining()) {
      throw new IOException("the other end does not read");
    }
  }

  /** The next line, or nothing when none is complete within the time. */
  Optional<String> read(long millis) throws IOException {
    long end = System.nanoTime() + millis * 1_000_000;
    while (true) {
      if (takeLine()) {
        String text = line.toString(StandardCharsets.UTF_8);
        line.reset();
        return Optional.of(text);
      }
      long left = (end - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        return Optional.empty();
      }
      selector.select(left);
      selector.selectedKeys().clear();
      arrived.clear();
      int count = channel.read(arrived);
      arrived.flip();
      if (count < 0) {
        throw new IOException("the other end closed the connection");
      }
    }
  }

  private boolean takeLine() throws IOException {
    while (arrived.hasRemaining()) {
      byte next = arrived.get();
      if (next == '\n') {
        return true;
      }
      line.write(next);
      if (line.size() > LINE_BYTES) {
        throw new IOException("a line is longer than " + LINE_BYTES + " bytes");
      }
    }
    return false;
  }

  @Override
  public void close() throws IOException {
    channel.close();
    selector.close();
  }
}
