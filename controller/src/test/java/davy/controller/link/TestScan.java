package davy.controller.link;

import davy.controller.alarm.AlarmDecision;
import davy.controller.alarm.AlarmEvent;
import davy.controller.alarm.AlarmInputs;
import davy.controller.alarm.AlarmState;
import davy.controller.alarm.Alarms;
import davy.controller.config.Site;
import davy.controller.interlock.Decision;
import davy.controller.interlock.Event;
import davy.controller.interlock.Inputs;
import davy.controller.interlock.Interlock;
import davy.controller.interlock.PointInput;
import davy.controller.interlock.Request;
import davy.controller.interlock.Saved;
import davy.controller.interlock.State;
import davy.controller.scan.Snapshot;
import davy.hal.Clock;
import davy.hal.measure.Spread;
import davy.hal.signal.Feed;
import davy.hal.signal.GuardState;
import davy.hal.signal.Methane;
import davy.hal.signal.Permit;
import davy.hal.signal.Reading;
import davy.hal.signal.Tick;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** The real interlock, stepped every 5 ms against a link, with the gas this test sets. */
public final class TestScan implements AutoCloseable {

  private final Site site;
  private final LinkServer link;
  private final Thread thread;
  private final Deque<Event.Answered> answers = new ArrayDeque<>();
  private final long born = System.nanoTime();
  private State state;
  private AlarmState alarms;
  private Tick last;
  private Tick alarmed;
  private long scans;
  private volatile long worstNanos;
  private volatile int methane = 40;
  private volatile List<Permit> permits = List.of();
  private volatile boolean closed;

  public TestScan(Site site, LinkServer link) {
    this.site = site;
    this.link = link;
    this.state = State.start(site.plan(), Saved.nothing(site.plan()));
    this.alarms = AlarmState.start(site.alarms(), List.of());
    this.last = Clock.SYSTEM.now();
    this.alarmed = last;
    this.thread = new Thread(this::run, "test-scan");
    thread.start();
  }

  public void methane(int hundredths) {
    methane = hundredths;
  }

  public Permit permit(int zone) {
    List<Permit> now = permits;
    return now.isEmpty() ? Permit.WITHHELD : now.get(zone);
  }

  /** The longest time that handing over to the link took in one scan. */
  public long worstNanos() {
    return worstNanos;
  }

  private void run() {
    while (!closed) {
      step(Clock.SYSTEM.now());
      LockSupport.parkNanos(5_000_000);
    }
  }

  private void step(Tick now) {
    long before = System.nanoTime();
    List<Request> requests = link.requests();
    boolean alive = link.stationAlive(now);
    long taken = System.nanoTime() - before;
    PointInput gas = new PointInput.Good(new Methane(methane), true);
    Inputs inputs =
        new Inputs(
            List.of(gas, gas),
            Collections.nCopies(2, new Inputs.ZoneInput(Inputs.OutputState.OFF, Feed.DEAD)),
            List.of(),
            GuardState.LOST,
            Inputs.Key.RELEASED,
            requests,
            List.of(),
            alive,
            false);
    Decision decision = Interlock.step(site.plan(), state, inputs, now.nanosSince(last));
    state = decision.next();
    last = now;
    permits = decision.zones().stream().map(Decision.ZoneView::permit).toList();
    long told = System.nanoTime();
    tell(decision, inputs, now);
    if (System.nanoTime() - born > 1_000_000_000L) {
      worstNanos = Math.max(worstNanos, taken + System.nanoTime() - told);
    }
  }

  /** T1 over its limit while the gas is. */
  private AlarmDecision alarms(Tick now) {
    AlarmInputs.Sample gas = new AlarmInputs.Sample.Good(methane, true, true);
    AlarmInputs inputs =
        new AlarmInputs(
            List.of(gas, gas, new AlarmInputs.Sample.Lost()),
            Collections.nCopies(2, new AlarmInputs.ZoneInput(Permit.WITHHELD, Feed.DEAD, false)),
            List.of(),
            link.alarmRequests());
    AlarmDecision next = Alarms.step(site.alarms(), alarms, inputs, now.nanosSince(alarmed));
    alarmed = now;
    alarms = next.next();
    for (AlarmEvent event : next.events()) {
      if (event instanceof AlarmEvent.Answered answered) {
        link.answered(answered);
      }
    }
    return next;
  }

  private void tell(Decision decision, Inputs inputs, Tick now) {
    for (Event event : decision.events()) {
      if (event instanceof Event.Answered answered) {
        link.answered(answered);
        answers.addFirst(answered);
        if (answers.size() > Snapshot.ANSWERS) {
          answers.removeLast();
        }
      }
    }
    Reading good = new Reading.Good(methane, now);
    link.publish(
        new Snapshot(
            ++scans,
            now,
            inputs,
            decision,
            List.of(good, good, Reading.NEVER),
            List.of(),
            Optional.empty(),
            alarms(now),
            new Snapshot.ScanTimes(5, 0, 1_000, 2_000, Spread.NONE),
            List.of(),
            new ArrayList<>(answers)));
  }

  @Override
  public void close() {
    closed = true;
    LinkThread.join(thread);
  }
}
