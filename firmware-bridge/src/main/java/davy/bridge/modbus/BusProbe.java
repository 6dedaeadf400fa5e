package davy.bridge.modbus;

import davy.bridge.modbus.DeviceMap.Block;
import davy.bridge.modbus.DeviceMap.Timing;
import davy.hal.Clock;
import davy.hal.SerialLine;
import davy.hal.SerialSettings;
import davy.hal.signal.Tick;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Reads from one line by hand, one request at a time, with the master that the poller uses. It has
 * no word for a write. Blocks its caller's thread, which alone may use it.
 */
public final class BusProbe implements AutoCloseable {

  private final SerialLine line;
  private final Clock clock;
  private final RtuMaster master;

  /**
   * @param line just opened; closed with this
   */
  public BusProbe(SerialLine line, SerialSettings settings, Clock clock) {
    this.line = line;
    this.clock = clock;
    this.master = new RtuMaster(settings, line, FrameTap.NONE, clock.now());
  }

  /** What came of one request. */
  public sealed interface Answer {

    /**
     * @param values one for each register or bit
     * @param replyNanos from the last byte of the request to the last of the reply
     * @param twice a second answer came: two devices share the address
     */
    record Values(int[] values, long replyNanos, boolean twice) implements Answer {}

    /**
     * The device is there and will not.
     *
     * @param code the Modbus exception
     */
    record Refused(int code, boolean twice) implements Answer {}

    record Silent() implements Answer {}

    /**
     * @param doubled it looks like two devices that speak at one time
     */
    record Garbled(boolean doubled) implements Answer {}

    /** The port is gone. */
    record Lost(String why) implements Answer {}
  }

  /**
   * Asks, waits for the answer and then for a second one until the device's time is over.
   *
   * @param unit 1 to 247
   */
  public Answer read(int unit, Block block, Timing timing) {
    RtuRequest.Read request = new RtuRequest.Read(unit, block);
    for (Tick now = clock.now(), ready = master.readyAt(request, now);
        now.isBefore(ready);
        now = clock.now()) {
      master.work(now);
      line.await(now, ready);
    }
    master.begin(request, timing, true, clock.now());
    Outcome outcome = finish();
    while (!master.idle()) {
      Tick now = clock.now();
      if (master.work(now) instanceof RtuMaster.Progress.Pending pending && !master.idle()) {
        line.await(now, pending.until());
      }
    }
    boolean twice = master.takeSharedUnit().isPresent();
    return switch (outcome) {
      case Outcome.Reply reply ->
          new Answer.Values(
              Arrays.copyOf(reply.values(), block.count()), reply.replyNanos(), twice);
      case Outcome.Refused refused -> new Answer.Refused(refused.code(), twice);
      case Outcome.Silence _ -> new Answer.Silent();
      case Outcome.Garbled garbled -> new Answer.Garbled(garbled.doubled());
      case Outcome.Lost lost -> new Answer.Lost(lost.why());
    };
  }

  private Outcome finish() {
    while (true) {
      Tick now = clock.now();
      switch (master.work(now)) {
        case RtuMaster.Progress.Done done -> {
          return done.outcome();
        }
        case RtuMaster.Progress.Pending pending -> line.await(now, pending.until());
      }
    }
  }

  /**
   * One whole poll of a device as its map says; empty where a part of it failed.
   *
   * @param answers gets every answer, in order
   */
  public Optional<RegisterImage> poll(LinePlan.SlavePlan slave, List<Answer> answers) {
    List<RegisterImage.Part> parts = new ArrayList<>();
    for (Block block : slave.map().blocks()) {
      Answer answer = read(slave.address(), block, slave.map().timing());
      answers.add(answer);
      if (!(answer instanceof Answer.Values values)) {
        return Optional.empty();
      }
      parts.add(new RegisterImage.Part(block, values.values()));
    }
    return Optional.of(new RegisterImage(parts));
  }

  @Override
  public void close() {
    line.close();
  }
}
