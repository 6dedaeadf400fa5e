package davy.controller.demo;

import davy.bridge.sim.SimInputs;
import davy.bridge.sim.SimRelays;
import davy.hal.signal.Feed;
import davy.hal.signal.Tick;
import davy.hal.sim.Breaker;
import java.util.function.Consumer;

/** One cut-off relay of the mine with the breaker that it holds and the feed contact behind it. */
final class MineZone {

  private final String name;
  private final int coil;
  private final int feedInput;
  private final Breaker breaker;
  private final Consumer<Fact> teller;
  private Tick frame;
  private boolean energised;

  MineZone(
      String name, int coil, int feedInput, long dropOutNanos, Tick start, Consumer<Fact> teller) {
    this.name = name;
    this.coil = coil;
    this.feedInput = feedInput;
    this.teller = teller;
    this.frame = start.plusMillis(-1_000);
    this.breaker = new Breaker(name, dropOutNanos, start);
    breaker.watch((feed, at) -> teller.accept(fact(Fact.Kind.FEED, at).with("live", is(feed))));
  }

  private static boolean is(Feed feed) {
    return feed == Feed.LIVE;
  }

  private Fact fact(Fact.Kind kind, Tick at) {
    return Fact.of(kind, at).with("zone", name);
  }

  String name() {
    return name;
  }

  Breaker breaker() {
    return breaker;
  }

  boolean live() {
    return is(breaker.feed());
  }

  /** A frame that switches this coil was heard: function 5, at the coil or at its pulse. */
  void asked(byte[] bytes, Tick lastByte) {
    if ((bytes[3] & 0xFF) == coil) {
      frame = lastByte;
    }
  }

  /**
   * @param supplied whether the master relays let the coils' supply through
   * @param silenceNanos behind a frame, after which it acts
   */
  void power(SimRelays relays, SimInputs inputs, boolean supplied, long silenceNanos, Tick now) {
    boolean drawn = relays.energised(coil, now);
    if (drawn != energised) {
      energised = drawn;
      // A frame acts when the silence behind it has shown its end, a few milliseconds later.
      boolean written = now.nanosSince(frame) < 4 * silenceNanos;
      teller.accept(
          fact(Fact.Kind.RELAY, written ? frame : now)
              .with("energised", drawn)
              .with("written", written));
    }
    breaker.coil(drawn && supplied, now);
    breaker.advance(now);
    inputs.contact(feedInput, breaker.feedContactClosed());
  }

  void close(Tick now) {
    teller.accept(fact(Fact.Kind.BREAKER, now).with("closed", breaker.closeByHand(now)));
  }
}
