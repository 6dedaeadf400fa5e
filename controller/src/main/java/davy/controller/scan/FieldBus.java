package davy.controller.scan;

import davy.bridge.modbus.LineImage;
import davy.hal.signal.Permit;
import davy.hal.signal.Tick;
import java.util.List;

/** One serial line as the scan sees it: an image to sample, levels to drive. */
public interface FieldBus {

  LineImage image();

  /**
   * @param coils the level of every coil in use, in plan order
   * @param scan tick of the scan that decided them
   */
  void drive(List<Permit> coils, Tick scan);
}
