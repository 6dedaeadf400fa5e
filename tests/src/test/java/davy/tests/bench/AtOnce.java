package davy.tests.bench;

import com.ghgande.j2mod.modbus.util.ModbusUtil;
import davy.hal.posix.Posix;
import davy.hal.posix.Pty;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Slave 1 behind a pseudo-terminal, which answers any request with ten registers at once: no byte
 * takes any time. What the slave itself takes is told by its own stamps.
 */
final class AtOnce implements AutoCloseable {

  private static final int PRIORITY = 60;
  private static final long LOOK_NANOS = 50_000_000;

  /**
   * @param heard when the request had been read
   * @param said when the reply was about to be written
   */
  record Answer(long heard, long said) {
    long nanos() {
      return said - heard;
    }
  }

  private final Pty pty = Pty.open();
  private final byte[] reply = reply();
  private final List<Answer> answers = new ArrayList<>();
  private final Thread thread;
  private final byte[] buffer = new byte[256];
  private volatile boolean ended;

  AtOnce() throws IOException {
    this.thread = Thread.ofPlatform().name("at-once").start(this::serve);
  }

  Path path() {
    return pty.path();
  }

  private void serve() {
    Near.raise(PRIORITY);
    try {
      while (!ended) {
        Posix.poll(pty.fd(), Posix.POLLIN, LOOK_NANOS);
        int count = pty.read(buffer, 0, buffer.length);
        if (count > 0) {
          long heard = System.nanoTime();
          answers.add(new Answer(heard, System.nanoTime()));
          pty.write(reply, 0, reply.length);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] reply() {
    byte[] frame = new byte[5 + 2 * WireTime.REGISTERS];
    frame[0] = 1;
    frame[1] = 3;
    frame[2] = 2 * WireTime.REGISTERS;
    frame[4] = 40;
    frame[6] = 1;
    int[] check = ModbusUtil.calculateCRC(frame, 0, frame.length - 2);
    frame[frame.length - 2] = (byte) check[0];
    frame[frame.length - 1] = (byte) check[1];
    return frame;
  }

  /** Every answer so far, oldest first; it answers no more. */
  List<Answer> end() {
    ended = true;
    try {
      thread.join();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    return answers;
  }

  @Override
  public void close() {
    end();
    pty.close();
  }
}
