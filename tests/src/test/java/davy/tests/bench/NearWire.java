package davy.tests.bench;

import davy.bridge.modbus.BusPoller;
import davy.bridge.modbus.DeviceMap;
import davy.bridge.modbus.DeviceMap.Block;
import davy.bridge.modbus.DeviceMap.Channel;
import davy.bridge.modbus.DeviceMap.Encoding;
import davy.bridge.modbus.DeviceMap.Field;
import davy.bridge.modbus.DeviceMap.Scale;
import davy.bridge.modbus.DeviceMap.Space;
import davy.bridge.modbus.DeviceMap.Timing;
import davy.bridge.modbus.DeviceMap.Unit;
import davy.bridge.modbus.LinePlan;
import davy.bridge.modbus.LinePlan.SlavePlan;
import davy.bridge.serial.JsscPort;
import davy.hal.AgentThread;
import davy.hal.Clock;
import davy.hal.SerialSettings;
import davy.hal.signal.Quantity;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

/** The poller on one line, as fast as it goes. */
final class NearWire {

  private NearWire() {}

  /** Polls until told to end, then tells its thread's share of a processor, in 0.1 %. */
  static void run(Path port, int baud, int slaves) throws Exception {
    SerialSettings settings = new SerialSettings(baud, SerialSettings.Format.F8N1);
    BusPoller poller =
        new BusPoller(
            plan(settings, slaves, map(10, 0)), new JsscPort(port, settings, false), () -> {});
    CompletableFuture<Long> thread = new CompletableFuture<>();
    AgentThread runner =
        AgentThread.start(
            poller,
            Clock.SYSTEM,
            () -> thread.complete(Near.raise(Near.LINE_PRIORITY)),
            Near::defect);
    long id = thread.get();
    Near.tell("ready");
    Near.awaitWord();
    long cpu = Near.cpuNanos(id);
    long began = System.nanoTime();
    Near.awaitWord();
    Near.tell("cpu", (Near.cpuNanos(id) - cpu) * 1000 / (System.nanoTime() - began));
    Near.tell("polls", poller.image().slaves().stream().mapToLong(s -> s.replies()).sum());
    runner.close();
    poller.close();
  }

  static LinePlan plan(SerialSettings settings, int slaves, DeviceMap map) {
    return new LinePlan(
        "bench",
        settings,
        50,
        IntStream.rangeClosed(1, slaves)
            .mapToObj(a -> new SlavePlan("slave-" + a, a, map, true, 100, 0, List.of()))
            .toList());
  }

  /** Ten registers, the first of them methane. */
  static DeviceMap map(int turnaroundMaxMillis, int minPollMillis) {
    Channel gas =
        new Channel(
            "gas",
            Quantity.METHANE,
            new Field(Space.HOLDING, 0, Encoding.U16, 0xFFFF),
            new Scale.Fixed(Unit.PERCENT_VOLUME, 2, 0),
            List.of(),
            List.of(),
            Optional.empty(),
            0,
            400);
    return new DeviceMap(
        "bench",
        "bench",
        "made up",
        true,
        new Timing(1, turnaroundMaxMillis, 20, minPollMillis),
        List.of(new Block(Space.HOLDING, 0, WireTime.REGISTERS)),
        List.of(),
        List.of(gas),
        Optional.empty());
  }
}
