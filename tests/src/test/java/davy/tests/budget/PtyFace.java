package davy.tests.budget;

import davy.bridge.sim.SlaveBank;
import davy.controller.config.Site;
import davy.hal.Clock;
import davy.hal.posix.Pty;
import davy.hal.signal.Feed;
import davy.hal.signal.Tick;
import davy.tests.sim.SimFace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * The far side of a site's wires on pseudo-terminals, in real time: one thread gives every byte its
 * time at the line's baud and moves relays and breakers. What others want of it is a wish, done on
 * that thread; its stamps are what a measurement goes by.
 */
final class PtyFace implements AutoCloseable {

  private static final long STEP_NANOS = 1_000_000L;

  private final Clock clock = Clock.SYSTEM;
  private final SimFace face;
  private final List<Wire> wires = new ArrayList<>();
  private final Queue<Consumer<SimFace>> wishes = new ConcurrentLinkedQueue<>();
  private final Thread thread;
  private volatile boolean ended;
  private volatile boolean live;
  private volatile Optional<Tick> changed = Optional.empty();
  private volatile Optional<Tick> dead = Optional.empty();

  /** One line: its terminal, its slaves, and what the terminal did not take yet. */
  private static final class Wire {
    private final Pty pty;
    private final SlaveBank bank;
    private final byte[] buffer = new byte[512];
    private byte[] waiting = new byte[0];

    Wire(Pty pty, SlaveBank bank) {
      this.pty = pty;
      this.bank = bank;
    }

    void pump(Tick now) throws IOException {
      int count = pty.read(buffer, 0, buffer.length);
      if (count > 0) {
        bank.send(buffer, 0, count, now);
      }
      byte[] said = bank.take(now);
      int kept = waiting.length;
      waiting = Arrays.copyOf(waiting, kept + said.length);
      System.arraycopy(said, 0, waiting, kept, said.length);
      int written = waiting.length == 0 ? 0 : pty.write(waiting, 0, waiting.length);
      waiting = Arrays.copyOfRange(waiting, written, waiting.length);
    }
  }

  /**
   * @param ptys in the order of the site's lines; closed with this
   */
  PtyFace(Site site, List<Pty> ptys) {
    this.face = new SimFace(site, (_, _, _) -> {});
    face.moveTo(clock.now());
    for (int line = 0; line < ptys.size(); line++) {
      wires.add(new Wire(ptys.get(line), face.banks.get(line)));
    }
    face.breakers
        .getFirst()
        .watch(
            (feed, at) -> {
              live = feed == Feed.LIVE;
              dead = live ? Optional.empty() : Optional.of(at);
            });
    this.thread = Thread.ofPlatform().daemon().name("face").start(this::run);
  }

  private void run() {
    try {
      while (!ended) {
        Tick now = clock.now();
        face.moveTo(now);
        for (Wire wire : wires) {
          wire.pump(now);
        }
        for (Consumer<SimFace> wish = wishes.poll(); wish != null; wish = wishes.poll()) {
          wish.accept(face);
        }
        face.move(now);
        Tick until = face.nextByte().map(now.plusNanos(STEP_NANOS)::earliest).orElse(now);
        long nanos = until.equals(now) ? STEP_NANOS : until.nanosSince(clock.now());
        LockSupport.parkNanos(nanos);
      }
      for (Wire wire : wires) {
        wire.pty.close();
      }
    } catch (IOException lost) {
      throw new UncheckedIOException(lost);
    }
  }

  /** Done on the face's thread, soon. */
  void wish(Consumer<SimFace> what) {
    wishes.add(what);
  }

  /** From now on the head shows this; {@link #changed} is when. */
  void gas(String head, int hundredths) {
    changed = Optional.empty();
    wish(
        world -> {
          world.measure(head, hundredths);
          changed = Optional.of(world.clock.now());
        });
  }

  /** When the register took the latest {@link #gas}; empty until then. */
  Optional<Tick> changed() {
    return changed;
  }

  /** Whether the first zone has power. */
  boolean live() {
    return live;
  }

  /** When the first zone lost its power, by the breaker; empty while it has it. */
  Optional<Tick> dead() {
    return dead;
  }

  @Override
  public void close() {
    ended = true;
    try {
      thread.join();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
