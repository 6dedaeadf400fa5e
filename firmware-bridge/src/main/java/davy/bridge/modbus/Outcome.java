package davy.bridge.modbus;

import davy.hal.signal.Tick;

/** How one transaction ended. */
sealed interface Outcome {

  /**
   * A reply that fits the request in unit, function, length, echoed fields and CRC.
   *
   * @param values registers 0 to 65535 or bits 0 and 1, as many as were asked for; empty for a
   *     write
   * @param proven false for the echo of a write that may be an earlier write's late one, or the
   *     adapter's own echo
   * @param arrival when the last byte was read
   * @param replyNanos from the last byte of the request to the last of the reply
   */
  record Reply(int[] values, boolean proven, Tick arrival, long replyNanos) implements Outcome {}

  /**
   * The slave answers that it will not: it is alive.
   *
   * @param code 1 illegal function, 2 illegal address, 3 illegal value, 4 device failure, ...
   */
  record Refused(int code, Tick arrival) implements Outcome {}

  /** Nothing came but perhaps our own echo. */
  record Silence() implements Outcome {}

  /**
   * Bytes came, but no reply to this request.
   *
   * @param doubled they began like the reply and were too many: two slaves that speak at one time
   */
  record Garbled(String why, boolean doubled) implements Outcome {}

  /** The port is gone; close it. */
  record Lost(String why) implements Outcome {}
}
