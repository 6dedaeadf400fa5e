package davy.controller.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import davy.bridge.serial.JsscPort;
import davy.bridge.sim.SlaveBank;
import davy.hal.Clock;
import davy.hal.SerialLine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An adapter that is pulled and plugged in again, as the interlock's own port sees it. */
final class PtyLineTest {

  @TempDir private Path folder;

  @Test
  void aPulledAdapterHangsUpAndComesBackUnderItsName() throws IOException {
    Path link = folder.resolve("line");
    SlaveBank nobody = new SlaveBank(Mine.SENSOR_LINE, List.of());
    JsscPort port = new JsscPort(link, Mine.SENSOR_LINE, false);
    byte[] bytes = new byte[8];
    try (PtyLine line = new PtyLine("line", nobody, link, Clock.SYSTEM.now())) {
      SerialLine open = port.open();
      assertEquals(8, open.write(bytes, 0, 8));
      line.vanish();
      assertThrows(IOException.class, () -> open.write(bytes, 0, 8));
      open.close();
      assertFalse(Files.exists(link));
      assertThrows(IOException.class, port::open);
      assertFalse(line.pump(Clock.SYSTEM.now()));
      line.appear(Clock.SYSTEM.now());
      SerialLine again = port.open();
      assertEquals(8, again.write(bytes, 0, 8));
      again.close();
    }
    assertTrue(Files.notExists(link));
  }
}
