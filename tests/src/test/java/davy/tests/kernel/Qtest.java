package davy.tests.kernel;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * QEMU's test socket: the bus and the wires of the emulated machine, past its processor. A thread
 * of its own takes what QEMU says as soon as it is said, for a slow reader would stop the guest.
 */
final class Qtest implements AutoCloseable {

  private static final long PATIENCE_SECONDS = 60;

  /** Hears every change of an output of the chip that is watched, in order. */
  @FunctionalInterface
  interface Watcher {
    void changed(int line, boolean high);
  }

  private final SocketChannel socket;
  private final BlockingQueue<String> replies = new LinkedBlockingQueue<>();
  private final Watcher watcher;

  Qtest(SocketChannel socket, Watcher watcher) {
    this.socket = socket;
    this.watcher = watcher;
    Thread.ofPlatform().daemon().name("qtest").start(this::listen);
  }

  private void listen() {
    try (BufferedReader lines =
        new BufferedReader(Channels.newReader(socket, StandardCharsets.US_ASCII))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String[] words = line.split(" ");
        if (words[0].equals("IRQ")) {
          watcher.changed(Integer.parseInt(words[2]), words[1].equals("raise"));
        } else {
          replies.add(line);
        }
      }
    } catch (IOException _) {
      // QEMU has ended.
    }
  }

  /** What happened before the answer has been told to the watcher when this returns. */
  private synchronized String ask(String command) {
    try {
      socket.write(ByteBuffer.wrap((command + "\n").getBytes(StandardCharsets.US_ASCII)));
      String reply = replies.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (reply == null || !reply.startsWith("OK")) {
        throw new IllegalStateException(command + ": " + reply);
      }
      return reply.substring(2).strip();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(command, interrupted);
    }
  }

  int read(int address) {
    return (int) (long) Long.decode(ask("readl 0x" + Integer.toHexString(address)));
  }

  void write(int address, int value) {
    ask("writel 0x" + Integer.toHexString(address) + " 0x" + Integer.toHexString(value));
  }

  /** Tells every change of this device's outputs from now on; QEMU can do so for one device. */
  void watchOutputs(String device) {
    ask("irq_intercept_out " + device);
  }

  /** Moves an input of a device. */
  void input(String device, int line, boolean high) {
    ask("set_irq_in " + device + " unnamed-gpio-in " + line + " " + (high ? 1 : 0));
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
