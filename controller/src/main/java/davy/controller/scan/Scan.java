package davy.controller.scan;

import davy.bridge.guard.GuardImage;
import davy.controller.alarm.AlarmDecision;
import davy.controller.config.Site;
import davy.controller.interlock.Decision;
import davy.controller.interlock.Inputs;
import davy.controller.interlock.Inputs.ZoneInput;
import davy.controller.interlock.Interlock;
import davy.controller.interlock.Plan;
import davy.controller.interlock.PointInput;
import davy.controller.interlock.Saved;
import davy.controller.interlock.State;
import davy.controller.recording.Recorder;
import davy.hal.Agent;
import davy.hal.Clock;
import davy.hal.measure.Durations;
import davy.hal.signal.GuardState;
import davy.hal.signal.Reading;
import davy.hal.signal.Tick;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * The scan: sample, decide, drive, tell, in that order, at its period and at once when a line has
 * something new. Every output is driven in every scan.
 */
public final class Scan implements Agent {

  /** Scans out of turn come at most this often; one at its period keeps none waiting. */
  private static final long EXTRA_NANOS = 2_000_000L;

  /** A read-back older than this many scan periods is unknown. */
  private static final int READ_BACK_PERIODS = 40;

  private final Site site;
  private final Plan plan;
  private final Clock clock;
  private final Field field;
  private final Surroundings surroundings;
  private final Recorder recorder;
  private final Teller teller;
  private final Beats beats;
  private final FanSampler fans;
  private final AlarmRound alarms;
  private final List<Site.Point> interlockPoints;
  private final List<Reading> lastReadings;
  private List<PointInput> lastPoints;
  private final long periodNanos;
  private final long lateNanos;
  private volatile boolean woken;
  private volatile Thread thread;
  private State state;
  private Tick last;
  private Tick lastExtra;
  private Tick nextPeriodic;
  private long scans;
  private long overruns;
  private long lastNanos;
  private long maxNanos;
  private final Durations times = new Durations();

  /**
   * @param saved what is known of earlier runs (S5)
   * @param alarms of earlier runs, as {@link Surroundings#saveAlarms} handed them over
   * @param start the tick from which the hold after power-on counts
   */
  public Scan(
      Site site,
      Clock clock,
      Field field,
      Surroundings surroundings,
      Saved saved,
      List<davy.controller.alarm.Saved> alarms,
      Tick start) {
    this.site = site;
    this.alarms = new AlarmRound(site, field, surroundings, alarms);
    this.plan = site.plan();
    this.clock = clock;
    this.field = field;
    this.surroundings = surroundings;
    this.recorder = new Recorder(plan, site.digest(), saved, start, surroundings::record);
    this.teller = new Teller(site, field, surroundings);
    this.beats = new Beats(site);
    this.fans = new FanSampler(site, field);
    this.interlockPoints = site.interlockPoints();
    this.lastReadings = new ArrayList<>();
    interlockPoints.forEach(_ -> lastReadings.add(Reading.NEVER));
    this.lastPoints = Collections.nCopies(interlockPoints.size(), new PointInput.Stale());
    this.periodNanos = site.scanMillis() * 1_000_000L;
    this.lateNanos = site.profile().scanLatePeriods() * periodNanos;
    this.state = State.start(plan, saved);
    this.last = start;
    this.lastExtra = start;
    this.nextPeriodic = start;
  }

  @Override
  public String name() {
    return "scan";
  }

  @Override
  public Tick work(Tick now) {
    thread = Thread.currentThread();
    if (!now.isBefore(nextPeriodic)) {
      long behind = scans > 0 ? now.nanosSince(nextPeriodic) : 0;
      boolean late = behind > periodNanos;
      overruns += late ? 1 : 0;
      if (late) {
        teller.late(now, behind);
      }
      nextPeriodic = late ? now.plusNanos(periodNanos) : nextPeriodic.plusNanos(periodNanos);
      pass(now, behind > lateNanos, true);
    } else if (woken && now.nanosSince(lastExtra) >= EXTRA_NANOS) {
      lastExtra = now;
      pass(now, false, false);
    }
    return woken ? nextPeriodic.earliest(lastExtra.plusNanos(EXTRA_NANOS)) : nextPeriodic;
  }

  /**
   * @param periodic only such a scan answers the guard (S14)
   */
  private void pass(Tick now, boolean late, boolean periodic) {
    woken = false;
    field.sample();
    Optional<GuardImage> guard = field.guard().image();
    Inputs inputs = inputs(now, guard, late);
    long elapsed = now.nanosSince(last);
    Decision decision = Interlock.step(plan, state, inputs, elapsed);
    state = decision.next();
    last = now;
    field.drive(decision, now);
    Tick driven = clock.now();
    scans++;
    lastNanos = driven.nanosSince(now);
    maxNanos = Math.max(maxNanos, lastNanos);
    times.add(lastNanos, now);
    if (periodic && guard.isPresent() && decision.answersGuard()) {
      field
          .guard()
          .report(beats.report(driven, scans, inputs, decision, this::reading, field.images()));
    }
    recorder.record(elapsed, inputs, decision.next(), !decision.events().isEmpty());
    Saved kept = state.saved();
    teller.tell(now, driven, inputs, decision, kept);
    AlarmDecision alarmed = alarms.step(now, elapsed, inputs, decision, kept);
    surroundings.shown(
        new Snapshot(
            scans,
            now,
            inputs,
            decision,
            teller.readings(),
            field.images(),
            guard,
            alarmed,
            new Snapshot.ScanTimes(
                site.scanMillis(), overruns, lastNanos, maxNanos, times.spread()),
            teller.trips(),
            teller.answers()));
  }

  private Reading reading(int point) {
    return field.reading(interlockPoints.get(point).source());
  }

  private Inputs inputs(Tick now, Optional<GuardImage> guard, boolean late) {
    PointInput[] points = new PointInput[interlockPoints.size()];
    for (int index = 0; index < interlockPoints.size(); index++) {
      Reading reading = reading(index);
      boolean fresh = reading != lastReadings.set(index, reading);
      long ageLimit = plan.points().get(index).ageLimitNanos();
      points[index] = PointInput.after(lastPoints.get(index), reading, fresh, now, ageLimit);
    }
    lastPoints = List.of(points);
    ZoneInput[] zones = new ZoneInput[plan.zones().size()];
    for (int zone = 0; zone < zones.length; zone++) {
      zones[zone] =
          new ZoneInput(
              field.output(zone, now, READ_BACK_PERIODS * periodNanos), field.feed(zone, now));
    }
    return new Inputs(
        lastPoints,
        List.of(zones),
        fans.sample(now),
        guard.map(GuardImage::state).orElse(GuardState.LOST),
        field.key(now),
        surroundings.requests(),
        teller.recorded(),
        surroundings.stationAlive(now),
        late);
  }

  @Override
  public void await(Tick now, Tick until) {
    if (!woken || now.nanosSince(lastExtra) < EXTRA_NANOS) {
      LockSupport.parkNanos(this, until.nanosSince(now));
    }
  }

  @Override
  public void wake() {
    woken = true;
    LockSupport.unpark(thread);
  }

  /** Percentiles count from now on; any thread. */
  public void measureAnew() {
    times.startAnew();
  }

  /** Hands over what was recorded last. Its thread must have ended. */
  @Override
  public void close() {
    recorder.close();
  }
}
