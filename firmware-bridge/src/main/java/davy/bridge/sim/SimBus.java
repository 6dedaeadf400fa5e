package davy.bridge.sim;

import davy.hal.Clock;
import davy.hal.SerialLine;
import davy.hal.SerialPort;
import davy.hal.signal.Tick;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A serial port with a {@link SlaveBank} at its other end, in simulated time: nothing happens
 * between calls, and {@code await} moves the clock to the next byte or to its end. One thread.
 */
public final class SimBus implements SerialPort {

  private final String name;
  private final SlaveBank bank;
  private final Clock clock;
  private final Consumer<Tick> move;

  private boolean plugged = true;
  private Optional<Line> open = Optional.empty();
  private boolean woken;

  /**
   * @param clock the simulation's clock
   * @param move moves that clock forward to a tick
   */
  public SimBus(String name, SlaveBank bank, Clock clock, Consumer<Tick> move) {
    this.name = name;
    this.bank = bank;
    this.clock = clock;
    this.move = move;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public SerialLine open() throws IOException {
    if (!plugged) {
      throw new IOException(name + ": no such device; plug the adapter in");
    }
    if (open.isPresent()) {
      throw new IOException(name + ": in use; close the other program");
    }
    Line line = new Line();
    open = Optional.of(line);
    return line;
  }

  /** Pulls the adapter out: the open line is lost, and none opens. The slaves know nothing. */
  public void unplug() {
    plugged = false;
    open.ifPresent(line -> line.lost = true);
    open = Optional.empty();
  }

  public void plug() {
    plugged = true;
  }

  /** Noise on the wire from now on, one character for each byte. */
  public void disturb(byte[] noise) {
    bank.disturb(noise, clock.now());
  }

  /** When an open line has news next, for a driver that steps several agents. */
  public Optional<Tick> nextDue() {
    return open.isPresent() ? bank.nextWhole() : Optional.empty();
  }

  private final class Line implements SerialLine {

    private final ByteArrayOutputStream arrived = new ByteArrayOutputStream();
    private boolean lost;

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      present();
      collect();
      if (arrived.size() == 0) {
        return 0;
      }
      byte[] all = arrived.toByteArray();
      int count = Math.min(length, all.length);
      System.arraycopy(all, 0, buffer, offset, count);
      arrived.reset();
      arrived.write(all, count, all.length - count);
      return count;
    }

    @Override
    public int write(byte[] buffer, int offset, int length) throws IOException {
      present();
      bank.send(buffer, offset, length, clock.now());
      return length;
    }

    @Override
    public void discard() throws IOException {
      present();
      collect();
      arrived.reset();
    }

    @Override
    public void await(Tick now, Tick until) {
      while (!woken && !lost) {
        collect();
        Tick at = clock.now();
        if (arrived.size() > 0 || !at.isBefore(until)) {
          break;
        }
        move.accept(bank.nextDue().map(due -> due.earliest(until).latest(at)).orElse(until));
      }
      woken = false;
    }

    @Override
    public void wake() {
      woken = true;
    }

    @Override
    public void close() {
      lost = true;
      open = open.filter(line -> line != this);
    }

    private void collect() {
      arrived.writeBytes(bank.take(clock.now()));
    }

    private void present() throws IOException {
      if (lost) {
        throw new IOException(name + ": the adapter is gone; plug it in again");
      }
    }
  }
}
