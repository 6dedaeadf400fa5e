package davy.tests.storm;

import static davy.tests.sim.SimFace.MILLI;
import static davy.tests.sim.SimFace.SECOND;

import davy.bridge.sim.SimFault;
import davy.bridge.sim.SimRelays;
import davy.bridge.sim.SimTransmitter;
import davy.hal.signal.Tick;
import davy.tests.sim.SimDisk;
import davy.tests.sim.SimFace;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.SplittableRandom;

/** What goes wrong, and what gas does: all of it drawn from one seed. */
final class Weather {

  /** How sure an onlooker may be that the program hears what is said. */
  interface Faults {

    /** When what a head says now is whole at the program; empty where it is spoilt on its way. */
    Optional<Tick> arrival(String slave, Tick now);

    /** Nothing was wrong with lines and program for a while: they have certainly heard. */
    boolean quiet(Tick now);

    /** Nothing was wrong for a while with the line of the outputs. */
    boolean outputQuiet(Tick now);
  }

  private static final long CALM = 5 * SECOND;

  private record Due(Tick at, long order, Runnable what) {}

  private final SimFace face;
  private final SimDisk disk;
  private final Sky sky;
  private final Trace trace;
  private final SplittableRandom random;
  private final List<String> slaves;
  private final Map<String, SimFault> standing = new HashMap<>();
  private final PriorityQueue<Due> dues =
      new PriorityQueue<>(
          Comparator.comparing((Due due) -> due.at().nanos()).thenComparing(Due::order));
  private long order;
  private boolean raging = true;

  /** Slaves with a fault. */
  private int broken;

  private Tick lastFault = new Tick(Long.MIN_VALUE / 2);

  /** The part of the weather that falls on the program itself. */
  interface Sky {
    void kill();

    void hang(long nanos);

    void stepWall(long millis);
  }

  Weather(SimFace face, SimDisk disk, Sky sky, Trace trace, SplittableRandom random) {
    this.face = face;
    this.disk = disk;
    this.sky = sky;
    this.trace = trace;
    this.random = random;
    this.slaves = face.slaves.keySet().stream().sorted().toList();
    for (String head : heads()) {
      later(0, () -> gas(head, 30));
    }
    later(70 * SECOND, this::blow);
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
    disk.trouble(SimDisk.Trouble.NONE);
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
    show(head, next, next >= 400 ? 3 : 1);
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
    if (kind < 55) {
      slaveFault();
    } else if (kind < 65) {
      noise();
    } else if (kind < 72) {
      unplug();
    } else if (kind < 76) {
      status();
    } else if (kind < 80) {
      boardLosesPower();
    } else if (kind < 86) {
      diskTrouble();
    } else if (kind < 91) {
      hang();
    } else if (kind < 95) {
      trace.tell(face.clock.now(), "the wall clock is stepped");
      sky.stepWall(random.nextLong(-10, 11) * random.nextLong(1, 31_000_000L) * 1_000);
    } else {
      struck("the program is killed");
      sky.kill();
    }
    later(random.nextLong(100 * MILLI, 20 * SECOND), this::blow);
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

  private void boardLosesPower() {
    struck("the relay board loses its supply for a moment");
    ((SimRelays) face.devices.get("relays")).powerUp();
  }

  private void diskTrouble() {
    SimDisk.Trouble[] all = SimDisk.Trouble.values();
    SimDisk.Trouble trouble = all[random.nextInt(1, all.length)];
    trace.tell(face.clock.now(), "the disk: " + trouble);
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
    };
  }

  private boolean mended() {
    return broken == 0;
  }
}
