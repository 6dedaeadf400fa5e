package davy.bridge.modbus;

import static davy.bridge.modbus.TestLine.MILLI;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import davy.bridge.modbus.DeviceMap.Condition;
import davy.bridge.modbus.DeviceMap.Encoding;
import davy.bridge.modbus.DeviceMap.Field;
import davy.bridge.modbus.DeviceMap.Space;
import davy.bridge.modbus.DeviceMap.Timing;
import davy.bridge.modbus.LinePlan.SlavePlan;
import davy.hal.SerialSettings;
import davy.hal.SerialSettings.Format;
import davy.hal.signal.Reading;
import davy.hal.signal.SensorFault;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Adapters swapped in their sockets: another line's head answers at the same address (S24). */
final class PortBackTest {

  private static final int TYPE = 7;
  private static final Timing TIMING = new Timing(8, 40, 100, 100);

  /** The type register is read with every poll. */
  private static SlavePlan headWithType() {
    SlavePlan plain = TestLine.head("head", 1, TIMING, 1, true);
    DeviceMap map = plain.map();
    Field type = new Field(Space.HOLDING, 0, Encoding.U16, 0xFFFF);
    DeviceMap typed =
        new DeviceMap(
            map.name(),
            map.title(),
            map.source(),
            map.reviewed(),
            map.timing(),
            map.blocks(),
            List.of(new Condition(type, List.of(TYPE))),
            map.channels(),
            map.relay());
    return new SlavePlan("head", 1, typed, true, plain.pollMillis(), 0, List.of());
  }

  @Test
  void noReadingOfAnotherKindOfHeadCountsAfterThePortCameBack() {
    TestLine line =
        new TestLine(
            new SerialSettings(19200, Format.F8N1), List.of(headWithType()), List.of(8_000));
    line.heads.getFirst().set(0, TYPE);
    line.heads.getFirst().set(9, 30);
    line.run(500 * MILLI);
    assertEquals(30, ((Reading.Good) line.poller.image().readings().getFirst()).amount());
    line.bus.unplug();
    line.run(200 * MILLI);
    line.heads.getFirst().set(0, TYPE + 1);
    line.heads.getFirst().set(9, 77);
    line.bus.plug();
    line.run(
        3_000 * MILLI,
        () -> {
          if (line.poller.image().readings().getFirst() instanceof Reading.Good good) {
            assertEquals(30, good.amount(), "what another kind of head says");
          }
        });
    Reading.Faulty last =
        assertInstanceOf(Reading.Faulty.class, line.poller.image().readings().getFirst());
    assertEquals(SensorFault.WRONG_IDENTITY, last.fault());
  }
}
