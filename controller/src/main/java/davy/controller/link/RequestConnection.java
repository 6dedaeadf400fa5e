package davy.controller.link;

import davy.hal.signal.Tick;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.tinylog.Logger;

/**
 * One connection of a request socket: one request at a time, each at most 4 KiB, at most ten a
 * second. A faster peer is not refused but read more slowly. Its socket's thread alone.
 */
final class RequestConnection implements Desk.Caller {

  static final int LINE_BYTES = 4096;
  static final int PER_SECOND = 10;
  private static final long SECOND_NANOS = 1_000_000_000L;
  private static final long IDLE_NANOS = 30_000_000_000L;

  private final SocketChannel channel;
  private final SelectionKey key;
  private final ByteBuffer arrived = ByteBuffer.allocate(LINE_BYTES + 1);
  private final Deque<Tick> taken = new ArrayDeque<>();
  private ByteBuffer leaving = ByteBuffer.allocate(0);
  private Tick heard;
  private boolean waiting;
  private boolean lastWords;
  private boolean ended;

  RequestConnection(SocketChannel channel, SelectionKey key, Tick now) {
    this.channel = channel;
    this.key = key;
    this.heard = now;
  }

  boolean ended() {
    return ended;
  }

  /** Reads, hands over at most one line, writes. True when there is more to do soon. */
  boolean serve(Desk desk, Tick now) {
    try {
      return served(desk, now);
    } catch (IOException | RuntimeException e) {
      Logger.warn("a request connection was closed: {}", e.toString());
      end();
      return false;
    }
  }

  private boolean served(Desk desk, Tick now) throws IOException {
    write();
    if (ended || waiting || leaving.hasRemaining()) {
      pause();
      if (!waiting && now.nanosSince(heard) > IDLE_NANOS) {
        end();
      }
      return !ended;
    }
    if (!read(now)) {
      end();
      return false;
    }
    if (!mayTake(now)) {
      pause();
      return true;
    }
    Optional<String> line = line();
    if (line.isPresent()) {
      waiting = true;
      taken.addLast(now);
      desk.take(this, line.get(), now);
      write();
    } else if (!arrived.hasRemaining()) {
      lastWords = true;
      answer(desk.tooLong(now));
      write();
    }
    if (!ended) {
      key.interestOps(SelectionKey.OP_READ);
    }
    return line.isPresent();
  }

  /** Leaves what the peer sends in the socket until this connection's turn comes. */
  private void pause() {
    if (key.isValid()) {
      key.interestOps(0);
    }
  }

  private boolean read(Tick now) throws IOException {
    int count = channel.read(arrived);
    if (count > 0) {
      heard = now;
    }
    boolean more = count >= 0 || arrived.position() > 0;
    return more && now.nanosSince(heard) < IDLE_NANOS && !(count < 0 && noLine());
  }

  private boolean noLine() {
    for (int i = 0; i < arrived.position(); i++) {
      if (arrived.get(i) == '\n') {
        return false;
      }
    }
    return true;
  }

  private boolean mayTake(Tick now) {
    while (!taken.isEmpty() && now.nanosSince(taken.getFirst()) >= SECOND_NANOS) {
      taken.removeFirst();
    }
    return taken.size() < PER_SECOND;
  }

  private Optional<String> line() {
    for (int i = 0; i < arrived.position(); i++) {
      if (arrived.get(i) == '\n') {
        String line = new String(arrived.array(), 0, i, StandardCharsets.UTF_8);
        arrived.flip().position(i + 1);
        arrived.compact();
        return Optional.of(line);
      }
    }
    return Optional.empty();
  }

  @Override
  public void answer(String line) {
    waiting = false;
    leaving = ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8));
  }

  private void write() throws IOException {
    if (!ended && leaving.hasRemaining()) {
      channel.write(leaving);
    }
    if (lastWords && !leaving.hasRemaining()) {
      end();
    }
  }

  void end() {
    ended = true;
    try {
      channel.close();
    } catch (IOException e) {
      Logger.debug("closing a request connection: {}", e.getMessage());
    }
  }
}
