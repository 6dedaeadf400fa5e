package davy.controller.scan;

import davy.controller.alarm.AlarmDecision;
import davy.controller.alarm.AlarmEvent;
import davy.controller.alarm.AlarmInputs;
import davy.controller.alarm.AlarmInputs.Sample;
import davy.controller.alarm.AlarmPlan;
import davy.controller.alarm.AlarmState;
import davy.controller.alarm.Alarms;
import davy.controller.alarm.Saved;
import davy.controller.config.AlarmPlans;
import davy.controller.config.AlarmPlans.FanSignal;
import davy.controller.config.AlarmPlans.StationSignal;
import davy.controller.config.AlarmPlans.ZoneSignal;
import davy.controller.config.Site;
import davy.controller.interlock.Bypass;
import davy.controller.interlock.Cause;
import davy.controller.interlock.Causes;
import davy.controller.interlock.Decision;
import davy.controller.interlock.Decision.ZoneView;
import davy.controller.interlock.Inputs;
import davy.controller.interlock.Lock;
import davy.controller.interlock.Plan;
import davy.hal.signal.FanRun;
import davy.hal.signal.Permit;
import davy.hal.signal.Reading;
import davy.hal.signal.Tick;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The alarms' step of each scan, made of what the interlock saw and decided. Outputs were driven
 * before it, and nothing of it goes back to the interlock.
 */
final class AlarmRound {

  /** Kept, for each call of {@code values} makes a new one. */
  private static final ZoneSignal[] ZONE_SIGNALS = ZoneSignal.values();

  private static final FanSignal[] FAN_SIGNALS = FanSignal.values();
  private static final StationSignal[] STATION_SIGNALS = StationSignal.values();

  private final Site site;
  private final AlarmPlan plan;
  private final Field field;
  private final Surroundings surroundings;
  private final AlarmEntries entries;
  private final List<Reading> last;
  private final List<Integer> above;
  private List<Sample> lastSamples;
  private AlarmState state;

  /**
   * @param saved alarms of earlier runs
   */
  AlarmRound(Site site, Field field, Surroundings surroundings, List<Saved> saved) {
    this.site = site;
    this.plan = site.alarms();
    this.field = field;
    this.surroundings = surroundings;
    this.entries = new AlarmEntries(plan);
    this.last = new ArrayList<>(Collections.nCopies(site.points().size(), Reading.NEVER));
    this.lastSamples = Collections.nCopies(site.points().size(), new Sample.Lost());
    this.above = AlarmPlans.above(site.points());
    this.state = AlarmState.start(plan, saved);
  }

  /**
   * @param kept what the decision leaves to be kept
   */
  AlarmDecision step(
      Tick now,
      long elapsedNanos,
      Inputs inputs,
      Decision decision,
      davy.controller.interlock.Saved kept) {
    AlarmInputs alarmInputs =
        new AlarmInputs(
            samples(now, inputs, decision),
            zones(inputs, decision),
            signals(decision, kept),
            surroundings.alarmRequests());
    AlarmDecision next = Alarms.step(plan, state, alarmInputs, elapsedNanos);
    state = next.next();
    field.annunciate(next.lamp(), next.sounder(), now);
    tell(next.events(), now);
    return next;
  }

  private void tell(List<AlarmEvent> events, Tick now) {
    if (events.isEmpty()) {
      return;
    }
    entries.of(events, now).forEach(surroundings::record);
    boolean saves = false;
    for (AlarmEvent event : events) {
      switch (event) {
        case AlarmEvent.Answered answered -> surroundings.alarmAnswered(answered);
        case AlarmEvent.Changed _, AlarmEvent.GradeRaised _ -> saves = true;
        case AlarmEvent.Closed _, AlarmEvent.FirstOut _ -> saves = true;
        case AlarmEvent.Corrected _, AlarmEvent.GasTested _, AlarmEvent.Annunciated _ -> {}
        case AlarmEvent.Marked _, AlarmEvent.Unmarked _, AlarmEvent.Statistics _ -> {}
      }
    }
    if (saves) {
      surroundings.saveAlarms(state.saved(plan));
    }
  }

  /** Points of the site, then the run contacts of its fans, as the plan has them. */
  private List<Sample> samples(Tick now, Inputs inputs, Decision decision) {
    Sample[] samples = new Sample[plan.points().size()];
    for (int index = 0; index < site.points().size(); index++) {
      Site.Point point = site.points().get(index);
      Reading reading = field.reading(point.source());
      boolean fresh = reading != last.set(index, reading);
      samples[index] =
          calibrating(point.interlockIndex(), decision)
              ? new Sample.Calibrating()
              : sample(point, reading, fresh, now, decision, lastSamples.get(index));
    }
    for (int fan = 0; fan < decision.fans().size(); fan++) {
      samples[site.points().size() + fan] = contact(inputs.fans().get(fan).machines());
    }
    lastSamples = List.of(samples);
    return lastSamples;
  }

  private static boolean calibrating(int index, Decision decision) {
    if (decision.bypasses().isEmpty()) {
      return false;
    }
    for (Bypass bypass : decision.bypasses()) {
      boolean testGas =
          bypass.kind() == Bypass.Kind.CALIBRATION
              || bypass.kind() == Bypass.Kind.CALIBRATION_INHIBIT;
      if (testGas && bypass.index() == index) {
        return true;
      }
    }
    return false;
  }

  /** What says the same as the last sample is the same. */
  private static Sample sample(
      Site.Point point, Reading reading, boolean fresh, Tick now, Decision decision, Sample last) {
    if (reading.ageNanos(now) > point.ageLimitMillis() * 1_000_000L) {
      return new Sample.Lost();
    }
    boolean trusted =
        point.interlockIndex() < 0 || decision.points().get(point.interlockIndex()).trusted();
    return switch (reading) {
      case Reading.Never _, Reading.Faulty _ -> new Sample.Lost();
      case Reading.OverRange _ -> new Sample.OverRange();
      case Reading.Good good ->
          last instanceof Sample.Good(int amount, boolean wasFresh, boolean wasTrusted)
                  && amount == good.amount()
                  && wasFresh == fresh
                  && wasTrusted == trusted
              ? last
              : new Sample.Good(good.amount(), fresh, trusted);
    };
  }

  private static Sample contact(List<FanRun> machines) {
    if (machines.contains(FanRun.RUNNING)) {
      return new Sample.Good(1, true, true);
    }
    return machines.contains(FanRun.UNKNOWN) ? new Sample.Lost() : new Sample.Good(0, true, true);
  }

  private List<AlarmInputs.ZoneInput> zones(Inputs inputs, Decision decision) {
    AlarmInputs.ZoneInput[] zones = new AlarmInputs.ZoneInput[decision.zones().size()];
    for (int zone = 0; zone < zones.length; zone++) {
      ZoneView view = decision.zones().get(zone);
      zones[zone] =
          new AlarmInputs.ZoneInput(view.permit(), view.feed(), upstreamWithheld(zone, decision));
    }
    return List.of(zones);
  }

  private boolean upstreamWithheld(int zone, Decision decision) {
    Plan.Zone described = site.plan().zones().get(zone);
    return described.upstream().isPresent()
        && (withheld(decision.zones().get(described.upstream().getAsInt()))
            || upstreamWithheld(described.upstream().getAsInt(), decision));
  }

  private static boolean withheld(ZoneView zone) {
    return zone.permit() == Permit.WITHHELD;
  }

  /** In the order of the plan's signals. */
  private List<Boolean> signals(Decision decision, davy.controller.interlock.Saved kept) {
    Boolean[] signals = new Boolean[plan.signals().size()];
    int next = 0;
    Causes all = Causes.NONE;
    for (int zone = 0; zone < decision.zones().size(); zone++) {
      all = all.with(decision.zones().get(zone).active());
      for (ZoneSignal signal : ZONE_SIGNALS) {
        signals[next++] = signal(signal, decision.zones().get(zone), kept.zones().get(zone));
      }
    }
    for (int fan = 0; fan < decision.fans().size(); fan++) {
      for (FanSignal signal : FAN_SIGNALS) {
        signals[next++] = signal(signal, decision.fans().get(fan));
      }
    }
    for (StationSignal signal : STATION_SIGNALS) {
      signals[next++] = signal(signal, decision, all);
    }
    for (int index = 0; index < above.size(); index++) {
      signals[next++] = isAbove(site.points().get(above.get(index)));
    }
    return List.of(signals);
  }

  private static boolean signal(
      ZoneSignal signal, ZoneView view, davy.controller.interlock.Saved.Zone saved) {
    return switch (signal) {
      case WITHHELD -> withheldUnexpectedly(view);
      case FEED_ABNORMAL -> view.active().has(Cause.FEED_ABNORMAL);
      case OUTPUT_FAULT -> view.active().has(Cause.OUTPUT_FAULT);
      case CLOSES_ITSELF -> saved.closesItself();
    };
  }

  /** The hold after power-on is no alarm; what stands when it ends is one. */
  private static boolean withheldUnexpectedly(ZoneView zone) {
    boolean startUp =
        switch (zone.lock()) {
          case Lock.Open _ -> true;
          case Lock.Tripped tripped -> tripped.first().cause() == Cause.STARTUP;
          case Lock.Latched latched -> latched.first().cause() == Cause.STARTUP;
        };
    return withheld(zone)
        && !zone.active().has(Cause.STARTUP)
        && (!startUp || !zone.active().none());
  }

  private static boolean signal(FanSignal signal, Decision.FanView fan) {
    return switch (signal) {
      case STOPPED -> fan.causes().has(Cause.FAN_STOPPED);
      case FLOW_LOW -> fan.causes().has(Cause.AIRFLOW_LOW);
      case START_LOCKED -> fan.startLock();
    };
  }

  private boolean signal(StationSignal signal, Decision decision, Causes all) {
    return switch (signal) {
      case BYPASS -> !decision.bypasses().isEmpty();
      case GUARD -> all.has(Cause.GUARD_LOST);
      case SCAN -> all.has(Cause.SCAN_OVERRUN);
      case CONFIGURATION -> all.has(Cause.CONFIG);
      case JOURNAL -> !surroundings.journalWorks();
    };
  }

  private boolean isAbove(Site.Point point) {
    return field.reading(point.source()) instanceof Reading.Good good
        && good.amount() > point.alarmAbove().orElseThrow();
  }
}
