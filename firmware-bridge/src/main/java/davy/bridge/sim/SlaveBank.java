package davy.bridge.sim;

import davy.hal.SerialSettings;
import davy.hal.signal.Tick;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An RS-485 line with slaves on it, pure: the master's bytes in at a tick, the slaves' bytes out at
 * the ticks at which they are complete at the master.
 *
 * <p>Every byte takes its time at the line's baud. A frame ends with a silence of 3.5 characters;
 * what is sent sooner than that after anything else on the line is heard as part of it and answered
 * by nobody. Bytes of two senders that overlap spoil each other, so a late reply, a duplicate
 * address or noise does to a frame what it does on copper. The master does not hear itself.
 *
 * <p>Driven by {@link SimBus} in simulated time, or by a pump behind a pseudo-terminal: hand over
 * what the master wrote, wake at {@link #nextDue}, write out what {@link #take} gives.
 */
public final class SlaveBank {

  private enum Sender {
    MASTER,
    SLAVE,
    NOISE
  }

  /** One byte on the wire; its place and sender stay, its value may be spoilt. */
  private static final class Octet {
    final Tick end;
    final Sender sender;
    int value;
    boolean heard;
    boolean taken;

    Octet(Tick end, Sender sender, int value) {
      this.end = end;
      this.sender = sender;
      this.value = value;
      this.taken = sender == Sender.MASTER;
    }

    boolean done() {
      return heard && taken;
    }
  }

  /** Hears every frame that slaves hear from the master, whole or not, as it ends. */
  @FunctionalInterface
  public interface Listener {

    /**
     * @param lastByte when the last byte of the frame had arrived
     */
    void heard(byte[] frame, Tick lastByte);
  }

  private static final byte[] NOTHING = {};

  private final List<SimSlave> slaves;
  private final long character;
  private final long silence;
  private final List<Octet> wire = new ArrayList<>();
  private final ByteArrayOutputStream frame = new ByteArrayOutputStream();

  private Tick lastHeard = new Tick(0);
  private Tick masterFree = new Tick(Long.MIN_VALUE / 2);
  private boolean foreign;
  private Listener listener = (_, _) -> {};
  private Optional<BadWire> harm = Optional.empty();

  public SlaveBank(SerialSettings settings, List<SimSlave> slaves) {
    this.slaves = List.copyOf(slaves);
    this.character = settings.characterNanos();
    this.silence = settings.silenceNanos();
  }

  public void listen(Listener to) {
    listener = to;
  }

  /** From now on the wire is as bad as that; empty for a good one. */
  public void harm(Optional<BadWire> wire) {
    harm = wire;
  }

  /** The master hands these bytes to its sender at this tick; they go out behind what it sends. */
  public void send(byte[] bytes, int offset, int length, Tick now) {
    work(now);
    Tick at = masterFree.latest(now);
    for (int i = 0; i < length; i++) {
      at = at.plusNanos(character);
      put(new Octet(at, Sender.MASTER, bytes[offset + i] & 0xFF));
    }
    masterFree = at;
  }

  /** Noise on the line, as bytes: heard by all, and spoiling what it falls upon. */
  public void disturb(byte[] noise, Tick now) {
    work(now);
    Tick at = now;
    for (byte value : noise) {
      at = at.plusNanos(character);
      put(new Octet(at, Sender.NOISE, value & 0xFF));
    }
  }

  /** When something happens next on the line: call {@link #take} then; empty while it is silent. */
  public Optional<Tick> nextDue() {
    Optional<Octet> octet = wire.stream().filter(o -> !o.done()).findFirst();
    return earlier(octet.map(o -> o.end), frameEnd());
  }

  /**
   * When something is whole on the line next: the end of a run of bytes without a gap, or of the
   * silence behind a frame. For a driver that need not see every byte come.
   */
  public Optional<Tick> nextWhole() {
    return earlier(runEnd(), frameEnd());
  }

  private static Optional<Tick> earlier(Optional<Tick> one, Optional<Tick> other) {
    return one.isPresent() && other.isPresent()
        ? other.map(one.get()::earliest)
        : one.or(() -> other);
  }

  private Optional<Tick> runEnd() {
    Optional<Tick> last = Optional.empty();
    for (Octet octet : wire) {
      if (!octet.done()) {
        if (last.isPresent() && octet.end.nanosSince(last.get()) > character) {
          return last;
        }
        last = Optional.of(octet.end);
      }
    }
    return last;
  }

  /** The bytes that are complete at the master by now and were not taken before. */
  public byte[] take(Tick now) {
    work(now);
    harm.ifPresent(wire -> disturb(wire.noise(now), now));
    if (wire.isEmpty() || now.isBefore(wire.getFirst().end)) {
      return NOTHING;
    }
    ByteArrayOutputStream arrived = new ByteArrayOutputStream();
    for (Octet octet : wire) {
      if (!octet.taken && !now.isBefore(octet.end)) {
        octet.taken = true;
        arrived.write(octet.value);
      }
    }
    wire.removeIf(Octet::done);
    return arrived.toByteArray();
  }

  /** Lets the slaves hear and answer all that happened until now, in its order. */
  private void work(Tick now) {
    while (true) {
      Optional<Octet> octet = nextUnheard();
      Optional<Tick> end = frameEnd();
      if (end.isPresent() && octet.map(o -> end.get().isBefore(o.end)).orElse(true)) {
        if (now.isBefore(end.get())) {
          return;
        }
        dispatch(end.get());
      } else if (octet.isPresent() && !now.isBefore(octet.get().end)) {
        hear(octet.get());
      } else {
        return;
      }
    }
  }

  private Optional<Octet> nextUnheard() {
    for (Octet octet : wire) {
      if (!octet.heard) {
        return Optional.of(octet);
      }
    }
    return Optional.empty();
  }

  private void hear(Octet octet) {
    octet.heard = true;
    lastHeard = octet.end;
    foreign |= octet.sender == Sender.SLAVE;
    frame.write(octet.value);
  }

  private Optional<Tick> frameEnd() {
    return frame.size() == 0 ? Optional.empty() : Optional.of(lastHeard.plusNanos(silence));
  }

  private void dispatch(Tick end) {
    byte[] whole = frame.toByteArray();
    frame.reset();
    boolean fromMaster = !foreign;
    foreign = false;
    if (!fromMaster) {
      return;
    }
    listener.heard(whole, lastHeard);
    if (!Crc16.holds(whole)) {
      return;
    }
    for (SimSlave slave : slaves) {
      slave
          .hear(whole, end)
          .ifPresent(
              answer ->
                  carry(
                      whole, answer.frame(), lastHeard.plusNanos(answer.delayNanos()).latest(end)));
    }
  }

  private void carry(byte[] request, byte[] right, Tick start) {
    harm.map(wire -> wire.carry(request, right))
        .orElseGet(() -> List.of(new WireFault.Piece(right, 0)))
        .forEach(piece -> answer(piece.bytes(), start.plusNanos(piece.afterNanos())));
  }

  private void answer(byte[] bytes, Tick start) {
    Tick at = start;
    for (byte value : bytes) {
      at = at.plusNanos(character);
      put(new Octet(at, Sender.SLAVE, value & 0xFF));
    }
  }

  /** Puts a byte in its place in time and spoils what it overlaps. */
  private void put(Octet added) {
    int place = wire.size();
    while (place > 0 && added.end.isBefore(wire.get(place - 1).end)) {
      place--;
    }
    wire.add(place, added);
    for (Octet other : wire) {
      long apart = Math.abs(other.end.nanosSince(added.end));
      if (other != added && !other.done() && apart < character) {
        int spoilt = apart == 0 ? other.value & added.value : (other.value ^ added.value) & 0x5A;
        other.value = spoilt;
        added.value = spoilt;
      }
    }
  }
}
