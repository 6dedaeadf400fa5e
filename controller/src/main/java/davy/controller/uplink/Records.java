package davy.controller.uplink;

import java.io.IOException;
import java.util.Optional;

/** The journal as the uplink reads it: in order, from any record on. */
interface Records extends AutoCloseable {

  /**
   * @param json the journal's line itself, unchanged
   */
  record Line(long seq, String json) {}

  /** The next {@link #next} is the first record after {@code seq}. */
  void after(long seq) throws IOException;

  /** The next record; empty where the journal ends for now. */
  Optional<Line> next() throws IOException;

  @Override
  void close() throws IOException;

  /** Opens the journal; fails while there is none. */
  @FunctionalInterface
  interface Source {
    Records open() throws IOException;
  }
}
