package davy.tests.kernel;

import davy.bridge.sim.SimDevice;
import davy.bridge.sim.SimFault;
import davy.bridge.sim.SimSlave;
import davy.bridge.sim.SlaveBank;
import davy.hal.SerialSettings;
import davy.hal.signal.Tick;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.locks.LockSupport;

/**
 * A simulated Modbus slave at the far end of an emulated UART, with a thread of its own. Its bytes
 * go out one by one at the line's speed. Silence between the master's bytes means nothing here, for
 * QEMU does not keep it: a request is eight bytes, and what is left of one is dropped after a
 * while.
 */
final class SlaveOnSocket implements SimDevice {

  private static final int REQUEST_BYTES = 8;
  private static final int TURNAROUND_MICROS = 5_000;
  private static final long STALE_NANOS = 1_000_000_000L;

  private final SocketChannel socket;
  private final SimSlave slave = new SimSlave(Guest.UNIT, this, TURNAROUND_MICROS);
  private final SlaveBank bank;
  private final List<String> served = new ArrayList<>();
  private int counter;

  SlaveOnSocket(SocketChannel socket) {
    this.socket = socket;
    this.bank =
        new SlaveBank(new SerialSettings(19_200, SerialSettings.Format.F8E1), List.of(slave));
    Thread.ofPlatform().daemon().name("slave").start(this::serve);
  }

  /** Spoils the next answer. */
  synchronized void faultOnce(String fault) {
    slave.faultOnce(
        switch (fault) {
          case "crc" -> new SimFault.WrongCrc();
          case "garbage" -> new SimFault.Garbage(3);
          case "truncated" -> new SimFault.Truncated(5);
          case "silent" -> SimFault.SILENT;
          case "refusal" -> new SimFault.Refusal(2);
          default -> throw new IllegalArgumentException(fault);
        });
  }

  /** Whole requests that meant this slave. */
  synchronized long requests() {
    return slave.requests();
  }

  /** The registers of every answer that was made, spoilt ones too, in order. */
  synchronized List<String> served() {
    return List.copyOf(served);
  }

  /** No register ever shows a number twice. */
  @Override
  public OptionalInt holding(int address, Tick now) {
    counter++;
    if (address == 0) {
      served.add(Integer.toString(counter));
    } else {
      served.set(served.size() - 1, served.getLast() + " " + counter);
    }
    return OptionalInt.of(counter);
  }

  private void serve() {
    byte[] request = new byte[REQUEST_BYTES];
    ByteBuffer buffer = ByteBuffer.allocate(1);
    int count = 0;
    long last = System.nanoTime();
    try {
      while (socket.read(buffer.clear()) > 0) {
        count = System.nanoTime() - last > STALE_NANOS ? 0 : count;
        last = System.nanoTime();
        request[count] = buffer.get(0);
        count++;
        if (count == REQUEST_BYTES) {
          count = 0;
          answer(request);
        }
      }
    } catch (IOException _) {
      // QEMU has ended.
    }
  }

  private void answer(byte[] request) throws IOException {
    Optional<Tick> due = hear(request);
    while (due.isPresent()) {
      long left = due.get().nanosSince(now());
      while (left > 0) {
        LockSupport.parkNanos(left);
        left = due.get().nanosSince(now());
      }
      byte[] said;
      synchronized (this) {
        said = bank.take(now());
        due = bank.nextDue();
      }
      socket.write(ByteBuffer.wrap(said));
    }
  }

  private synchronized Optional<Tick> hear(byte[] request) {
    bank.send(Arrays.copyOf(request, REQUEST_BYTES), 0, REQUEST_BYTES, now());
    return bank.nextDue();
  }

  private static Tick now() {
    return new Tick(System.nanoTime());
  }
}
