package davy.controller.uplink;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PushbackInputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.tinylog.Logger;

/**
 * A broker as a cluster may be, seen by one of its clients: publications in either direction arrive
 * twice, or behind the next one. Everything else passes as it is.
 */
final class Mixer implements AutoCloseable {

  private static final int PUBLISH = 3;
  private static final int DUPLICATE = 0x08;
  private static final int QOS = 0x06;
  private static final int HOLD_MILLIS = 300;

  private final ServerSocket listener;
  private final int target;
  private final long seed;
  private final AtomicInteger connections = new AtomicInteger();
  private final AtomicInteger mixed = new AtomicInteger();
  private volatile boolean honest;

  Mixer(int target, long seed) throws IOException {
    this.listener = new ServerSocket(0, 16, InetAddress.getLoopbackAddress());
    this.target = target;
    this.seed = seed;
    Thread.ofVirtual().start(this::accept);
  }

  int port() {
    return listener.getLocalPort();
  }

  /** From now on everything passes as it is. */
  void honest() {
    honest = true;
  }

  /** How many publications were doubled or put behind another. */
  int mixed() {
    return mixed.get();
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        Socket broker = new Socket(InetAddress.getLoopbackAddress(), target);
        int number = connections.incrementAndGet();
        Thread.ofVirtual().start(() -> pass(client, broker, new SplittableRandom(seed + number)));
        Thread.ofVirtual().start(() -> pass(broker, client, new SplittableRandom(~seed - number)));
      } catch (IOException e) {
        Logger.debug("the mixer: {}", e.getMessage());
      }
    }
  }

  private void pass(Socket from, Socket to, SplittableRandom random) {
    try (from;
        to) {
      PushbackInputStream in = new PushbackInputStream(from.getInputStream());
      OutputStream out = to.getOutputStream();
      Optional<byte[]> held = Optional.empty();
      while (!listener.isClosed()) {
        Optional<byte[]> next = awaits(from, in, held.isPresent()) ? packet(in) : Optional.empty();
        if (held.isEmpty() && next.filter(this::mixes).isPresent() && random.nextInt(8) == 0) {
          held = next;
          mixed.incrementAndGet();
        } else {
          if (next.isPresent()) {
            write(out, next.get(), random);
          }
          if (held.isPresent() && (next.isEmpty() || publication(next.get()))) {
            out.write(held.get());
            held = Optional.empty();
          }
        }
      }
    } catch (IOException e) {
      Logger.debug("the mixer: {}", e.getMessage());
    }
  }

  private void write(OutputStream out, byte[] packet, SplittableRandom random) throws IOException {
    out.write(packet);
    if (mixes(packet) && random.nextInt(8) == 0) {
      mixed.incrementAndGet();
      byte[] again = packet.clone();
      again[0] = (byte) (again[0] | ((again[0] & QOS) == 0 ? 0 : DUPLICATE));
      out.write(again);
    }
  }

  private boolean mixes(byte[] packet) {
    return !honest && publication(packet);
  }

  private static boolean publication(byte[] packet) {
    return (packet[0] & 0xFF) >>> 4 == PUBLISH;
  }

  /** Waits for a packet; false where another one waits to leave and none comes for a while. */
  private static boolean awaits(Socket from, PushbackInputStream in, boolean hurried)
      throws IOException {
    from.setSoTimeout(hurried ? HOLD_MILLIS : 0);
    try {
      int first = in.read();
      if (first < 0) {
        throw new EOFException("the end");
      }
      in.unread(first);
      return true;
    } catch (SocketTimeoutException e) {
      return false;
    } finally {
      from.setSoTimeout(0);
    }
  }

  private static Optional<byte[]> packet(InputStream from) throws IOException {
    DataInputStream in = new DataInputStream(from);
    byte[] head = new byte[5];
    head[0] = in.readByte();
    int length = 0;
    int count = 1;
    do {
      head[count] = in.readByte();
      length |= (head[count] & 0x7F) << 7 * (count - 1);
    } while (head[count++] < 0);
    byte[] packet = new byte[count + length];
    System.arraycopy(head, 0, packet, 0, count);
    in.readFully(packet, count, length);
    return Optional.of(packet);
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
