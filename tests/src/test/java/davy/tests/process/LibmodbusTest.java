package davy.tests.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import davy.bridge.modbus.BusPoller;
import davy.bridge.modbus.DeviceMap;
import davy.bridge.modbus.DeviceMap.Block;
import davy.bridge.modbus.DeviceMap.Channel;
import davy.bridge.modbus.DeviceMap.Encoding;
import davy.bridge.modbus.DeviceMap.Field;
import davy.bridge.modbus.DeviceMap.Relay;
import davy.bridge.modbus.DeviceMap.Scale;
import davy.bridge.modbus.DeviceMap.Space;
import davy.bridge.modbus.DeviceMap.Timing;
import davy.bridge.modbus.DeviceMap.Unit;
import davy.bridge.modbus.LinePlan;
import davy.bridge.modbus.LinePlan.CoilPlan;
import davy.bridge.modbus.LinePlan.SlavePlan;
import davy.bridge.serial.JsscPort;
import davy.hal.Clock;
import davy.hal.SerialSettings;
import davy.hal.SerialSettings.Format;
import davy.hal.posix.Posix;
import davy.hal.posix.Pty;
import davy.hal.signal.Permit;
import davy.hal.signal.Quantity;
import davy.hal.signal.Reading;
import davy.hal.signal.Tick;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The poller and a serial port of ours against a slave made of libmodbus. */
@Timeout(60)
@Tag("real-time")
final class LibmodbusTest {

  private static final long LIMIT_NANOS = 20_000_000_000L;
  private static final SerialSettings SETTINGS = new SerialSettings(19200, Format.F8N1);

  @TempDir private static Path folder;

  private Pty ours;
  private Pty theirs;
  private Process slave;
  private Writer commands;
  private BusPoller poller;
  private Thread wire;
  private List<Permit> levels = List.of(Permit.WITHHELD);

  @BeforeEach
  void connect() throws Exception {
    Path program = folder.resolve("slave");
    if (!Files.exists(program)) {
      compile(program);
    }
    ours = Pty.open();
    theirs = Pty.open();
    wire = Thread.ofPlatform().daemon().start(this::carry);
    slave =
        new ProcessBuilder(program.toString(), theirs.path().toString(), "19200")
            .redirectOutput(folder.resolve("coils").toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    commands = slave.outputWriter();
    await(() -> said("ready"));
    poller =
        new BusPoller(
            new LinePlan("line", SETTINGS, 50, List.of(plan())),
            new JsscPort(ours.path(), SETTINGS, false),
            () -> {});
  }

  @AfterEach
  void disconnect() throws Exception {
    poller.close();
    slave.destroyForcibly().waitFor();
    wire.interrupt();
    wire.join();
    ours.close();
    theirs.close();
  }

  @Test
  void itsRegisterIsOurReading() throws IOException {
    set(9, 42);
    await(() -> reads(42));
    set(9, 150);
    await(() -> reads(150));
    assertTrue(poller.image().slaves().getFirst().replies() > 1);
    assertEquals(0, poller.image().slaves().getFirst().exceptions());
  }

  @Test
  void ourPermitIsItsCoil() {
    await(() -> said("coil 3 0") && readsBack(0));
    levels = List.of(Permit.GRANTED);
    await(() -> said("coil 3 1") && readsBack(1));
    levels = List.of(Permit.WITHHELD);
    await(() -> readsBack(0));
  }

  @Test
  void itsDeathAgesTheReadingAndStopsNothing() throws Exception {
    set(9, 42);
    await(() -> reads(42));
    slave.destroyForcibly().waitFor();
    await(() -> !poller.image().slaves().getFirst().alive());
    Tick now = Clock.SYSTEM.now();
    assertTrue(poller.image().readings().getFirst().ageNanos(now) > 0);
    assertEquals("", poller.image().port());
  }

  private static void compile(Path program) throws Exception {
    Path source = Path.of("src/test/c/slave.c").toAbsolutePath();
    Process gcc =
        new ProcessBuilder(
                "sh",
                "-c",
                "gcc -Wall -Wextra -Werror -O1 -o \"$1\" \"$2\" $(pkg-config --cflags --libs"
                    + " libmodbus 2>/dev/null || echo -I/usr/include/modbus -lmodbus)",
                "sh",
                program.toString(),
                source.toString())
            .inheritIO()
            .start();
    assertEquals(0, gcc.waitFor(), "needs the packages gcc and libmodbus-dev");
  }

  /** The wire between the two pseudo-terminals. */
  private void carry() {
    byte[] bytes = new byte[256];
    try {
      while (!Thread.currentThread().isInterrupted()) {
        Posix.poll(ours.fd(), Posix.POLLIN, theirs.fd(), Posix.POLLIN, 50_000_000L);
        theirs.write(bytes, 0, ours.read(bytes, 0, bytes.length));
        ours.write(bytes, 0, theirs.read(bytes, 0, bytes.length));
      }
    } catch (IOException _) {
      // The test is over.
    }
  }

  private void set(int register, int value) throws IOException {
    commands.write("reg " + register + " " + value + "\n");
    commands.flush();
  }

  private boolean said(String line) {
    try {
      return Files.readAllLines(folder.resolve("coils")).contains(line);
    } catch (IOException _) {
      return false;
    }
  }

  private boolean reads(int amount) {
    return poller.image().readings().getFirst() instanceof Reading.Good good
        && good.amount() == amount;
  }

  private boolean readsBack(int energised) {
    return poller.image().coils().getFirst().readBack() instanceof Reading.Good good
        && good.amount() == energised;
  }

  /** Runs the line, and scans, until the condition holds. */
  private void await(BooleanSupplier condition) {
    Tick began = Clock.SYSTEM.now();
    while (!condition.getAsBoolean()) {
      Tick now = Clock.SYSTEM.now();
      assertTrue(now.nanosSince(began) < LIMIT_NANOS, "never happened");
      if (poller == null) {
        Thread.onSpinWait();
        continue;
      }
      poller.drive(levels, now);
      poller.await(now, poller.work(now).earliest(now.plusMillis(20)));
    }
  }

  private static SlavePlan plan() {
    Channel gas =
        new Channel(
            "gas",
            Quantity.METHANE,
            new Field(Space.HOLDING, 9, Encoding.U16, 0xFFFF),
            new Scale.Fixed(Unit.PERCENT_VOLUME, 2, 0),
            List.of(),
            List.of(),
            Optional.empty(),
            0,
            400);
    DeviceMap map =
        new DeviceMap(
            "slave",
            "libmodbus",
            "test",
            true,
            new Timing(5, 300, 300, 20),
            List.of(new Block(Space.HOLDING, 0, 10)),
            List.of(),
            List.of(gas),
            Optional.of(new Relay(8, 0, Optional.empty())));
    return new SlavePlan("slave", 1, map, true, 100, 0, List.of(new CoilPlan(3, 0)));
  }
}
