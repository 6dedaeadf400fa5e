package davy.bridge.modbus;

import davy.hal.Agent;
import davy.hal.SerialLine;
import davy.hal.SerialPort;
import davy.hal.measure.Durations;
import davy.hal.signal.Permit;
import davy.hal.signal.Reading;
import davy.hal.signal.Tick;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.tinylog.Logger;

/**
 * Polls the slaves of one line and writes its coils, in the order of {@link LineSchedule}, one
 * {@link RtuMaster} transaction at a time.
 *
 * <p>A port that cannot be opened or is lost is tried again every half second; meanwhile readings
 * get old and the image says why. Levels older than {@link #LEVEL_NANOS} count as WITHHELD, so that
 * a plain coil falls off when the scans stop; one that keeps stays as it was (S7).
 */
public final class BusPoller implements Agent {

  /** An image is never older than this, however seldom the line is polled. */
  public static final long PRESENT_NANOS = 100_000_000L;

  /** A level from a scan older than this is not written any more: WITHHELD is. */
  public static final long LEVEL_NANOS = 2_000_000_000L;

  private static final long REOPEN_NANOS = 500_000_000L;

  private final LinePlan plan;
  private final SerialPort port;
  private final Runnable published;
  private final FrameTap tap;
  private final List<LinePlan.CoilPlan> coils;
  private final List<Permit> withheld;

  private volatile LineImage image;
  private volatile Optional<Wish> wish = Optional.empty();
  private volatile Optional<SerialLine> line = Optional.empty();
  private volatile Optional<Thread> waiting = Optional.empty();
  private volatile boolean woken;

  private Optional<LineSchedule> scheduled = Optional.empty();
  private Optional<RtuMaster> master = Optional.empty();
  private Optional<Job> job = Optional.empty();
  private boolean told;
  private String lost = "not opened yet";
  private Optional<Tick> reopenAt = Optional.empty();
  private long transactions;
  private final Durations times = new Durations();
  private volatile boolean measuresAnew;
  private Tick began = new Tick(0);

  /** What the latest scan wants. */
  private record Wish(List<Permit> levels, Tick scan) {}

  /**
   * @param published called on the line's thread after an image with a new interlock reading, coil
   *     level or read-back was published; must not block
   */
  public BusPoller(LinePlan plan, SerialPort port, Runnable published) {
    this(plan, port, published, FrameTap.NONE);
  }

  /**
   * @param tap sees every byte of the line
   */
  public BusPoller(LinePlan plan, SerialPort port, Runnable published, FrameTap tap) {
    this.plan = plan;
    this.port = port;
    this.published = published;
    this.tap = tap;
    this.coils = plan.slaves().stream().flatMap(slave -> slave.coils().stream()).toList();
    this.withheld = Collections.nCopies(coils.size(), Permit.WITHHELD);
    this.image = image(new LineSchedule(plan, (_, now) -> now, new Tick(0)), new Tick(0));
  }

  /** The latest image; any thread. */
  public LineImage image() {
    return image;
  }

  /**
   * Hands over the level of every coil in use, in plan order. Called by each scan, any thread. A
   * change is written ahead of every poll; an unchanged level again in every round. A granted pulse
   * is refreshed only while {@code scan} is younger than two scan periods.
   */
  public void drive(List<Permit> levels, Tick scan) {
    if (levels.size() != withheld.size()) {
      throw new IllegalArgumentException(levels.size() + " levels for " + withheld.size());
    }
    Optional<Wish> before = wish;
    wish = Optional.of(new Wish(List.copyOf(levels), scan));
    if (before.isEmpty() || !before.get().levels().equals(levels)) {
      wake();
    }
  }

  @Override
  public String name() {
    return plan.name();
  }

  @Override
  public Tick work(Tick now) {
    Tick next = step(now);
    if (now.nanosSince(image.at()) >= PRESENT_NANOS) {
      image = image.seen(now);
    }
    return next.earliest(now.plusNanos(PRESENT_NANOS));
  }

  private Tick step(Tick now) {
    LineSchedule schedule = scheduled.isPresent() ? scheduled.get() : schedule(now);
    if (master.isEmpty() || line.isEmpty()) {
      if (reopenAt.isPresent() && now.isBefore(reopenAt.get())) {
        return reopenAt.get();
      }
      if (!open(schedule, now)) {
        return reopenAt.orElse(now);
      }
    }
    return transact(schedule, master.get(), now);
  }

  private LineSchedule schedule(Tick now) {
    LineSchedule made =
        new LineSchedule(
            plan,
            (request, at) -> master.isPresent() ? master.get().readyAt(request, at) : at,
            now);
    scheduled = Optional.of(made);
    return made;
  }

  private boolean open(LineSchedule schedule, Tick now) {
    try {
      SerialLine opened = port.open();
      opened.discard();
      if (master.isEmpty()) {
        master = Optional.of(new RtuMaster(plan.settings(), opened, tap, now));
      } else {
        master.get().attach(opened, now);
      }
      line = Optional.of(opened);
      lost = "";
      reopenAt = Optional.empty();
      schedule.restart(now);
      Logger.info("{}: port {} is open", plan.name(), port.name());
      image = image(schedule, now);
      return true;
    } catch (IOException refused) {
      portLost(schedule, refused.getMessage(), now);
      return false;
    }
  }

  private void portLost(LineSchedule schedule, String why, Tick now) {
    line.ifPresent(SerialLine::close);
    line = Optional.empty();
    job = Optional.empty();
    if (!lost.equals(why)) {
      Logger.warn("{}: {}", plan.name(), why);
    }
    lost = why;
    reopenAt = Optional.of(now.plusNanos(REOPEN_NANOS));
    image = image(schedule, now);
  }

  /** Steps the transaction under way, and begins the next ones as long as nothing is waited for. */
  private Tick transact(LineSchedule schedule, RtuMaster rtu, Tick now) {
    Tick until = aim(schedule, now);
    while (true) {
      RtuMaster.Progress progress = rtu.work(now);
      tellSent(schedule, rtu);
      Optional<Integer> unit = rtu.takeSharedUnit();
      if (unit.isPresent()) {
        shared(schedule, unit.get(), now);
      }
      switch (progress) {
        case RtuMaster.Progress.Done(Outcome.Lost(String why)) -> {
          ended(schedule, new Outcome.Lost(why), now);
          portLost(schedule, why, now);
          return reopenAt.orElse(now);
        }
        case RtuMaster.Progress.Done(Outcome outcome) -> ended(schedule, outcome, now);
        case RtuMaster.Progress.Pending(Tick next) when !rtu.idle() -> {
          return next;
        }
        case RtuMaster.Progress.Pending _ -> {}
      }
      if (!rtu.idle()) {
        continue;
      }
      Optional<Job> next = schedule.next(now);
      if (next.isEmpty()) {
        return until.earliest(schedule.nextAt());
      }
      begin(schedule, rtu, next.get(), now);
    }
  }

  private void begin(LineSchedule schedule, RtuMaster rtu, Job next, Tick now) {
    job = Optional.of(next);
    began = now;
    told = false;
    schedule.begun(next, now);
    boolean listen = schedule.listens(next, now);
    rtu.begin(schedule.request(next), schedule.plan(next).map().timing(), listen, now);
  }

  private void shared(LineSchedule schedule, int unit, Tick now) {
    if (schedule.shared(unit, now)) {
      Logger.warn(
          "{}: address {} answered twice: look for a second device with it, and for a map that"
              + " declares too short a turn-around",
          plan.name(),
          unit);
    }
    image = image(schedule, now);
    published.run();
  }

  private void tellSent(LineSchedule schedule, RtuMaster rtu) {
    if (!told && job.isPresent() && rtu.sentAt().isPresent()) {
      told = true;
      schedule.sent(job.get(), rtu.sentAt().get());
    }
  }

  private void ended(LineSchedule schedule, Outcome outcome, Tick now) {
    if (job.isEmpty()) {
      return;
    }
    transactions++;
    times.add(now.nanosSince(began), now);
    if (measuresAnew) {
      measuresAnew = false;
      schedule.slaves().forEach(SlaveState::measureAnew);
    }
    boolean news = schedule.ended(job.get(), outcome, now);
    job = Optional.empty();
    image = image(schedule, now);
    if (news) {
      published.run();
    }
  }

  /** Hands the schedule what the coils are to be; gives the tick at which that changes by age. */
  private Tick aim(LineSchedule schedule, Tick now) {
    Optional<Wish> latest = wish;
    if (latest.isEmpty()) {
      schedule.aim(withheld, false);
      return now.plusNanos(LEVEL_NANOS);
    }
    Tick scan = latest.get().scan();
    Tick levelsEnd = scan.plusNanos(LEVEL_NANOS);
    Tick pulsesEnd = scan.plusMillis(2L * plan.scanMillis());
    boolean valid = now.isBefore(levelsEnd);
    List<Permit> levels = latest.get().levels();
    schedule.aim(valid ? levels : withoutScans(levels), valid && now.isBefore(pulsesEnd));
    return valid ? levelsEnd : now.plusNanos(LEVEL_NANOS);
  }

  /** What the coils are to be when no scan says so any more. */
  public List<Permit> withoutScans(List<Permit> last) {
    List<Permit> levels = new ArrayList<>(withheld);
    for (int coil = 0; coil < coils.size(); coil++) {
      if (coils.get(coil).keeps()) {
        levels.set(coil, last.get(coil));
      }
    }
    return levels;
  }

  private LineImage image(LineSchedule schedule, Tick now) {
    List<Reading> readings = new ArrayList<>();
    List<LineImage.SlaveHealth> health = new ArrayList<>(schedule.slaves().size());
    for (SlaveState slave : schedule.slaves()) {
      readings.addAll(slave.readings());
      health.add(slave.health());
    }
    List<LineImage.CoilImage> contacts = new ArrayList<>(schedule.coils().size());
    for (CoilState coil : schedule.coils()) {
      contacts.add(coil.image());
    }
    return new LineImage(now, lost, readings, contacts, health, transactions, times.spread());
  }

  /** Percentiles count from now on; any thread. */
  public void measureAnew() {
    times.startAnew();
    measuresAnew = true;
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
