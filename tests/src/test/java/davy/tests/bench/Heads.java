package davy.tests.bench;

import davy.bridge.sim.SimSlave;
import davy.bridge.sim.SimTransmitter;
import java.util.ArrayList;
import java.util.List;

/** Heads at addresses from 1 on, good, all reading the same; they answer as Modbus allows. */
final class Heads {

  private static final int GOOD = 1;

  private final List<SimTransmitter> devices = new ArrayList<>();
  private final List<SimSlave> slaves = new ArrayList<>();

  Heads(int count) {
    for (int address = 1; address <= count; address++) {
      SimTransmitter head = new SimTransmitter();
      for (int register = 2; register < WireTime.REGISTERS; register++) {
        head.set(register, register);
      }
      head.set(1, GOOD);
      devices.add(head);
      slaves.add(new SimSlave(address, head, 0));
    }
    read(40);
  }

  List<SimSlave> slaves() {
    return slaves;
  }

  void read(int hundredths) {
    devices.forEach(head -> head.set(0, hundredths));
  }
}
