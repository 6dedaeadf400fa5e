package davy.controller.link;

import davy.hal.signal.Tick;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;

/**
 * Numbers that show that a request was made just now: a fresh one every so often, valid for a time
 * on the monotonic clock. Any thread but the scan.
 */
final class Nonces {

  private final long validNanos;
  private final long freshNanos;
  private final SecureRandom random = new SecureRandom();
  private final Deque<Issued> issued = new ArrayDeque<>();

  private Nonces(long validNanos, long freshNanos) {
    this.validNanos = validNanos;
    this.freshNanos = freshNanos;
  }

  /** For requests that loosen (S4): 5 s, each good for one request. */
  static Nonces ofPanel() {
    return new Nonces(5_000_000_000L, 1_000_000_000L);
  }

  /** For the county's trips (S21): 60 s. */
  static Nonces ofCounty() {
    return new Nonces(60_000_000_000L, 10_000_000_000L);
  }

  private record Issued(String text, Tick at) {}

  /** The nonce to publish now. */
  synchronized String current(Tick now) {
    forget(now);
    if (issued.isEmpty() || now.nanosSince(issued.getLast().at()) >= freshNanos) {
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

  /** True for every nonce that is young enough, as often as it comes: a trip may be repeated. */
  synchronized boolean fresh(String text, Tick now) {
    forget(now);
    return issued.stream().anyMatch(one -> one.text().equals(text));
  }

  private void forget(Tick now) {
    issued.removeIf(one -> now.nanosSince(one.at()) > validNanos);
  }
}
