package davy.hal;

import davy.hal.signal.Tick;
import java.io.IOException;

/**
 * A serial line to an RS-485 bus. One owner thread; only {@link #wake} may come from others. Reads
 * and writes never block.
 *
 * <p>An {@link IOException} means that the port is lost: the owner closes it and opens a new one.
 */
public interface SerialLine extends AutoCloseable {

  /** Reads what has arrived, up to {@code length} bytes; 0 when nothing has. */
  int read(byte[] buffer, int offset, int length) throws IOException;

  /** Writes what the driver takes now; may be fewer than {@code length}. */
  int write(byte[] buffer, int offset, int length) throws IOException;

  /** Drops everything received and not yet read. */
  void discard() throws IOException;

  /** Blocks until bytes have arrived, a wake-up came, the port was lost, or {@code until}. */
  void await(Tick now, Tick until);

  /** Ends a present or the next {@link #await} at once; any thread. */
  void wake();

  @Override
  void close();
}
