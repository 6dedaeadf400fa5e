package davy.hal;

import java.io.IOException;

/** A contact read as a level, polled each scan. */
public interface InputLine {

  /** True while the contact is closed (the line is at its active level). */
  boolean closed() throws IOException;
}
