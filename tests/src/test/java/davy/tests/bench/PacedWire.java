package davy.tests.bench;

import davy.bridge.sim.SimSlave;
import davy.bridge.sim.SlaveBank;
import davy.hal.Clock;
import davy.hal.SerialSettings;
import davy.hal.posix.Posix;
import davy.hal.posix.Pty;
import davy.hal.signal.Tick;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Slaves behind a pseudo-terminal, every byte at the line's speed, and each reply handed over when
 * its last byte would have come, as an adapter does. Its thread has a higher priority than any
 * master's and spins for the last moment before a reply: what a wire is late is not the master's.
 */
final class PacedWire implements AutoCloseable {

  private static final int PRIORITY = 60;
  private static final long SPIN_NANOS = 60_000;
  private static final long LOOK_NANOS = 50_000_000;

  private final Pty pty = Pty.open();
  private final SlaveBank bank;
  private final Consumer<byte[]> replies;
  private final Thread thread;
  private final byte[] buffer = new byte[256];
  private volatile boolean ended;

  /**
   * @param requests hears each frame of the master as the slaves do
   * @param replies sees what is just about to be handed over
   */
  PacedWire(
      SerialSettings settings,
      List<SimSlave> slaves,
      SlaveBank.Listener requests,
      Consumer<byte[]> replies)
      throws IOException {
    this.bank = new SlaveBank(settings, slaves);
    this.bank.listen(requests);
    this.replies = replies;
    this.thread = Thread.ofPlatform().name("wire").start(this::carry);
  }

  Path path() {
    return pty.path();
  }

  private void carry() {
    Near.raise(PRIORITY);
    try {
      Optional<Tick> due = Optional.empty();
      while (!ended) {
        int count = pty.read(buffer, 0, buffer.length);
        Tick now = Clock.SYSTEM.now();
        if (count > 0) {
          bank.send(buffer, 0, count, now);
          due = bank.nextWhole();
        } else if (due.isPresent() && !now.isBefore(due.get())) {
          handOver(bank.take(now));
          due = bank.nextWhole();
        } else {
          rest(due.map(tick -> tick.nanosSince(now)).orElse(LOOK_NANOS));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void handOver(byte[] said) throws IOException {
    if (said.length > 0) {
      replies.accept(said);
      pty.write(said, 0, said.length);
    }
  }

  private void rest(long nanos) throws IOException {
    if (nanos > SPIN_NANOS) {
      Posix.poll(pty.fd(), Posix.POLLIN, Math.min(nanos - SPIN_NANOS, LOOK_NANOS));
    }
  }

  @Override
  public void close() {
    ended = true;
    try {
      thread.join();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    pty.close();
  }
}
