package davy.bridge.modbus;

import davy.hal.measure.Spread;
import davy.hal.signal.Permit;
import davy.hal.signal.Reading;
import davy.hal.signal.Tick;
import java.util.List;

/**
 * All that a line knows at one moment, immutable, published whole after every transaction.
 *
 * @param at when it was published
 * @param port empty while the port is open, else why it is not and what to do
 * @param readings of every channel: slaves in plan order, channels in map order
 * @param coils of every coil in use: slaves in plan order, coils in plan order
 * @param slaves in plan order
 * @param transactions finished since start, whatever their outcome: grows while the agent lives
 * @param times of these transactions, from the wish to send to their end
 */
public record LineImage(
    Tick at,
    String port,
    List<Reading> readings,
    List<CoilImage> coils,
    List<SlaveHealth> slaves,
    long transactions,
    Spread times) {

  public LineImage {
    readings = List.copyOf(readings);
    coils = List.copyOf(coils);
    slaves = List.copyOf(slaves);
  }

  /** The same, by a line that is there and has nothing new. */
  LineImage seen(Tick now) {
    return new LineImage(now, port, readings, coils, slaves, transactions, times);
  }

  /**
   * @param readBack contact reading of the board's own coil state: 1 energised
   * @param written the permit that the last completely sent coil frame carried
   * @param writtenAt when the last byte of the first frame left that carried this permit
   */
  public record CoilImage(Reading readBack, Permit written, Tick writtenAt) {}

  /**
   * @param alive it answered its latest poll, or has not yet missed enough to be probed as dead
   * @param replies good replies since start
   * @param silences time-outs
   * @param badFrames replies dropped for CRC, length, unit, function or echo
   * @param exceptions Modbus exception replies
   * @param secondAnswers signs of a second device with this address
   * @param replyMicros of the latest good reply, last request byte to last reply byte
   * @param replyTimes the same of all good replies
   */
  public record SlaveHealth(
      String name,
      boolean alive,
      long replies,
      long silences,
      long badFrames,
      long exceptions,
      long secondAnswers,
      long replyMicros,
      Spread replyTimes) {}
}
