package davy.hal;

import java.io.IOException;

/**
 * The machine's own contacts: outputs that energise relays, inputs that see contacts. A missing
 * chip or line is an {@link IOException} at start that names chip, line and remedy.
 */
public interface Board extends AutoCloseable {

  /** Claims a line as output; it is de-energised from the claim itself on, without a glitch. */
  OutputLine output(LineName line, Active active) throws IOException;

  InputLine input(LineName line, Active active, Pull pull) throws IOException;

  /** De-energises and releases every line. Later use of a line is an IOException. */
  @Override
  void close();

  /**
   * @param chip label of the GPIO chip ({@code pinctrl-bcm2711}), never its number
   * @param offset line of that chip, from 0
   */
  record LineName(String chip, int offset) {
    @Override
    public String toString() {
      return chip + " line " + offset;
    }
  }

  /** Which level of the pin means energised or closed. */
  enum Active {
    HIGH,
    LOW
  }

  /** The pin's bias. */
  enum Pull {
    NONE,
    UP,
    DOWN
  }
}
