package davy.controller;

import davy.bridge.modbus.LinePlan;
import davy.bridge.sim.SimBus;
import davy.bridge.sim.SimDevice;
import davy.bridge.sim.SimGasHead;
import davy.bridge.sim.SimInputs;
import davy.bridge.sim.SimRelays;
import davy.bridge.sim.SimSlave;
import davy.bridge.sim.SimTransmitter;
import davy.bridge.sim.SlaveBank;
import davy.controller.config.Folders;
import davy.controller.config.Site;
import davy.controller.config.SiteFile;
import davy.controller.interlock.Plan;
import davy.controller.interlock.Saved;
import davy.controller.journal.LatchFile;
import davy.controller.journal.SavedNames;
import davy.hal.Board;
import davy.hal.Clock;
import davy.hal.InputLine;
import davy.hal.OutputLine;
import davy.hal.SerialLine;
import davy.hal.SerialPort;
import davy.hal.signal.Tick;
import davy.hal.sim.SimBoard;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;

/**
 * The example heading on a bench in real time, with the threads of the real process: zone Z1 is cut
 * by a relay board's pulse, Z2 by a GPIO line. Its hold after power-on is half a second.
 */
final class SmallMine {

  static final Board.LineName PIN = new Board.LineName("bench", 0);

  /** The start lock of the example's fan. */
  static final Board.LineName FAN_PIN = new Board.LineName("pinctrl-bcm2711", 24);

  private static final Path SITES = Path.of("../deploy/sites");
  private static final long HOLD_NANOS = 500_000_000L;
  private static final int TURNAROUND_MICROS = 5_000;
  private static final String ZONE_2 =
      """

      [[zone]]
      name = "Z2"
      points = ["T1"]
      output = { chip = "bench", line = 0, active = "high" }
      closing = "by-hand"
      release = "automatic"
      dropOutMillis = 200

      [consentKey]
      """;

  final Folders folders;
  final SimRelays relays = new SimRelays(8);
  final SimRelays fanRelays = new SimRelays(8);
  final SimInputs inputs = new SimInputs(8);
  final SimTransmitter head = new SimTransmitter();
  final SimBoard pins = new SimBoard().chip(PIN.chip(), 1).chip("pinctrl-bcm2711", 54);
  final CountDownLatch halted = new CountDownLatch(1);

  /** What the output's driver says from now on; empty while it works. */
  volatile Optional<IOException> outputTrouble = Optional.empty();

  /** What the driver of the line without zones throws from now on. */
  volatile Optional<Error> airDefect = Optional.empty();

  /** That has happened: the line is idle most of the time. */
  volatile boolean airThrew;

  private final Site site;

  /**
   * @param root of all files; a second mine of the same folder is the same one after a restart
   */
  SmallMine(Path root) throws IOException {
    this(root, text -> text);
  }

  /**
   * @param change of the example's text
   */
  SmallMine(Path root, UnaryOperator<String> change) throws IOException {
    Path etc = root.resolve("etc");
    Files.createDirectories(etc.resolve("maps"));
    Path map = etc.resolve("maps/laser-head.toml");
    if (!Files.exists(map)) {
      Files.copy(SITES.resolve("maps/laser-head.toml"), map);
    }
    String text =
        Files.readString(SITES.resolve("heading.toml"))
            .replace("[site]", "[site]\nbench = true")
            .replace("[consentKey]\n", ZONE_2);
    Path file = Files.writeString(etc.resolve("site.toml"), change.apply(text));
    head.set(0, 40);
    head.set(1, 1);
    fansRun(true);
    this.folders = Folders.of(Optional.of(root));
    this.site =
        switch (SiteFile.read(file)) {
          case SiteFile.Outcome.Accepted(Site accepted) -> quick(accepted);
          case SiteFile.Outcome.Refused refused -> throw new AssertionError(refused);
          case SiteFile.Outcome.Unreadable unreadable -> throw new AssertionError(unreadable);
        };
  }

  private static Plan.Times quick(Plan.Times times) {
    return new Plan.Times(
        HOLD_NANOS,
        times.backToGoodReadings(),
        HOLD_NANOS,
        times.driftAt(),
        times.driftNanos(),
        times.consentNanos(),
        times.keyAloneNanos(),
        times.keyStuckNanos(),
        times.readBackNanos(),
        times.feedUnseenNanos(),
        times.selfCloseNanos(),
        times.outputOnNanos());
  }

  private static Plan quick(Plan plan) {
    List<Plan.Zone> zones =
        plan.zones().stream()
            .map(
                z ->
                    new Plan.Zone(
                        z.name(),
                        z.groups(),
                        z.release(),
                        false,
                        HOLD_NANOS,
                        z.dropOutNanos(),
                        z.upstream()))
            .toList();
    Plan.Times times = quick(plan.times());
    return new Plan(plan.points(), zones, plan.fans(), times, plan.bypasses(), plan.fitted());
  }

  /** The same site with short times. */
  private static Site quick(Site site) {
    return new Site(
        site.name(),
        site.title(),
        site.digest(),
        site.text(),
        site.mine(),
        site.station(),
        site.bench(),
        site.profile(),
        quick(site.plan()),
        site.alarms(),
        site.annunciator(),
        site.scanMillis(),
        site.lines(),
        site.points(),
        site.zones(),
        site.fans(),
        site.consentKey(),
        site.guard(),
        site.journal(),
        site.broker(),
        site.sparkplug(),
        site.county(),
        site.countyFiles(),
        site.panel());
  }

  /** Two persons have accepted the configuration in an earlier run. */
  SmallMine accepted() throws IOException {
    SavedNames names = Wiring.names(site);
    try (LatchFile latches =
        LatchFile.open(folders.interlock(), names, false, Clock.SYSTEM.now())) {
      latches.save(Saved.nothing(site.plan()));
      latches.orderlyEnd();
    }
    return this;
  }

  /** A process on this mine whose end is only noted. */
  InterlockProcess process() throws IOException {
    List<SerialPort> ports = new ArrayList<>();
    for (Site.Line line : site.lines()) {
      SlaveBank bank = new SlaveBank(line.plan().settings(), slaves(line.plan()));
      SimBus bus =
          new SimBus(line.plan().name(), bank, Clock.SYSTEM, _ -> LockSupport.parkNanos(200_000));
      ports.add(line.plan().name().equals("air") ? new Breakable(bus) : bus);
    }
    return new InterlockProcess(
        site,
        folders,
        new Wires(ports, Optional.empty(), new BreakableBoard()),
        Clock.SYSTEM,
        halted::countDown);
  }

  private List<SimSlave> slaves(LinePlan plan) {
    return plan.slaves().stream()
        .map(slave -> new SimSlave(slave.address(), device(slave), TURNAROUND_MICROS))
        .toList();
  }

  private SimDevice device(LinePlan.SlavePlan slave) {
    return switch (slave.map().name()) {
      case "laser-head" -> head;
      case "gas-6in1-co" -> SimGasHead.carbonMonoxide();
      case "wind-speed" -> SimTransmitter.windSpeed(0);
      case "digital-inputs" -> inputs;
      default -> slave.name().equals("fan-relays") ? fanRelays : relays;
    };
  }

  /** The run contacts of both local fans. */
  void fansRun(boolean run) {
    inputs.contact(2, run);
    inputs.contact(3, run);
  }

  /** Relay of Z1 up, by its pulse. */
  boolean relayUp() {
    return relays.energised(0, Clock.SYSTEM.now());
  }

  /** Pin of Z2 at its energised level. */
  boolean pinUp() {
    return pins.pin(PIN).high();
  }

  /** A port whose driver can have a defect. */
  private final class Breakable implements SerialPort {
    private final SerialPort port;

    Breakable(SerialPort port) {
      this.port = port;
    }

    @Override
    public String name() {
      return port.name();
    }

    @Override
    public SerialLine open() throws IOException {
      SerialLine line = port.open();
      return new SerialLine() {
        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
          if (airDefect.isPresent()) {
            airThrew = true;
            throw airDefect.get();
          }
          return line.read(buffer, offset, length);
        }

        @Override
        public int write(byte[] buffer, int offset, int length) throws IOException {
          return line.write(buffer, offset, length);
        }

        @Override
        public void discard() throws IOException {
          line.discard();
        }

        @Override
        public void await(Tick now, Tick until) {
          line.await(now, until);
        }

        @Override
        public void wake() {
          line.wake();
        }

        @Override
        public void close() {
          line.close();
        }
      };
    }
  }

  /** A board whose output can refuse to be driven. */
  private final class BreakableBoard implements Board {
    @Override
    public OutputLine output(LineName name, Active active) throws IOException {
      OutputLine line = pins.output(name, active);
      return new OutputLine() {
        @Override
        public void drive(boolean energised) throws IOException {
          if (outputTrouble.isPresent()) {
            throw outputTrouble.get();
          }
          line.drive(energised);
        }

        @Override
        public boolean senses() throws IOException {
          return line.senses();
        }
      };
    }

    @Override
    public InputLine input(LineName name, Active active, Pull pull) throws IOException {
      return pins.input(name, active, pull);
    }

    @Override
    public void close() {
      pins.close();
    }
  }
}
