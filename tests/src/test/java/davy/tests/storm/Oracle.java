package davy.tests.storm;

import static davy.tests.sim.SimFace.SECOND;

import davy.bridge.sim.SimDevice;
import davy.controller.config.Site;
import davy.controller.interlock.Plan;
import davy.hal.signal.Tick;
import davy.tests.sim.SimFace;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Knows what every head really said, what people really did and which zone really has power, and
 * judges by that alone: it never looks into the program.
 *
 * <ol>
 *   <li>A zone with power: each of its heads said "good and below my cut-off" within the legal 2 s.
 *   <li>A zone that gets power: each of its heads was good and strictly below restore since it was
 *       last high, longer than the legal 2 s ago, the hold after power-on was served, and what only
 *       a person may release a person has released with the key; the configuration was accepted.
 *   <li>A zone with power: nobody tripped it longer than the legal 2 s ago, or a person has
 *       released that with the key. A hand at the breaker may be as quick as the trip.
 *   <li>A zone with power: the fan of its heading ran within the legal 2 s and the fan's
 *       change-over.
 * </ol>
 */
final class Oracle {

  /** The law's limit from the register's change to a dead zone. */
  private static final long LEGAL = 2 * SECOND;

  /** A self-dropping output holds so long when its OFF does not get through. */
  private static final long PULSE = SECOND;

  /** Welded contacts: the zone upstream is cut once the feed was seen live too long (S2, S3). */
  private static final long UPSTREAM = 2 * LEGAL;

  private static final int GOOD = 1;
  private static final int OVER_RANGE = 3;

  private static final Tick NEVER = new Tick(Long.MIN_VALUE / 2);

  /** What the program may not have seen when it died so soon after. */
  private static final long UNSEEN = SECOND / 5;

  /** A moment that the program must remember, unless it died before it could see it. */
  private static final class Mark {
    private Tick at = NEVER;
    private Tick before = NEVER;

    void set(Tick now) {
      if (now.nanosSince(at) > UNSEEN) {
        before = at;
      }
      at = now;
    }

    void died(Tick now) {
      at = now.nanosSince(at) <= UNSEEN ? before : at;
    }

    long nanosTo(Tick now) {
      return now.nanosSince(at);
    }

    /** True of what never was, too. */
    boolean isBefore(Tick other) {
      return at == NEVER || at.isBefore(other);
    }
  }

  /** What one head said. */
  private static final class Head {
    final Plan.Point limits;
    Tick safe = NEVER;
    boolean high;
    Tick highAt = NEVER;
    final Mark over = new Mark();

    final int point;

    Head(Plan.Point limits, int point) {
      this.limits = limits;
      this.point = point;
    }

    void rises(Tick now) {
      highAt = high ? highAt : now;
      high = true;
    }
  }

  /** What people did to one zone. */
  private static final class Zone {
    boolean live;
    final Mark tripped = new Mark();
    Tick reset = NEVER;

    /** The fan that ventilates it, −1 where none does. */
    int fan = -1;

    Tick air = NEVER;
  }

  private final SimFace face;
  private final Map<String, Head> heads = new HashMap<>();
  private final Head[] byPoint;
  private final List<List<Integer>> bound;
  private final Zone[] zones;
  private final long holdNanos;
  private final Faults faults;
  private Tick started = new Tick(Long.MAX_VALUE / 2);

  /** A pulse that a dead program granted after its own hold may last so long (S11). */
  private Tick pulseEnds = NEVER;

  private Tick pressed = NEVER;
  private boolean acceptanceAsked;
  private boolean accepted;
  private final Map<Integer, Tick> testGasUntil = new HashMap<>();

  /** How often each promise was judged: of a zone with power, of one that gets power. */
  private long stood;

  private long rose;
  private Tick judged;
  private long liveNanos;

  Oracle(SimFace face, Faults faults) {
    this.face = face;
    this.faults = faults;
    this.judged = face.clock.now();
    this.holdNanos = face.site.plan().times().startHoldNanos();
    this.zones = new Zone[face.site.zones().size()];
    for (int zone = 0; zone < zones.length; zone++) {
      zones[zone] = new Zone();
    }
    for (int fan = 0; fan < face.site.plan().fans().size(); fan++) {
      for (int zone : face.site.plan().fans().get(fan).zones()) {
        zones[zone].fan = fan;
      }
    }
    bound = face.site.plan().zones().stream().map(Plan.Zone::points).toList();
    byPoint = new Head[face.site.plan().points().size()];
    for (Site.Point point : face.site.points()) {
      Head head =
          new Head(face.site.plan().points().get(point.interlockIndex()), point.interlockIndex());
      heads.put(device(point), head);
      byPoint[point.interlockIndex()] = head;
    }
  }

  private String device(Site.Point point) {
    Site.ChannelRef source = point.source();
    return face.site.lines().get(source.line()).plan().slaves().get(source.slave()).name();
  }

  /** Listens at a slave's registers. */
  static SimDevice spy(String slave, SimDevice device, Heard heard) {
    return new SimDevice() {
      @Override
      public OptionalInt holding(int address, Tick now) {
        if (address == 0) {
          heard.said(slave, (short) device.holding(0, now).orElse(0), status(now), now);
        }
        return device.holding(address, now);
      }

      private int status(Tick now) {
        return device.holding(1, now).orElse(GOOD);
      }

      @Override
      public OptionalInt discrete(int address, Tick now) {
        return device.discrete(address, now);
      }

      @Override
      public OptionalInt coil(int address, Tick now) {
        return device.coil(address, now);
      }

      @Override
      public boolean write(int address, int value, Tick now) {
        return device.write(address, value, now);
      }
    };
  }

  /** Told of every answer that a head makes, at the tick at which it reads its own registers. */
  interface Heard {
    void said(String slave, int hundredths, int status, Tick now);
  }

  /** A head answered. Only an answer that leaves it whole counts. */
  void said(String slave, int hundredths, int status, Tick now) {
    Head head = heads.get(slave);
    Optional<Tick> arrives = faults.arrival(slave, now);
    if (head == null || arrives.isEmpty()) {
      return;
    }
    boolean sure = faults.quiet(now);
    if (status == OVER_RANGE && sure) {
      head.rises(now);
      if (!now.isBefore(testGasUntil.getOrDefault(head.point, NEVER))) {
        head.over.set(now);
      }
    } else if (status == GOOD && hundredths < head.limits.tripAt().hundredths()) {
      head.safe = arrives.get();
      head.high = head.high && hundredths >= head.limits.restoreBelow().hundredths();
    } else if (status == GOOD && sure) {
      head.rises(now);
    }
  }

  void started(Tick now) {
    started = now;
  }

  /** The program was killed: what happened just now it may never have seen. */
  void died(Tick now) {
    pulseEnds = now.nanosSince(started) < holdNanos ? pulseEnds : now.plusNanos(PULSE);
    heads.values().forEach(head -> head.over.died(now));
    for (Zone zone : zones) {
      zone.tripped.died(now);
    }
  }

  void tripAsked(int zone, Tick now) {
    zones[zone].tripped.set(now);
  }

  void resetAsked(int zone, Tick now) {
    zones[zone].reset = now;
  }

  void keyPressed(Tick now) {
    pressed = now;
    accepted |= acceptanceAsked;
  }

  void acceptanceAsked() {
    acceptanceAsked = true;
  }

  /** From now on a head may be under test gas, which latches nothing. */
  void calibrationAsked(int point, Tick until) {
    testGasUntil.put(point, until);
  }

  /** The first promise that is broken at this tick; empty while all are kept. */
  Optional<String> judge(Tick now) {
    long since = now.nanosSince(judged);
    judged = now;
    for (int zone = 0; zone < zones.length; zone++) {
      Optional<String> broken = judge(zone, now);
      if (broken.isPresent()) {
        return broken;
      }
      liveNanos += zones[zone].live ? since : 0;
    }
    return Optional.empty();
  }

  private Optional<String> judge(int index, Tick now) {
    Zone zone = zones[index];
    boolean live = face.live(index);
    boolean rises = live && !zone.live;
    zone.live = live;
    if (zone.fan < 0 || face.fanRuns(zone.fan)) {
      zone.air = now;
    }
    if (!live) {
      return Optional.empty();
    }
    stood++;
    rose += rises ? 1 : 0;
    String name = face.site.zones().get(index).name();
    for (int point : bound.get(index)) {
      Head head = byPoint[point];
      long silent = now.nanosSince(head.safe);
      if (silent > limit(now)) {
        return broken(name, "has power, " + head.limits.name() + " was last safe", silent);
      }
      // Somebody may close the breaker in the very moment in which the head answers.
      long high = now.nanosSince(head.highAt);
      if (rises && head.high && high > LEGAL) {
        return broken(name, "gets power, high is " + head.limits.name(), high);
      }
      if (rises && !released(zone, head.over) && !(head.high && high <= LEGAL)) {
        String since = "gets power, nobody released over-range of " + head.limits.name() + " since";
        return broken(name, since, head.over.nanosTo(now));
      }
    }
    Optional<String> still = stands(zone, name, now);
    return still.isPresent() || !rises ? still : mayRise(zone, name, now);
  }

  private Optional<String> stands(Zone zone, String name, Tick now) {
    long tripped = zone.tripped.nanosTo(now);
    if (tripped > limit(now) && !released(zone, zone.tripped)) {
      return broken(name, "has power, nobody released its trip", tripped);
    }
    long still = now.nanosSince(zone.air);
    if (zone.fan >= 0 && still > limit(now) + changeoverNanos(zone.fan)) {
      return broken(name, "has power, its fan has stood for", still);
    }
    return Optional.empty();
  }

  private Optional<String> mayRise(Zone zone, String name, Tick now) {
    if (!accepted) {
      return broken(name, "gets power, nobody accepted the configuration", 0);
    }
    if (now.nanosSince(started) < holdNanos && !now.isBefore(pulseEnds)) {
      return broken(name, "gets power before the hold was served:", now.nanosSince(started));
    }
    return Optional.empty();
  }

  private long limit(Tick now) {
    return LEGAL + (faults.outputQuiet(now) ? 0 : PULSE) + (faults.welded() ? UPSTREAM : 0);
  }

  private long changeoverNanos(int fan) {
    return face.site.plan().fans().get(fan).limits().changeoverNanos();
  }

  private boolean released(Zone zone, Mark latched) {
    return latched.isBefore(zone.reset) && latched.isBefore(pressed);
  }

  private static Optional<String> broken(String zone, String what, long nanos) {
    return Optional.of("%s %s (%.3f s)".formatted(zone, what, nanos / 1e9));
  }

  /** Every zone has power. */
  boolean allLive() {
    for (Zone zone : zones) {
      if (!zone.live) {
        return false;
      }
    }
    return true;
  }

  /**
   * What was judged so far.
   *
   * @param stood moments of a zone with power
   * @param rose moments in which a zone got power
   * @param liveNanos how long zones had power, each for itself
   */
  record Judged(long stood, long rose, long liveNanos) {
    static final Judged NOTHING = new Judged(0, 0, 0);

    Judged and(Judged more) {
      return new Judged(stood + more.stood, rose + more.rose, liveNanos + more.liveNanos);
    }
  }

  Judged judged() {
    return new Judged(stood, rose, liveNanos);
  }
}
