package davy.controller.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import davy.bridge.modbus.BusProbe;
import davy.bridge.modbus.LinePlan;
import davy.bridge.sim.SimBus;
import davy.bridge.sim.SimFault;
import davy.bridge.sim.SimGasHead;
import davy.bridge.sim.SimInputs;
import davy.bridge.sim.SimRelays;
import davy.bridge.sim.SimSlave;
import davy.bridge.sim.SimTransmitter;
import davy.bridge.sim.SlaveBank;
import davy.controller.config.SiteFile;
import davy.hal.SerialLine;
import davy.hal.SerialSettings;
import davy.hal.SerialSettings.Format;
import davy.hal.signal.Tick;
import davy.hal.sim.SimClock;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Commissioning on a simulated line, in simulated time. */
final class BusCommandTest {

  private static final SerialSettings RIGHT = new SerialSettings(19200, Format.F8E1);
  private static final SerialSettings WRONG = new SerialSettings(9600, Format.F8N1);

  private final SimClock clock = new SimClock(new Tick(1_000_000_000));
  private final Set<Integer> functions = new TreeSet<>();

  private SerialLine open(SerialSettings settings, List<SimSlave> slaves) {
    SlaveBank bank = new SlaveBank(settings, slaves);
    bank.listen((frame, _) -> functions.add((int) frame[1]));
    try {
      return new SimBus("sim", bank, clock, to -> clock.advance(to.nanosSince(clock.now()))).open();
    } catch (IOException refused) {
      throw new AssertionError(refused);
    }
  }

  private static SimTransmitter laserHead(int amount) {
    SimTransmitter head = new SimTransmitter();
    head.set(0, amount);
    head.set(1, 1);
    return head;
  }

  @Test
  void devicesAreFoundAtTheirSpeedWithDuplicatesAndNothingIsWritten() throws IOException {
    List<SimSlave> slaves =
        List.of(
            new SimSlave(3, laserHead(42), 8_000),
            new SimSlave(5, laserHead(10), 8_000),
            new SimSlave(5, laserHead(20), 60_000),
            new SimSlave(9, new SimRelays(8), 5_000));
    List<Integer> asked = new ArrayList<>();
    BusSearch search =
        new BusSearch(
            settings -> open(settings, settings.equals(RIGHT) ? slaves : List.of()),
            clock,
            100,
            (_, address, _) -> asked.add(address));
    List<BusSearch.Found> found = search.search(List.of(WRONG, RIGHT), 1, 20);

    assertEquals(40, asked.size());
    assertEquals(List.of(3, 5, 9), found.stream().map(BusSearch.Found::address).toList());
    assertTrue(found.stream().allMatch(each -> each.settings().equals(RIGHT)));
    assertEquals("holding register 0 = 42", found.getFirst().words());
    assertTrue(found.getFirst().replyMicros() >= 8_000);
    assertEquals(List.of(false, true, false), found.stream().map(BusSearch.Found::shared).toList());
    assertTrue(Set.of(1, 2, 3).containsAll(functions), "only reads: " + functions);
    assertEquals(
        List.of(BusGuess.METHANE, BusGuess.METHANE, BusGuess.RELAYS),
        found.stream().map(BusSearch.Found::guess).toList());
    List<String> draft = SiteDraft.of("/dev/serial/by-id/x", found);
    assertTrue(draft.containsAll(List.of("baud = 19200", "format = \"8E1\"", "address = 9")));
    assertTrue(draft.contains("# TWO DEVICES with this address: give one of them another"));
    assertEquals(List.of(), SiteDraft.complaints(draft), "davy check accepts it as it stands");
  }

  @Test
  void theGasModuleIsKnownByItsGasCodeAndWhatCanNotCutIsSaid() throws IOException {
    List<SimSlave> slaves =
        List.of(
            new SimSlave(1, SimGasHead.methane(), 8_000),
            new SimSlave(2, SimGasHead.carbonMonoxide(), 8_000),
            new SimSlave(3, new SimInputs(8), 8_000));
    BusSearch search = new BusSearch(_ -> open(RIGHT, slaves), clock, 50, (_, _, _) -> {});
    List<BusSearch.Found> found = search.search(List.of(RIGHT), 1, 4);
    assertEquals(
        List.of(BusGuess.GAS, BusGuess.GAS_CO, BusGuess.INPUTS),
        found.stream().map(BusSearch.Found::guess).toList());
    List<String> wrong = SiteDraft.complaints(SiteDraft.of("/dev/serial/by-id/x", found));
    assertFalse(wrong.isEmpty(), "no head here can cut a zone");
    assertEquals(List.of(), SiteDraft.of("/dev/serial/by-id/x", List.of()));
  }

  private static LinePlan methane() {
    if (SiteFile.read(Path.of("../deploy/sites/heading.toml"))
        instanceof SiteFile.Outcome.Accepted accepted) {
      return accepted.site().lines().getFirst().plan();
    }
    return fail("the example is refused");
  }

  @Test
  void theSitesDevicesAreReadWithTheirMapsAndCounted() throws IOException {
    LinePlan plan = methane();
    SimSlave silent = new SimSlave(2, laserHead(30), 30_000);
    List<SimSlave> slaves = List.of(new SimSlave(1, laserHead(149), 30_000), silent);
    BusWatch watch = new BusWatch(plan, clock);
    try (BusProbe probe = new BusProbe(open(plan.settings(), slaves), plan.settings(), clock)) {
      watch.round(probe);
      assertTrue(watch.good());
      assertTrue(watch.lines().get(1).contains("methane 149"), watch.lines().toString());
      assertTrue(watch.lines().get(1).contains("95 1"), "the raw registers");
      silent.fault(SimFault.SILENT);
      watch.round(probe);
    }
    assertFalse(watch.good());
    String line = watch.json().toString();
    assertTrue(line.contains("name=head-t2, address=2, readings={}, replies=1, silences=1"), line);
    assertEquals(Set.of(3), functions);
  }

  private int run(String... arguments) {
    StringWriter out = new StringWriter();
    return CommandMain.run(new PrintWriter(out, true), new PrintWriter(out, true), arguments);
  }

  @Test
  void withoutALineOrWithWrongNumbersItIsMisusedAndAMissingPortIsToldOf() {
    assertEquals(Exit.USAGE, run("bus"));
    assertEquals(Exit.USAGE, run("bus", "--port", "/dev/none", "--last", "248"));
    assertEquals(Exit.USAGE, run("bus", "--port", "/dev/none", "--format", "7E1"));
    assertEquals(Exit.IO_ERROR, run("bus", "--port", "/dev/none", "--baud", "9600"));
    assertEquals(Exit.IO_ERROR, run("bus", "../deploy/sites/heading.toml"));
    assertEquals(Exit.NO_INPUT, run("bus", "none.toml"));
  }
}
