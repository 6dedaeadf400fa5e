package davy.tests.bench;

import davy.hal.SerialLine;
import davy.hal.SerialPort;
import davy.hal.signal.Tick;
import java.io.IOException;

/** A port that tells of each write when it began and returned. */
record StampedPort(SerialPort port, Writes writes) implements SerialPort {

  /** Called on the thread that wrote. */
  @FunctionalInterface
  interface Writes {
    void wrote(byte[] buffer, int offset, long beganNanos, long endedNanos);
  }

  @Override
  public String name() {
    return port.name();
  }

  @Override
  public SerialLine open() throws IOException {
    return new Line(port.open(), writes);
  }

  private record Line(SerialLine line, Writes writes) implements SerialLine {
    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      return line.read(buffer, offset, length);
    }

    @Override
    public int write(byte[] buffer, int offset, int length) throws IOException {
      long began = System.nanoTime();
      int count = line.write(buffer, offset, length);
      writes.wrote(buffer, offset, began, System.nanoTime());
      return count;
    }

    @Override
    public void discard() throws IOException {
      line.discard();
    }

    @Override
    public void await(Tick now, Tick until) {
      line.await(now, until);
    }

    @Override
    public void wake() {
      line.wake();
    }

    @Override
    public void close() {
      line.close();
    }
  }
}
