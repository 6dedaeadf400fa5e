package davy.tests.bench;

import davy.hal.SerialSettings;

/** What a poll of ten registers takes on the wire when nobody loses any time. */
final class WireTime {

  static final int REGISTERS = 10;
  private static final int REQUEST_BYTES = 8;
  private static final int REPLY_BYTES = 5 + 2 * REGISTERS;

  private WireTime() {}

  /** Both frames and the silence before each, for a slave that takes no longer than that. */
  static long nanos(SerialSettings settings) {
    return (REQUEST_BYTES + REPLY_BYTES) * settings.characterNanos() + 2 * settings.silenceNanos();
  }
}
