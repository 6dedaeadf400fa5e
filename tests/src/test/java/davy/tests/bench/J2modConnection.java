package davy.tests.bench;

import com.ghgande.j2mod.modbus.io.AbstractModbusTransport;
import com.ghgande.j2mod.modbus.io.ModbusRTUTransport;
import com.ghgande.j2mod.modbus.net.AbstractSerialConnection;
import davy.hal.Clock;
import davy.hal.SerialLine;
import davy.hal.SerialSettings;
import davy.hal.signal.Tick;
import java.io.IOException;
import java.util.Set;

/** j2mod's own RTU transport on a serial line of ours, so that both carry bytes alike. */
final class J2modConnection extends AbstractSerialConnection {

  private static final int DATA_BITS = 8;
  private static final int TIMEOUT_MILLIS = 100;

  private final SerialLine line;
  private final SerialSettings settings;
  private final ModbusRTUTransport transport = new ModbusRTUTransport();
  private int timeout = TIMEOUT_MILLIS;

  J2modConnection(SerialLine line, SerialSettings settings) throws IOException {
    this.line = line;
    this.settings = settings;
    transport.setCommPort(this);
  }

  @Override
  public void open() {}

  @Override
  public AbstractModbusTransport getModbusTransport() {
    return transport;
  }

  /** As many bytes as asked for, or what has come when the time is over. */
  @Override
  public int readBytes(byte[] buffer, int bytesToRead) {
    Tick end = Clock.SYSTEM.now().plusMillis(timeout);
    int taken = 0;
    try {
      while (true) {
        taken += line.read(buffer, taken, bytesToRead - taken);
        Tick now = Clock.SYSTEM.now();
        if (taken == bytesToRead || !now.isBefore(end)) {
          return taken;
        }
        line.await(now, end);
      }
    } catch (IOException _) {
      return -1;
    }
  }

  @Override
  public int writeBytes(byte[] buffer, int bytesToWrite) {
    try {
      return line.write(buffer, 0, bytesToWrite);
    } catch (IOException _) {
      return -1;
    }
  }

  /** j2mod asks only to drop what is there; nothing ever is. */
  @Override
  public int bytesAvailable() {
    return 0;
  }

  @Override
  public void close() {}

  @Override
  public int getBaudRate() {
    return settings.baud();
  }

  @Override
  public int getNumDataBits() {
    return DATA_BITS;
  }

  @Override
  public int getNumStopBits() {
    return ONE_STOP_BIT;
  }

  @Override
  public int getParity() {
    return NO_PARITY;
  }

  @Override
  public String getPortName() {
    return "bench";
  }

  @Override
  public String getDescriptivePortName() {
    return getPortName();
  }

  @Override
  public void setComPortTimeouts(int newTimeoutMode, int readTimeout, int writeTimeout) {}

  @Override
  public boolean isOpen() {
    return true;
  }

  @Override
  public int getTimeout() {
    return timeout;
  }

  @Override
  public void setTimeout(int millis) {
    timeout = millis;
  }

  @Override
  public Set<String> getCommPorts() {
    return Set.of();
  }
}
