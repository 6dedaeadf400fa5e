package davy.bridge.guard;

import davy.bridge.guard.FromGuard.Question;
import davy.hal.Agent;
import davy.hal.SerialLine;
import davy.hal.SerialPort;
import davy.hal.signal.GuardState;
import davy.hal.signal.Tick;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.tinylog.Logger;

/**
 * The link to the guard: greets it, tells what it says of itself, and answers its questions with
 * the reports of scans.
 *
 * <p>The beat is earned. Each report makes at most one answer, at once or never: one that finds no
 * open question, is older than {@link #REPORT_NANOS}, misses a line in its roll call, or comes
 * before the window is open is dropped and counted. So a silent scan thread is a silent line, and
 * the guard's relays fall within {@code closeMillis} of its last question.
 *
 * <p>One thread owns the line; {@link #report}, {@link #image} and {@link #wake} are for any.
 */
public final class Guard implements Agent {

  /** Without a status for so long the guard is LOST; it tells one ten times a second. */
  public static final long LOST_NANOS = 300_000_000L;

  /** A report older than this answers nothing: its scan may be the last one. */
  static final long REPORT_NANOS = 25_000_000L;

  /** Stay so far behind the opening of the window. */
  private static final long EARLY_MARGIN_NANOS = 5_000_000L;

  private static final long REOPEN_NANOS = 500_000_000L;
  private static final long GREET_NANOS = 500_000_000L;
  private static final long WRITE_RETRY_NANOS = 1_000_000L;

  /** Bytes taken from the driver in one duty at most. */
  private static final int STEP_BYTES = 1024;

  private final SerialPort port;
  private final Runnable changed;
  private final GuardMemory memory = new GuardMemory();
  private final GuardFramer framer = new GuardFramer();
  private final byte[] chunk = new byte[128];
  private final AtomicReference<Optional<ScanReport>> reported =
      new AtomicReference<>(Optional.empty());

  private volatile GuardImage image = memory.image(new Tick(0), 0);
  private volatile Optional<SerialLine> line = Optional.empty();
  private volatile Optional<Thread> waiting = Optional.empty();
  private volatile boolean woken;

  private Optional<Tick> reopenAt = Optional.empty();
  private Optional<Tick> greetedAt = Optional.empty();
  private byte[] sending = new byte[0];
  private int sent;
  private int sequence;

  /**
   * @param changed called on the link's thread after the guard's state changed; must not block
   */
  public Guard(SerialPort port, Runnable changed) {
    this.port = port;
    this.changed = changed;
  }

  /** What is known of the guard; any thread. LOST until it was heard. */
  public GuardImage image() {
    return image;
  }

  /** Hands over what a complete periodic scan found. Never blocks; any thread. */
  public void report(ScanReport report) {
    reported.set(Optional.of(report));
    wake();
  }

  @Override
  public String name() {
    return "guard";
  }

  @Override
  public Tick work(Tick now) {
    if (line.isEmpty() && !open(now)) {
      reported.set(Optional.empty());
      publish(now);
      return reopenAt.orElse(now);
    }
    try {
      receive(line.orElseThrow(), now);
      greet(now);
      answer(now);
      boolean all = flush(line.orElseThrow());
      publish(now);
      Tick next = memory.heardUntil(now).earliest(now.plusNanos(GREET_NANOS));
      return all ? next : now.plusNanos(WRITE_RETRY_NANOS);
    } catch (IOException lost) {
      lost(lost.getMessage(), now);
      publish(now);
      return reopenAt.orElse(now);
    }
  }

  private boolean open(Tick now) {
    if (reopenAt.isPresent() && now.isBefore(reopenAt.get())) {
      return false;
    }
    try {
      SerialLine opened = port.open();
      opened.discard();
      line = Optional.of(opened);
      memory.opened();
      sending = new byte[0];
      sent = 0;
      Logger.info("guard: port {} is open", port.name());
      return true;
    } catch (IOException refused) {
      lost(refused.getMessage(), now);
      return false;
    }
  }

  private void lost(String why, Tick now) {
    line.ifPresent(SerialLine::close);
    line = Optional.empty();
    if (memory.lost(why)) {
      Logger.warn("guard: {}", why);
    }
    reopenAt = Optional.of(now.plusNanos(REOPEN_NANOS));
  }

  private void receive(SerialLine open, Tick now) throws IOException {
    take(now);
    for (int taken = 0; taken < STEP_BYTES; ) {
      int count = open.read(chunk, 0, Math.min(chunk.length, framer.room()));
      if (count == 0) {
        return;
      }
      taken += count;
      framer.add(chunk, 0, count, now);
      take(now);
    }
  }

  private void take(Tick now) {
    for (Optional<GuardFrame> frame = framer.next(now);
        frame.isPresent();
        frame = framer.next(now)) {
      memory.heard(frame.get(), now);
    }
  }

  /** Says hello until the guard has introduced itself, and again after it was reset. */
  private void greet(Tick now) {
    boolean due = greetedAt.isEmpty() || now.nanosSince(greetedAt.get()) >= GREET_NANOS;
    if (memory.ungreeted() && due && sending.length == sent) {
      greetedAt = Optional.of(now);
      send(GuardFrame.hello(sequence++ & 0xFF));
    }
  }

  private void answer(Tick now) {
    Optional<ScanReport> report = reported.getAndSet(Optional.empty());
    if (report.isEmpty()) {
      return;
    }
    Optional<Question> question = report.flatMap(told -> answerable(told, now));
    if (question.isEmpty() || sending.length != sent) {
      memory.skipped();
      return;
    }
    Beat beat = Beat.of(question.get(), report.get());
    send(new GuardFrame(GuardFrame.ANSWER, sequence++ & 0xFF, beat.payload()));
    memory.answered();
  }

  private Optional<Question> answerable(ScanReport report, Tick now) {
    boolean fresh = now.nanosSince(report.at()) <= REPORT_NANOS;
    return fresh && report.rollCall() ? memory.question(now, EARLY_MARGIN_NANOS) : Optional.empty();
  }

  private void send(GuardFrame frame) {
    sending = frame.bytes();
    sent = 0;
  }

  private boolean flush(SerialLine open) throws IOException {
    if (sent < sending.length) {
      sent += open.write(sending, sent, sending.length - sent);
    }
    return sent == sending.length;
  }

  private void publish(Tick now) {
    GuardState before = image.state();
    image = memory.image(now, framer.bad());
    if (image.state() != before) {
      Logger.info("guard: {} {}", image.state(), image.trouble());
      changed.run();
    }
  }

  /** Waits on the line; without one, on the thread, in real time. */
  @Override
  public void await(Tick now, Tick until) {
    Optional<SerialLine> open = line;
    if (open.isPresent()) {
      open.get().await(now, until);
      return;
    }
    waiting = Optional.of(Thread.currentThread());
    if (!woken) {
      LockSupport.parkNanos(this, until.nanosSince(now));
    }
    waiting = Optional.empty();
    woken = false;
  }

  @Override
  public void wake() {
    woken = true;
    line.ifPresent(SerialLine::wake);
    waiting.ifPresent(LockSupport::unpark);
  }

  @Override
  public void close() {
    line.ifPresent(SerialLine::close);
    line = Optional.empty();
  }
}
