package davy.hal;

import java.io.IOException;

/** An output that energises a relay to run. Driven with its level every scan; never an edge. */
public interface OutputLine {

  void drive(boolean energised) throws IOException;

  /** Whether the pin itself shows the energised level now: evidence, not the last command. */
  boolean senses() throws IOException;
}
