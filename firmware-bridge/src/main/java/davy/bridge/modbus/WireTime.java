package davy.bridge.modbus;

import davy.bridge.modbus.DeviceMap.Timing;
import davy.hal.SerialSettings;

/**
 * How long things take on one line at the very worst, in nanoseconds. The master's deadlines and
 * {@link LineBudget} both come from here, so that what is proven is what is done.
 */
record WireTime(SerialSettings settings) {

  /** Added to each transaction for the adapter and this machine. */
  static final long HOST_NANOS = 5_000_000;

  long characters(int count) {
    return count * settings.characterNanos();
  }

  long silence() {
    return settings.silenceNanos();
  }

  /** From the start of a request's first byte to its last byte's end. */
  long request() {
    return characters(RtuRequest.BYTES);
  }

  /** From the wish to send to the end of the transaction, whatever happens on the line. */
  long transaction(RtuRequest request, Timing timing) {
    return silence() + request() + answer(request, timing) + HOST_NANOS;
  }

  /** The same on a line where nothing is wrong, each device taking its typical time. */
  long usual(RtuRequest request, Timing timing) {
    return silence() + request() + usualAnswer(request, timing);
  }

  /** From the last byte of the request to the last byte of the slowest reply. */
  long answer(RtuRequest request, Timing timing) {
    return answer(request, timing.turnaroundMaxMillis());
  }

  /** The same for a usual reply. */
  long usualAnswer(RtuRequest request, Timing timing) {
    return answer(request, timing.turnaroundTypicalMillis());
  }

  /** A slave knows the end of a request by its silence, so none answers sooner. */
  private long answer(RtuRequest request, int turnaroundMillis) {
    return Math.max(turnaroundMillis * 1_000_000L, silence()) + characters(request.replyBytes());
  }
}
