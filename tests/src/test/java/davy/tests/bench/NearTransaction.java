package davy.tests.bench;

import com.ghgande.j2mod.modbus.ModbusException;
import com.ghgande.j2mod.modbus.io.ModbusSerialTransaction;
import com.ghgande.j2mod.modbus.msg.ReadMultipleRegistersRequest;
import davy.bridge.modbus.BusPoller;
import davy.bridge.serial.JsscPort;
import davy.hal.AgentThread;
import davy.hal.Clock;
import davy.hal.SerialLine;
import davy.hal.SerialPort;
import davy.hal.SerialSettings;
import java.nio.file.Path;

/** One transaction after another, stamped: the write of each request, and its values at hand. */
final class NearTransaction {

  private static final SerialSettings SETTINGS =
      new SerialSettings(115_200, SerialSettings.Format.F8N1);
  private static final double LOOK_SECONDS = 0.05;

  private NearTransaction() {}

  /** The poller, until so many replies stand in its image and the scan has been called for each. */
  static void davy(Path device, int count) {
    Stamps written = new Stamps(2 * count);
    Stamps done = new Stamps(count);
    SerialPort port = stamped(device, written);
    BusPoller poller =
        new BusPoller(
            NearWire.plan(SETTINGS, 1, NearWire.map(10, 0)),
            port,
            () -> done.add(System.nanoTime()));
    try (AgentThread _ =
        AgentThread.start(
            poller, Clock.SYSTEM, () -> Near.raise(Near.LINE_PRIORITY), Near::defect)) {
      while (!done.full()) {
        Near.pause(LOOK_SECONDS);
      }
    }
    poller.close();
    tell(written, done);
  }

  /** j2mod's own transaction and transport, its bytes carried as ours are. */
  static void j2mod(Path device, int count) throws Exception {
    Stamps written = new Stamps(2 * count);
    Stamps done = new Stamps(count);
    Near.raise(Near.LINE_PRIORITY);
    try (SerialLine line = stamped(device, written).open()) {
      J2modConnection connection = new J2modConnection(line, SETTINGS);
      ModbusSerialTransaction transaction =
          (ModbusSerialTransaction) connection.getModbusTransport().createTransaction();
      transaction.setSerialConnection(connection);
      while (!done.full()) {
        read(transaction);
        done.add(System.nanoTime());
      }
    }
    tell(written, done);
  }

  private static SerialPort stamped(Path device, Stamps written) {
    SerialPort port = new JsscPort(device, SETTINGS, false);
    return new StampedPort(port, (buffer, offset, began, ended) -> written.add(began));
  }

  private static void read(ModbusSerialTransaction transaction) throws ModbusException {
    ReadMultipleRegistersRequest request = new ReadMultipleRegistersRequest(0, WireTime.REGISTERS);
    request.setUnitID(1);
    transaction.setRequest(request);
    transaction.execute();
    if (transaction.getResponse().getUnitID() != 1) {
      throw new IllegalStateException("not from the slave that was asked");
    }
  }

  private static void tell(Stamps written, Stamps done) {
    Near.tell("written", written.all());
    Near.tell("done", done.all());
  }
}
