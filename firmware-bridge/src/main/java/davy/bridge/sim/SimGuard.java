package davy.bridge.sim;

import davy.bridge.guard.GuardCause;
import davy.hal.Clock;
import davy.hal.SerialLine;
import davy.hal.SerialPort;
import davy.hal.signal.Tick;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * A guard at the far end of a serial line, with its two master relays in series, in simulated time.
 * The near end is the {@link SerialPort} that the link opens; the world's hands are the other
 * methods.
 *
 * <p>Nothing happens between calls: everything that fell due is done, in order of time, at the next
 * call of any method that takes or reads a tick. {@link #nextDue} tells a driver that steps several
 * agents when that is. One thread.
 */
public final class SimGuard implements SerialPort {

  /** From a coil's level to its contact's, pulling in or falling. */
  public static final long RELAY_NANOS = 10_000_000L;

  /** After so long without its main loop its hardware watchdog resets it. */
  public static final long WATCHDOG_NANOS = 250_000_000L;

  private static final int CAPABILITIES = 0x1F;
  private static final int SUPPLY = 3300;
  private static final int TEMPERATURE = 250;
  private static final long MILLI = 1_000_000L;
  private static final long IDLE_NANOS = 1_000_000_000L;

  /** One character at 115200 baud. */
  private static final long BYTE_NANOS = 86_806L;

  /** What the host's driver keeps for a program that does not read. */
  private static final int DRIVER_CHUNKS = 100;

  /** Bytes on their way, whole when their last one arrives. */
  private record Chunk(byte[] bytes, Tick arrival) {}

  private final String name;
  private final Clock clock;
  private final Consumer<Tick> move;
  private final GuardStore store;
  private final Deque<Chunk> toGuard = new ArrayDeque<>();
  private final Deque<Chunk> toHost = new ArrayDeque<>();

  private Optional<GuardModel> model = Optional.empty();
  private Tick done;
  private Tick ran;
  private int entropy;
  private Optional<Tick> frozenSince = Optional.empty();
  private boolean coil;
  private Tick coilChanged;
  private boolean welded;
  private boolean broken;
  private boolean tripOpen;
  private boolean button;
  private int supply = SUPPLY;
  private UnaryOperator<byte[]> noiseToGuard = UnaryOperator.identity();
  private UnaryOperator<byte[]> noiseToHost = UnaryOperator.identity();

  private boolean plugged = true;
  private Optional<Line> open = Optional.empty();
  private boolean woken;

  /**
   * Powered up, contacts at rest.
   *
   * @param siteDigest the one it was taught; 0 none
   * @param move moves the clock forward to a tick
   */
  public SimGuard(String name, long siteDigest, Clock clock, Consumer<Tick> move) {
    this.name = name;
    this.clock = clock;
    this.move = move;
    this.store = new GuardStore(siteDigest);
    this.done = clock.now();
    this.ran = done;
    this.coilChanged = done.plusNanos(-RELAY_NANOS);
    reset(GuardCause.POWER_UP);
  }

  /** Whether both master relays are closed, so that the zones' relays have coil supply. */
  public boolean energised(Tick now) {
    advance(now);
    return contactsClosed(now);
  }

  private boolean contactsClosed(Tick now) {
    boolean settled = now.nanosSince(coilChanged) >= RELAY_NANOS;
    return welded || !broken && (settled ? coil : !coil);
  }

  /** A reset of the processor, for this cause; without effect while it has no power. */
  public void reset(GuardCause cause) {
    advance(clock.now());
    boot(cause, done);
  }

  private void boot(GuardCause cause, Tick at) {
    toGuard.clear();
    frozenSince = Optional.empty();
    model =
        Optional.of(new GuardModel(cause, CAPABILITIES, store, entropy += 0x9E3779B9, millis(at)));
    run(at);
  }

  /** Its supply goes; its relays fall, what it stored stays. */
  public void powerOff() {
    advance(clock.now());
    model = Optional.empty();
    toGuard.clear();
    drive(false, done);
  }

  /** Its main loop stands still, with the output as it is, until the hardware watchdog bites. */
  public void freeze() {
    advance(clock.now());
    frozenSince = Optional.of(done);
  }

  /** The hard-wired loop. */
  public void tripLoop(boolean opened) {
    advance(clock.now());
    tripOpen = opened;
    run(done);
  }

  /** Its own button: 50 ms to 3 s release the hard-wired trip; held 3 s it teaches the digest. */
  public void button(boolean pressed) {
    advance(clock.now());
    button = pressed;
    run(done);
  }

  public void supplyMillivolts(int millivolts) {
    advance(clock.now());
    supply = millivolts;
    run(done);
  }

  /** Both contacts weld (true) or are replaced. */
  public void weld(boolean stuck) {
    advance(clock.now());
    welded = stuck;
    run(done);
  }

  /** A coil wire breaks (true) or is mended. */
  public void breakCoil(boolean open) {
    advance(clock.now());
    broken = open;
    run(done);
  }

  /** What the wire makes of bytes on their way to the guard and to the host. */
  public void disturb(UnaryOperator<byte[]> towardsGuard, UnaryOperator<byte[]> towardsHost) {
    noiseToGuard = towardsGuard;
    noiseToHost = towardsHost;
  }

  /** Pulls the adapter out: the open line is lost, and none opens. */
  public void unplug() {
    advance(clock.now());
    plugged = false;
    open.ifPresent(Line::close);
  }

  public void plug() {
    plugged = true;
  }

  /** When something happens next by itself. */
  public Tick nextDue() {
    Tick due = ownDue();
    return toHost.isEmpty() ? due : due.earliest(toHost.peek().arrival().latest(done));
  }

  /** When something happens next at the guard's end. */
  private Tick ownDue() {
    if (frozenSince.isPresent()) {
      return frozenSince.get().plusNanos(WATCHDOG_NANOS);
    }
    if (model.isEmpty()) {
      return done.plusNanos(IDLE_NANOS);
    }
    Tick due = new Tick((ran.nanos() / MILLI + model.get().idleMillis()) * MILLI);
    due = toGuard.isEmpty() ? due : due.earliest(toGuard.peek().arrival());
    Tick settled = coilChanged.plusNanos(RELAY_NANOS);
    return done.isBefore(settled) ? due.earliest(settled) : due;
  }

  /** Does all that is due until {@code now}, in order. */
  private void advance(Tick now) {
    for (Tick due = ownDue(); !now.isBefore(due); due = ownDue()) {
      step(due);
    }
    done = done.latest(now);
  }

  private void step(Tick due) {
    done = done.latest(due);
    if (frozenSince.isPresent()) {
      drive(false, done);
      boot(GuardCause.WATCHDOG, done);
      return;
    }
    while (model.isPresent() && !toGuard.isEmpty() && !done.isBefore(toGuard.peek().arrival())) {
      model.get().receive(toGuard.remove().bytes(), millis(done));
    }
    run(done);
  }

  private void run(Tick at) {
    if (model.isEmpty() || frozenSince.isPresent()) {
      return;
    }
    ran = at;
    GuardModel core = model.get();
    boolean fallen = !contactsClosed(at);
    core.run(new GuardModel.Contacts(tripOpen, button, fallen, supply, TEMPERATURE), millis(at));
    drive(core.armed(), at);
    byte[] sent = core.sent();
    if (sent.length > 0 && open.isPresent() && toHost.size() < DRIVER_CHUNKS) {
      put(toHost, noiseToHost.apply(sent), at);
    }
  }

  private void drive(boolean level, Tick at) {
    if (coil != level) {
      coil = level;
      coilChanged = at;
    }
  }

  private static void put(Deque<Chunk> wire, byte[] bytes, Tick at) {
    Tick free = wire.isEmpty() ? at : wire.peekLast().arrival().latest(at);
    wire.add(new Chunk(bytes, free.plusNanos(bytes.length * BYTE_NANOS)));
  }

  private static int millis(Tick at) {
    return (int) (at.nanos() / MILLI);
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
      advance(clock.now());
      byte[] bytes = new byte[length];
      System.arraycopy(buffer, offset, bytes, 0, length);
      put(toGuard, noiseToGuard.apply(bytes), clock.now());
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
        move.accept(nextDue().earliest(until).latest(at));
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
      toHost.clear();
    }

    private void collect() {
      Tick now = clock.now();
      advance(now);
      while (!toHost.isEmpty() && !now.isBefore(toHost.peek().arrival())) {
        arrived.writeBytes(toHost.remove().bytes());
      }
    }

    private void present() throws IOException {
      if (lost) {
        throw new IOException(name + ": the adapter is gone; plug it in again");
      }
    }
  }
}
