package davy.tests.kernel;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import davy.bridge.modbus.BusProbe;
import davy.bridge.modbus.DeviceMap.Block;
import davy.bridge.modbus.DeviceMap.Space;
import davy.bridge.modbus.DeviceMap.Timing;
import davy.bridge.serial.JsscPort;
import davy.hal.Board.Active;
import davy.hal.Board.LineName;
import davy.hal.Clock;
import davy.hal.OutputLine;
import davy.hal.SerialSettings;
import davy.hal.pi.PiBoard;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** What runs inside the emulated machine; its settings come with the kernel's command line. */
final class Guest {

  static final Console CONSOLE = new Console();

  static final int RELAY = 5;
  static final int UNIT = 7;
  static final int READS = 12;

  /** Of the registers that are read. */
  static final int COUNT = 4;

  private static final int TRIES = 100;
  private static final Path TRACE = Path.of("/sys/kernel/tracing");
  private static final Block BLOCK = new Block(Space.HOLDING, 0, COUNT);

  /** Patient, for both processors of this conversation may stand still at any time. */
  private static final Timing TIMING = new Timing(20, 400, 1_500, 0);

  private Guest() {}

  static String setting(String name) {
    return Optional.ofNullable(System.getenv("DAVY_" + name)).orElse("");
  }

  public static void main(String[] arguments) throws Exception {
    List<String> steps = List.of(setting("STEPS").split(","));
    if (steps.contains("rules")) {
      rules();
      trace();
    }
    if (steps.contains("modbus")) {
      modbus();
    }
    dieWithTheLineDriven();
  }

  private static void rules() {
    var request =
        LauncherDiscoveryRequestBuilder.request()
            .selectors(selectClass(SeamOnKernel.class))
            .build();
    LauncherFactory.create().execute(request, new Teller());
  }

  /** Tells each rule's result as a line of its own. */
  private static final class Teller implements TestExecutionListener {

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
      if (test.isTest() && test.getSource().orElseThrow() instanceof MethodSource method) {
        String why = result.getThrowable().map(Throwable::toString).orElse("");
        CONSOLE.result(
            "rule %s %s %s %s"
                .formatted(result.getStatus(), method.getMethodName(), test.getDisplayName(), why));
      }
    }
  }

  /** What the kernel's own trace says of a claim, a drive, its end and the release. */
  private static void trace() throws IOException {
    for (Active active : Active.values()) {
      Files.writeString(TRACE.resolve("events/gpio/enable"), "1");
      Files.writeString(TRACE.resolve("trace"), "");
      try (PiBoard board = new PiBoard()) {
        OutputLine relay = board.output(new LineName(setting("CHIP"), RELAY), active);
        relay.drive(true);
        relay.drive(false);
      }
      Files.writeString(TRACE.resolve("events/gpio/enable"), "0");
      Files.readString(TRACE.resolve("trace"))
          .lines()
          .filter(line -> line.contains("gpio_"))
          .map(line -> line.substring(line.indexOf("gpio_")))
          .forEach(line -> CONSOLE.result("trace " + active + " " + line));
    }
  }

  /** Reads the slave through faults of its, then a few times in a row. */
  private static void modbus() throws IOException {
    SerialSettings settings = new SerialSettings(19_200, SerialSettings.Format.F8E1);
    Path port = Path.of(setting("PORT"));
    try (BusProbe probe =
        new BusProbe(new JsscPort(port, settings, false).open(), settings, Clock.SYSTEM)) {
      for (String fault : List.of("crc", "garbage", "truncated", "silent", "refusal")) {
        CONSOLE.ask("fault " + fault);
        CONSOLE.result("faulty " + fault + " " + word(probe.read(UNIT, BLOCK, TIMING)));
      }
      int good = 0;
      for (int i = 0; i < TRIES && good < READS; i++) {
        if (probe.read(UNIT, BLOCK, TIMING) instanceof BusProbe.Answer.Values values) {
          good++;
          CONSOLE.result("values " + joined(values.values()));
        }
      }
    }
    String driver = port.toString().startsWith("/dev/ttyAMA") ? "ttyAMA" : "serial";
    for (String line : Files.readAllLines(Path.of("/proc/tty/driver", driver))) {
      CONSOLE.result("uart " + line);
    }
  }

  private static String joined(int[] values) {
    return Arrays.stream(values).mapToObj(Integer::toString).collect(Collectors.joining(" "));
  }

  private static String word(BusProbe.Answer answer) {
    return answer.getClass().getSimpleName();
  }

  /** Killed by SIGKILL from another process while the relay is energised: nothing of ours runs. */
  private static void dieWithTheLineDriven() throws IOException {
    PiBoard board = new PiBoard();
    board.output(new LineName(setting("CHIP"), RELAY), Active.HIGH).drive(true);
    CONSOLE.ask("driven");
    new ProcessBuilder("/bin/busybox", "kill", "-9", Long.toString(ProcessHandle.current().pid()))
        .start();
    while (true) {
      LockSupport.park(board);
    }
  }
}
