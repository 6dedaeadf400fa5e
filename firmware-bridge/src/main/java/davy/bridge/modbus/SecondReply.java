package davy.bridge.modbus;

import java.util.Optional;

/**
 * Listens on after an answer: a second one that fits the same request means that two slaves share
 * the address, or that one answers later than its map declares. Neither may be believed.
 *
 * <p>Only reads count, for an adapter's echo of a write is its answer's twin. A new request to the
 * same slave ends the listening: what comes then may be its answer.
 */
final class SecondReply {

  /** No answer begins like this, so nothing is taken for an echo. */
  private static final byte[] NO_ECHO = new byte[RtuRequest.BYTES];

  private final ReplyFramer framer = new ReplyFramer();
  private Optional<RtuRequest> answered = Optional.empty();
  private Optional<Integer> unit = Optional.empty();

  /**
   * A request was answered.
   *
   * @param behind bytes that came with the answer, after its end
   */
  void answered(RtuRequest request, byte[] behind) {
    answered =
        switch (request) {
          case RtuRequest.Read read -> Optional.of(read);
          case RtuRequest.WriteCoil _ -> Optional.empty();
        };
    heard(behind, behind.length, true);
  }

  /** A request goes out. */
  void asked(RtuRequest request) {
    answered = answered.filter(before -> before.unit() != request.unit());
  }

  /** The line is another one. */
  void forget() {
    answered = Optional.empty();
  }

  /**
   * Bytes came.
   *
   * @param afterSilence 3.5 characters of silence went before: a frame begins
   */
  void heard(byte[] bytes, int count, boolean afterSilence) {
    if (answered.isEmpty()) {
      return;
    }
    if (afterSilence) {
      framer.expect(answered.get(), NO_ECHO, false);
    }
    framer.add(bytes, count);
    switch (framer.look()) {
      case REPLY, REFUSAL -> {
        unit = Optional.of(answered.get().unit());
        answered = Optional.empty();
      }
      case NOTHING, LIKELY_REPLY, LIKELY_REFUSAL -> {}
    }
  }

  /** The unit that answered one request twice; told once. */
  Optional<Integer> takeUnit() {
    Optional<Integer> told = unit;
    unit = Optional.empty();
    return told;
  }
}
