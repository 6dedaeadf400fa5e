package davy.controller.link;

import davy.hal.signal.Tick;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import org.tinylog.Logger;

/** One reader of status frames, with at most one frame on its way to it. Status thread. */
final class StatusReader {

  private static final long STUCK_NANOS = 30_000_000_000L;

  private final SocketChannel channel;
  private final ByteBuffer said = ByteBuffer.allocate(16);
  private ByteBuffer leaving = ByteBuffer.allocate(0);
  private Tick moved;
  private long dropped;

  StatusReader(SocketChannel channel, Tick now) {
    this.channel = channel;
    this.moved = now;
  }

  long dropped() {
    return dropped;
  }

  /** Takes a frame to send, or drops it while the last one is still leaving. */
  void offer(StatusFrame.Head head, String body) {
    if (leaving.hasRemaining()) {
      dropped++;
    } else {
      leaving = ByteBuffer.wrap(StatusFrame.line(head, body).getBytes(StandardCharsets.UTF_8));
    }
  }

  /** Writes what the socket takes now. False when the reader is gone or stuck, and then closed. */
  boolean serve(Tick now) {
    try {
      if (channel.read(said) != 0) {
        close();
        return false;
      }
      if (!leaving.hasRemaining() || channel.write(leaving) > 0) {
        moved = now;
      }
      if (now.nanosSince(moved) < STUCK_NANOS) {
        return true;
      }
      Logger.warn("a reader of status frames is stuck and was let go");
    } catch (IOException e) {
      Logger.debug("a reader of status frames left: {}", e.getMessage());
    }
    close();
    return false;
  }

  void close() {
    try {
      channel.close();
    } catch (IOException e) {
      Logger.debug("closing a status reader: {}", e.getMessage());
    }
  }
}
