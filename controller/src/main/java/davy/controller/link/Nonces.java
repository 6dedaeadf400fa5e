package davy.controller.link;

import davy.hal.signal.Tick;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;

/**
 * Numbers that show that a loosening request was made just now (S4): a fresh one every second,
 * valid for 5 s of monotonic time, each good for one request. Any thread but the scan.
 */
final class Nonces {

  static final long VALID_NANOS = 5_000_000_000L;
  private static final long FRESH_NANOS = 1_000_000_000L;

  private final SecureRandom random = new SecureRandom();
  private final Deque<Issued> issued = new ArrayDeque<>();

  private record Issued(String text, Tick at) {}

  /** The nonce to publish now. */
  synchronized String current(Tick now) {
    forget(now);
    if (issued.isEmpty() || now.nanosSince(issued.getLast().at()) >= FRESH_NANOS) {
      byte[] bytes = new byte[8];
      random.nextBytes(bytes);
      issued.addLast(new Issued(HexFormat.of().formatHex(bytes), now));
    }
    return issued.getLast().text();
  }

  /** True once for every nonce that is young enough. */
  synchronized boolean use(String text, Tick now) {
    forget(now);
    return issued.removeIf(one -> one.text().equals(text));
  }

  private void forget(Tick now) {
    issued.removeIf(one -> now.nanosSince(one.at()) > VALID_NANOS);
  }
}
