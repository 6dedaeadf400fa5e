package davy.controller.uplink;

import java.io.IOException;
import java.util.Optional;

/** The journal as the uplink reads it: in order, from any record on. */
interface Records extends AutoCloseable {

  /**
   * @param json the journal's line itself, unchanged, also where it is damaged
   * @param hash as the line says; empty where it is damaged
   */
  record Line(long seq, String json, String hash) {}

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
