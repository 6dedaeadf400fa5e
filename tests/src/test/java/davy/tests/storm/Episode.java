package davy.tests.storm;

import static davy.tests.sim.SimFace.MILLI;
import static davy.tests.sim.SimFace.SECOND;

import davy.controller.config.Site;
import davy.controller.interlock.Request;
import davy.controller.journal.Chain;
import davy.controller.journal.WallClock;
import davy.hal.signal.Methane;
import davy.hal.signal.Tick;
import davy.tests.sim.SimDisk;
import davy.tests.sim.SimFace;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** One storm from one seed: faults rage for a time, then everything is mended. */
final class Episode {

  /** The world moves at least so often. */
  private static final long STRIDE = 20 * MILLI;

  /** One request in so many asks for something else than a reset. */
  private static final int ODD = 10;

  /** A calibration lasts so long. */
  private static final long GAS = 60 * SECOND;

  /** After the last fault and the time of degassing power is back everywhere within this time. */
  private static final long BACK = 900 * SECOND;

  private final long seed;
  private final SimFace face;
  private final Trace trace;
  private final SimDisk disk = new SimDisk();
  private final SimDisk latchDisk = new SimDisk();
  private final SplittableRandom random;
  private final Weather weather;
  private final Oracle oracle;
  private Optional<Program> program = Optional.empty();
  private List<davy.controller.alarm.Saved> alarms = List.of();
  private long wallMillis;
  private boolean down;
  private long requests;
  private Tick restartAt;

  /**
   * @param nanos of simulated time, the calm behind the storm included
   * @param broken the first promise that was not kept, empty where all were
   * @param trace what happened last
   */
  record Result(
      long seed, long nanos, Oracle.Judged judged, Optional<String> broken, String trace) {}

  Episode(Site site, long seed, boolean loud) {
    this.seed = seed;
    this.trace = new Trace(loud);
    this.random = new SplittableRandom(seed);
    Oracle[] ear = new Oracle[1];
    this.face =
        new SimFace(
            site,
            (_, _, _) -> {},
            (slave, device) ->
                slave.startsWith("head")
                    ? Oracle.spy(slave, device, (s, v, st, at) -> ear[0].said(s, v, st, at))
                    : device);
    this.weather =
        new Weather(face, List.of(disk, latchDisk), new Falling(), trace, random.split());
    this.oracle = new Oracle(face, weather.faults());
    ear[0] = oracle;
    this.restartAt = face.clock.now();
    people();
  }

  Result run(long ragesNanos) {
    Tick began = face.clock.now();
    Optional<String> broken = runFor(ragesNanos, false);
    if (broken.isEmpty()) {
      trace.tell(face.clock.now(), "everything is mended");
      weather.calm();
      people();
      broken = runFor(degassing() + BACK, true);
      if (broken.isEmpty() && !oracle.allLive()) {
        broken = Optional.of("power is not back everywhere after all was mended");
      }
    }
    if (broken.isEmpty()) {
      broken = journal();
    }
    long nanos = face.clock.now().nanosSince(began);
    return new Result(seed, nanos, oracle.judged(), broken, trace.last());
  }

  /** Only after gas was low for so long may a heading be released in which the fan stood (S23). */
  private long degassing() {
    return face.site.plan().fans().stream()
        .mapToLong(fan -> fan.limits().degasNanos())
        .max()
        .orElse(0);
  }

  private Optional<String> runFor(long nanos, boolean untilLive) {
    Tick end = face.clock.now().plusNanos(nanos);
    while (face.clock.now().isBefore(end)) {
      Tick now = face.clock.now();
      Tick next = now.plusNanos(STRIDE).earliest(weather.work(now));
      face.move(now);
      if (program.isEmpty() && !now.isBefore(restartAt)) {
        start(now);
      }
      if (program.isPresent()) {
        next = next.earliest(program.get().work(now));
      }
      Optional<String> broken = oracle.judge(now);
      if (broken.isPresent()) {
        return broken.map(what -> "at %.3f s: %s".formatted(now.nanos() / 1e9, what));
      }
      if (untilLive && oracle.allLive()) {
        return Optional.empty();
      }
      next = face.nextDue().map(next::earliest).orElse(next);
      face.moveTo(next.latest(now.plusNanos(1_000)));
    }
    return Optional.empty();
  }

  private void start(Tick now) {
    try {
      program = Optional.of(new Program(face, disk, latchDisk, this::wall, alarms));
      oracle.started(now);
      trace.tell(now, "the program starts");
    } catch (IOException failed) {
      trace.tell(now, "the program does not start: " + failed.getMessage());
      restartAt = now.plusNanos(2 * SECOND);
    }
  }

  private WallClock.Reading wall() {
    Tick now = face.clock.now();
    return new WallClock.Reading(
        1_700_000_000_000L + wallMillis + now.nanos() / MILLI, now, WallClock.Quality.STEPPED);
  }

  private Optional<String> journal() {
    try {
      return Chain.verify(disk) instanceof Chain.Verdict.Damaged damaged
          ? Optional.of("the journal's chain is damaged: " + damaged)
          : Optional.empty();
    } catch (IOException failed) {
      return Optional.of("the journal can't be read: " + failed.getMessage());
    }
  }

  // ---- People.

  private void people() {
    closeBreakers();
    ask();
    turnKey();
  }

  /** Somebody always tries to close a breaker that has fallen. */
  private void closeBreakers() {
    Tick now = face.clock.now();
    for (int zone = 0; zone < face.breakers.size(); zone++) {
      if (!face.live(zone) && face.breakers.get(zone).closeByHand(now)) {
        trace.tell(now, face.site.zones().get(zone).name() + ": closed by hand");
      }
    }
    weather.later(random.nextLong(200 * MILLI, 4 * SECOND), this::closeBreakers);
  }

  private void ask() {
    int zone = random.nextInt(face.breakers.size());
    Tick now = face.clock.now();
    long id = ++requests;
    if (!face.fanRuns(0) && face.startFan(0, now)) {
      trace.tell(now, "the fan is started");
    }
    program.ifPresent(
        running -> {
          Request request =
              weather.raging() && random.nextInt(ODD) == 0 ? odd(id, zone) : reset(id, zone);
          trace.tell(now, "asked: " + request);
          running.ask(request);
          tellOracle(request, now);
        });
    weather.later(random.nextLong(SECOND, 12 * SECOND), this::ask);
  }

  private Request reset(long id, int zone) {
    if (random.nextInt(8) == 0) {
      return new Request.AcceptConfiguration(id, "storm", "weather");
    }
    Optional<Methane> portable =
        random.nextInt(4) == 0 ? Optional.empty() : Optional.of(new Methane(20));
    return new Request.Reset(id, zone, "storm", portable, random.nextBoolean());
  }

  /** Whatever else people and the county ask for. */
  private Request odd(long id, int zone) {
    int point = random.nextInt(face.site.plan().points().size());
    Optional<String> second = Optional.of("weather");
    return switch (random.nextInt(8)) {
      case 0 -> new Request.PanelTrip(id, zone, "storm");
      case 1 -> new Request.RemoteTrip(id, zone, "county", "storm");
      case 2 -> new Request.ProofTest(id, zone, "storm");
      case 3 -> new Request.Calibrate(id, point, "storm", second, "test gas", GAS, false);
      case 4 -> new Request.Inhibit(id, point, "storm", second, "in the way", GAS);
      case 5 -> new Request.EndBypass(id, point, "storm");
      case 6 -> new Request.UnlockFan(id, 0, "storm", second, "air is wanted");
      default -> new Request.AcceptConfiguration(id, "storm", "weather");
    };
  }

  private void tellOracle(Request request, Tick now) {
    switch (request) {
      case Request.PanelTrip trip -> tripAsked(trip.zone(), now);
      case Request.RemoteTrip trip -> tripAsked(trip.zone(), now);
      case Request.Reset reset -> oracle.resetAsked(reset.zone(), now);
      case Request.AcceptConfiguration _ -> oracle.acceptanceAsked();
      case Request.Calibrate calibrate ->
          oracle.calibrationAsked(calibrate.point(), now.plusNanos(2 * GAS));
      case Request.ProofTest _, Request.Inhibit _, Request.EndBypass _, Request.UnlockFan _ -> {}
    }
  }

  private void tripAsked(int zone, Tick now) {
    if (weather.faults().quiet(now)) {
      oracle.tripAsked(zone, now);
    }
  }

  private void turnKey() {
    Tick now = face.clock.now();
    down = !down;
    face.key(down);
    if (down) {
      oracle.keyPressed(now);
    }
    boolean stuck = weather.raging() && random.nextInt(30) == 0;
    long lasts = down && !stuck ? 600 * MILLI : random.nextLong(SECOND, 15 * SECOND);
    weather.later(lasts, this::turnKey);
  }

  /** What falls on the program. */
  private final class Falling implements Weather.Sky {
    @Override
    public void kill() {
      Tick now = face.clock.now();
      program.ifPresent(
          running -> {
            running.kill();
            alarms = running.alarms();
            oracle.died(now);
          });
      program = Optional.empty();
      restartAt = now.plusNanos(random.nextLong(10 * MILLI, 10 * SECOND));
    }

    @Override
    public void hang(long nanos) {
      program.ifPresent(running -> running.hang(face.clock.now().plusNanos(nanos)));
    }

    @Override
    public void stepWall(long millis) {
      wallMillis += millis;
    }
  }
}
