package davy.tests.bench;

import davy.hal.SerialLine;
import davy.hal.SerialPort;
import davy.hal.signal.Tick;
import java.io.IOException;

/** A port that stamps each write as it begins. */
record StampedPort(SerialPort port, Stamps stamps) implements SerialPort {

  @Override
  public String name() {
    return port.name();
  }

  @Override
  public SerialLine open() throws IOException {
    return new Line(port.open(), stamps);
  }

  private record Line(SerialLine line, Stamps stamps) implements SerialLine {
    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      return line.read(buffer, offset, length);
    }

    @Override
    public int write(byte[] buffer, int offset, int length) throws IOException {
      stamps.add(System.nanoTime());
      return line.write(buffer, offset, length);
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
