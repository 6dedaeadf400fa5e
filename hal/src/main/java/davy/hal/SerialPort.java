package davy.hal;

import java.io.IOException;

/** A named place where a serial line can be opened, again and again as adapters come and go. */
public interface SerialPort {

  /** The stable name people know it by, for messages. */
  String name();

  /**
   * Opens the port exclusively.
   *
   * @throws IOException naming the port, the reason and the remedy
   */
  SerialLine open() throws IOException;
}
