package davy.controller.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import davy.bridge.sim.SimInputs;
import davy.bridge.sim.SimRelays;
import davy.bridge.sim.SimSlave;
import davy.bridge.sim.SimTransmitter;
import davy.bridge.sim.SlaveBank;
import davy.hal.Clock;
import davy.hal.SerialSettings;
import davy.hal.SerialSettings.Format;
import davy.hal.posix.Posix;
import davy.hal.posix.Pty;
import davy.hal.signal.Tick;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole command on a pseudo-terminal with slaves that count what they are asked. */
final class BusWireTest {

  private static final long STEP_NANOS = 1_000_000L;

  private static final int TIMES = 4;

  /** Functions 1 to 4; a write is 5, 6, 15 or 16. */
  private static final int LAST_READ = 4;

  private final SimRelays relays = new SimRelays(8);
  private final SlaveBank bank =
      new SlaveBank(
          new SerialSettings(115_200, Format.F8N1),
          List.of(
              new SimSlave(3, head(), 2_000),
              new SimSlave(5, new SimInputs(8), 2_000),
              new SimSlave(7, relays, 2_000)));
  private final Map<Integer, Integer> asked = new ConcurrentHashMap<>();
  private final StringWriter out = new StringWriter();
  private volatile boolean over;
  private Pty pty;
  private Thread pump;
  @TempDir private Path folder;

  private static SimTransmitter head() {
    SimTransmitter head = new SimTransmitter();
    head.set(0, 42);
    return head;
  }

  @BeforeEach
  void theSlavesAnswer() throws IOException {
    bank.listen((frame, _) -> asked.merge((int) frame[1], 1, Integer::sum));
    pty = Pty.open();
    pump = Thread.ofPlatform().start(this::pump);
  }

  @AfterEach
  void theyFallSilent() throws InterruptedException {
    over = true;
    pump.join();
  }

  private void pump() {
    byte[] buffer = new byte[512];
    try {
      while (!over) {
        Tick now = Clock.SYSTEM.now();
        bank.send(buffer, 0, pty.read(buffer, 0, buffer.length), now);
        byte[] said = bank.take(now);
        pty.write(said, 0, said.length);
        Posix.poll(pty.fd(), Posix.POLLIN, STEP_NANOS);
      }
      pty.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private int run(String... arguments) {
    out.getBuffer().setLength(0);
    PrintWriter all = new PrintWriter(out, true);
    return CommandMain.run(all, all, arguments);
  }

  @Test
  void whateverTheCommandDoesNothingIsWrittenAndItsSiteIsAcceptedAsItStands() throws IOException {
    String port = pty.path().toString();
    String[] line = {"bus", "--port", port, "--baud", "115200", "--format", "8N1"};
    String found = search(line);
    assertTrue(found.contains("# 3 found"), found);
    assertTrue(found.contains("# davy check accepts this as it stands"), found);
    String draft = found.substring(found.indexOf("[site]"));
    Path site = Files.writeString(folder.resolve("site.toml"), draft);
    assertEquals(Exit.OK, run("check", site.toString()), out.toString());

    run("bus", site.toString(), "--rounds", "3");
    assertTrue(out.toString().contains("methane 42"), out.toString());
    run(
        with(
            line,
            "--map",
            "generic-methane",
            "--address",
            "3",
            "--rounds",
            "3",
            "--parameters",
            "register = 0, encoding = \"s16\", unit = \"percent-volume\", decimals = 2,"
                + " maximum = 4.00"));
    assertTrue(out.toString().contains("methane 42"), out.toString());
    assertEquals(Exit.CONFIG, run(with(line, "--map", "no-such-map")));
    assertTrue(out.toString().contains("no device map is named no-such-map"), out.toString());

    assertTrue(asked.values().stream().mapToInt(Integer::intValue).sum() > 20, asked.toString());
    assertTrue(
        asked.keySet().stream().allMatch(function -> 1 <= function && function <= LAST_READ),
        "functions asked: " + asked);
    for (int coil = 0; coil < 8; coil++) {
      assertTrue(!relays.energised(coil, Clock.SYSTEM.now()), "coil " + coil);
    }
  }

  /** Again where the machine stood still, so that a device seemed slow or absent. */
  private String search(String... line) {
    for (int time = 0; time < TIMES; time++) {
      run(with(line, "--last", "7", "--timeout", "200"));
      if (out.toString().contains("accepts this as it stands")
          && out.toString().contains("# 3 found")) {
        break;
      }
    }
    return out.toString();
  }

  private static String[] with(String[] first, String... more) {
    return Stream.of(first, more).flatMap(Stream::of).toArray(String[]::new);
  }
}
