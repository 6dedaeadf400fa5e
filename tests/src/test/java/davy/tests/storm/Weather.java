package davy.tests.storm;

import static davy.tests.sim.SimFace.MILLI;
import static davy.tests.sim.SimFace.SECOND;

import davy.bridge.guard.GuardCause;
import davy.bridge.sim.SimFault;
import davy.bridge.sim.SimGuard;
import davy.bridge.sim.SimRelays;
import davy.bridge.sim.SimTransmitter;
import davy.hal.signal.Tick;
import davy.hal.sim.Breaker;
import davy.tests.sim.SimDisk;
import davy.tests.sim.SimFace;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;

/** What goes wrong, and what gas does: all of it drawn from one seed. */
final class Weather {

  private static final long CALM = 5 * SECOND;

  /** Spells of different violence: where faults never cease power never comes back. */
  private static final List<Long> PACES =
      List.of(20 * SECOND, 5 * SECOND, 60 * SECOND, 180 * SECOND);

  private record Due(Tick at, long order, Runnable what) {}

  private final SimFace face;
  private final List<SimDisk> disks;
  private final Sky sky;
  private final Trace trace;
  private final SplittableRandom random;
  private final List<String> slaves;
  private final Map<String, SimFault> standing = new HashMap<>();

  /** Heads that repeat their value. */
  private final Set<String> stuck = new HashSet<>();

  private final PriorityQueue<Due> dues =
      new PriorityQueue<>(
          Comparator.comparing((Due due) -> due.at().nanos()).thenComparing(Due::order));
  private long order;
  private boolean raging = true;

  private boolean welded;

  /** Time between two faults at most, as it is in this spell. */
  private long pace = PACES.getFirst();

  /** In one of four storms the fan stops too: after gas without air, half an hour of degassing. */
  private final boolean airless;

  /** Slaves with a fault. */
  private int broken;

  private Tick lastFault = new Tick(Long.MIN_VALUE / 2);

  /** The part of the weather that falls on the program itself. */
  interface Sky {
    void kill();

    void hang(long nanos);

    void stepWall(long millis);
  }

  Weather(SimFace face, List<SimDisk> disks, Sky sky, Trace trace, SplittableRandom random) {
    this.face = face;
    this.disks = disks;
    this.sky = sky;
    this.trace = trace;
    this.random = random;
    this.airless = random.nextInt(4) == 0;
    this.slaves = face.slaves.keySet().stream().sorted().toList();
    for (String head : heads()) {
      later(0, () -> gas(head, 30));
    }
    later(70 * SECOND, this::blow);
    later(120 * SECOND, this::spell);
  }

  private void spell() {
    pace = PACES.get(random.nextInt(PACES.size()));
    trace.tell(face.clock.now(), "a fault every " + pace / SECOND + " s at most");
    later(random.nextLong(60 * SECOND, 300 * SECOND), this::spell);
  }

  private List<String> heads() {
    return slaves.stream().filter(slave -> slave.startsWith("head")).toList();
  }

  /** Does what is due; returns when something is due next. */
  Tick work(Tick now) {
    while (!dues.isEmpty() && !now.isBefore(dues.peek().at())) {
      dues.poll().what().run();
    }
    return dues.isEmpty() ? now.plusNanos(SECOND) : dues.peek().at();
  }

  void later(long nanos, Runnable what) {
    dues.add(new Due(face.clock.now().plusNanos(nanos), order++, what));
  }

  /** Everything is mended, and the gas goes. */
  void calm() {
    raging = false;
    dues.clear();
    slaves.forEach(slave -> fault(slave, SimFault.NONE));
    face.buses.forEach(bus -> bus.plug());
    disks.forEach(disk -> disk.trouble(SimDisk.Trouble.NONE));
    face.breakers.forEach(this::mendBreaker);
    face.guard.ifPresent(this::mendGuard);
    stuck.clear();
    heads().forEach(head -> show(head, 30, 1));
  }

  boolean raging() {
    return raging;
  }

  // ---- Gas.

  /** One head's gas: a walk, with an outburst now and then. */
  private void gas(String head, int hundredths) {
    int next = Math.clamp(hundredths + random.nextInt(-6, 7), -5, 420);
    int dice = random.nextInt(400);
    if (dice == 0) {
      next = random.nextInt(140, 420);
    } else if (dice < 4 || hundredths > 90 && dice < 80) {
      next = random.nextInt(10, 105);
    } else if (dice < 6) {
      next = random.nextInt(97, 102);
    } else if (dice < 8) {
      next = random.nextInt(147, 152);
    }
    if (!stuck.contains(head)) {
      show(head, next, next >= 400 ? 3 : 1);
    }
    int value = next;
    later(random.nextLong(200 * MILLI, 2 * SECOND), () -> gas(head, value));
  }

  private void show(String head, int hundredths, int status) {
    SimTransmitter device = (SimTransmitter) face.devices.get(head);
    device.set(0, hundredths);
    device.set(1, status);
  }

  // ---- Faults.

  private void blow() {
    int kind = random.nextInt(100);
    if (kind < 45) {
      slaveFault();
    } else if (kind < 53) {
      noise();
    } else if (kind < 59) {
      unplug();
    } else if (kind < 63) {
      status();
    } else if (kind < 66) {
      stick();
    } else if (kind < 69) {
      boardLosesPower();
    } else if (kind < 72) {
      weld();
    } else if (kind < 76) {
      guardTrouble();
    } else if (kind < 80 && airless) {
      struck("the fan stops");
      face.stopFan(0);
    } else if (kind < 86) {
      diskTrouble();
    } else if (kind < 91) {
      hang();
    } else if (kind < 98) {
      trace.tell(face.clock.now(), "the wall clock is stepped");
      sky.stepWall(random.nextLong(-10, 11) * random.nextLong(1, 31_000_000L) * 1_000);
    } else {
      struck("the program is killed");
      sky.kill();
    }
    later(random.nextLong(100 * MILLI, pace), this::blow);
  }

  private void struck(String what) {
    lastFault = face.clock.now();
    trace.tell(lastFault, what);
  }

  private void slaveFault() {
    String slave = slaves.get(random.nextInt(slaves.size()));
    SimFault fault =
        switch (random.nextInt(7)) {
          case 0, 1 -> SimFault.SILENT;
          case 2 -> new SimFault.Late(random.nextInt(1, 1500));
          case 3 -> new SimFault.WrongCrc();
          case 4 -> new SimFault.Garbage(random.nextLong());
          case 5 -> new SimFault.Truncated(random.nextInt(1, 8));
          default -> new SimFault.Refusal(random.nextInt(1, 12));
        };
    struck(slave + ": " + fault);
    fault(slave, fault);
    long lasts =
        random.nextInt(4) == 0
            ? random.nextLong(10 * SECOND, 60 * SECOND)
            : random.nextLong(20 * MILLI, 5 * SECOND);
    later(lasts, () -> mended(slave));
  }

  private void mended(String slave) {
    struck(slave + ": mended");
    fault(slave, SimFault.NONE);
  }

  private void fault(String slave, SimFault fault) {
    boolean was = !standing.getOrDefault(slave, SimFault.NONE).equals(SimFault.NONE);
    boolean is = !fault.equals(SimFault.NONE);
    broken += (is ? 1 : 0) - (was ? 1 : 0);
    standing.put(slave, fault);
    face.slaves.get(slave).fault(fault);
  }

  private void noise() {
    int line = random.nextInt(face.buses.size());
    byte[] bytes = new byte[random.nextInt(1, 40)];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) random.nextInt(256);
    }
    struck(face.buses.get(line).name() + ": noise of " + bytes.length + " bytes");
    face.buses.get(line).disturb(bytes);
  }

  private void unplug() {
    int line = random.nextInt(face.buses.size());
    struck(face.buses.get(line).name() + ": unplugged");
    face.buses.get(line).unplug();
    later(
        random.nextLong(50 * MILLI, 10 * SECOND),
        () -> {
          struck(face.buses.get(line).name() + ": plugged in");
          face.buses.get(line).plug();
        });
  }

  private void status() {
    String head = heads().get(random.nextInt(heads().size()));
    struck(head + ": warms up, is broken or is tested");
    show(head, random.nextInt(0, 50), List.of(0, 2, 4, 9).get(random.nextInt(4)));
  }

  /** A head says the same for a while, whatever the gas does; the other head must see it. */
  private void stick() {
    String head = heads().get(random.nextInt(heads().size()));
    trace.tell(face.clock.now(), head + ": stuck");
    stuck.add(head);
    later(random.nextLong(SECOND, 60 * SECOND), () -> stuck.remove(head));
  }

  /** Only of a breaker that another one feeds: what nothing feeds nothing else can cut. */
  private void weld() {
    for (int zone = 0; zone < face.breakers.size(); zone++) {
      if (face.site.plan().zones().get(zone).upstream().isPresent()) {
        Breaker breaker = face.breakers.get(zone);
        struck(breaker.name() + ": its contacts weld");
        welded = true;
        breaker.weld();
        later(random.nextLong(10 * SECOND, 120 * SECOND), () -> mendBreaker(breaker));
      }
    }
  }

  private void mendBreaker(Breaker breaker) {
    welded = false;
    breaker.replace(face.clock.now());
  }

  private void guardTrouble() {
    SimGuard guard = face.guard.orElseThrow();
    switch (random.nextInt(5)) {
      case 0 -> {
        struck("the guard is reset");
        guard.reset(GuardCause.WATCHDOG);
      }
      case 1 -> {
        struck("the guard's main loop stands");
        guard.freeze();
      }
      case 2 -> {
        struck("the guard loses its supply");
        guard.powerOff();
      }
      case 3 -> {
        struck("the guard's line is pulled");
        guard.unplug();
      }
      default -> {
        struck("noise on the guard's line");
        guard.disturb(this::flipped, this::flipped);
      }
    }
    later(random.nextLong(50 * MILLI, 10 * SECOND), () -> mendGuard(guard));
  }

  private byte[] flipped(byte[] bytes) {
    byte[] changed = bytes.clone();
    int bit = random.nextInt(8 * bytes.length);
    changed[bit / 8] ^= (byte) (1 << bit % 8);
    return changed;
  }

  private void mendGuard(SimGuard guard) {
    guard.disturb(UnaryOperator.identity(), UnaryOperator.identity());
    guard.plug();
    guard.reset(GuardCause.POWER_UP);
  }

  private void boardLosesPower() {
    struck("the relay board loses its supply for a moment");
    ((SimRelays) face.devices.get("relays")).powerUp();
  }

  private void diskTrouble() {
    SimDisk.Trouble[] all = SimDisk.Trouble.values();
    SimDisk.Trouble trouble = all[random.nextInt(1, all.length)];
    SimDisk disk = disks.get(random.nextInt(disks.size()));
    trace.tell(face.clock.now(), "disk " + disks.indexOf(disk) + ": " + trouble);
    disk.trouble(trouble);
    later(random.nextLong(SECOND, 30 * SECOND), () -> disk.trouble(SimDisk.Trouble.NONE));
  }

  private void hang() {
    long lasts = random.nextLong(60 * MILLI, 6 * SECOND);
    struck("the scan hangs for %.1f s".formatted(lasts / 1e9));
    sky.hang(lasts);
    later(lasts, () -> lastFault = face.clock.now());
  }

  // ---- What an onlooker may rely on.

  Faults faults() {
    return new Faults() {
      @Override
      public Optional<Tick> arrival(String slave, Tick now) {
        return switch (standing.getOrDefault(slave, SimFault.NONE)) {
          case SimFault.None _ -> Optional.of(now);
          case SimFault.Late late -> Optional.of(now.plusMillis(late.millis()));
          case SimFault.Silent _,
              SimFault.WrongCrc _,
              SimFault.Garbage _,
              SimFault.Truncated _,
              SimFault.Refusal _,
              SimFault.Frozen _ ->
              Optional.empty();
        };
      }

      @Override
      public boolean quiet(Tick now) {
        return now.nanosSince(lastFault) > CALM && mended();
      }

      @Override
      public boolean outputQuiet(Tick now) {
        return quiet(now);
      }

      @Override
      public boolean welded() {
        return welded;
      }
    };
  }

  private boolean mended() {
    return broken == 0;
  }
}
