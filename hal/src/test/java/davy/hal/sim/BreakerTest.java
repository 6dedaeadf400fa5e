package davy.hal.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import davy.hal.signal.Feed;
import davy.hal.signal.Tick;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class BreakerTest {

  private static final long DROP_OUT_MILLIS = 80;
  private static final Tick START = new Tick(0);

  private final Breaker breaker = new Breaker("Z1", DROP_OUT_MILLIS * 1_000_000L, START);
  private final List<String> seen = new ArrayList<>();

  private static Tick at(long millis) {
    return START.plusMillis(millis);
  }

  private void closeAt(long millis) {
    breaker.watch((feed, at) -> seen.add(feed + " " + at.nanos() / 1_000_000L));
    breaker.coil(true, at(millis));
    assertTrue(breaker.closeByHand(at(millis)));
  }

  @Test
  void aHandClosesItOnlyWhileTheCoilHolds() {
    assertFalse(breaker.closeByHand(at(0)));
    assertEquals(Feed.DEAD, breaker.feed());
    closeAt(10);
    assertEquals(Feed.LIVE, breaker.feed());
    assertTrue(breaker.feedContactClosed());
  }

  @Test
  void currentInTheCoilAloneNeverCloses() {
    closeAt(10);
    breaker.coil(false, at(20));
    breaker.advance(at(200));
    breaker.coil(true, at(300));
    breaker.advance(at(900));
    assertEquals(Feed.DEAD, breaker.feed());
    assertEquals(List.of("LIVE 10", "DEAD 100"), seen);
  }

  @Test
  void powerGoesExactlyTheDropOutTimeAfterTheCoilHoweverLateOneLooks() {
    closeAt(10);
    breaker.coil(false, at(20));
    breaker.coil(false, at(50));
    breaker.advance(at(99));
    assertEquals(Feed.LIVE, breaker.feed());
    breaker.advance(at(5000));
    assertEquals(List.of("LIVE 10", "DEAD 100"), seen);
  }

  @Test
  void aDipShorterThanTheDropOutTimeDoesNotOpenIt() {
    closeAt(10);
    breaker.coil(false, at(20));
    breaker.coil(true, at(90));
    breaker.advance(at(500));
    assertEquals(Feed.LIVE, breaker.feed());
    breaker.coil(false, at(600));
    breaker.coil(true, at(680));
    assertEquals(List.of("LIVE 10", "DEAD 680"), seen);
  }

  @Test
  void weldedContactsStayLiveUntilUpstreamIsCutOrTheBreakerIsReplaced() {
    closeAt(10);
    breaker.weld();
    breaker.coil(false, at(20));
    breaker.openByHand(at(500));
    assertEquals(Feed.LIVE, breaker.feed());
    breaker.supply(false, at(600));
    assertEquals(Feed.DEAD, breaker.feed());
    breaker.supply(true, at(700));
    assertEquals(Feed.LIVE, breaker.feed(), "the weld feeds again");
    breaker.replace(at(800));
    breaker.advance(at(900));
    assertEquals(List.of("LIVE 10", "DEAD 600", "LIVE 700", "DEAD 800"), seen);
  }

  @Test
  void aBrokenFeedWireReadsDeadWhileTheZoneIsLive() {
    closeAt(10);
    breaker.breakFeedWire(true);
    assertFalse(breaker.feedContactClosed());
    assertEquals(Feed.LIVE, breaker.feed());
    breaker.breakFeedWire(false);
    assertTrue(breaker.feedContactClosed());
  }
}
