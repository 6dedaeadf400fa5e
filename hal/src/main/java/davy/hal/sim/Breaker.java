package davy.hal.sim;

import davy.hal.signal.Feed;
import davy.hal.signal.Tick;
import java.util.ArrayList;
import java.util.List;

/**
 * The switch that feeds a zone. Its coil, held in by our relay, only keeps it closed: closing is
 * done by a person's hand, and does nothing while the coil is without current.
 */
public final class Breaker {

  /** Told the exact tick at which the zone's power comes or goes. */
  @FunctionalInterface
  public interface Watcher {
    void changed(Feed feed, Tick at);
  }

  private final String name;
  private final long dropOutNanos;
  private final List<Watcher> watchers = new ArrayList<>();
  private boolean supplied = true;
  private boolean coil;
  private Tick coilLost;
  private boolean closed;
  private boolean welded;
  private boolean feedWireBroken;

  /**
   * Starts open, with its supply live.
   *
   * @param dropOutNanos from loss of the coil's current to the contacts being open
   */
  public Breaker(String name, long dropOutNanos, Tick now) {
    this.name = name;
    this.dropOutNanos = dropOutNanos;
    coilLost = now.plusNanos(-dropOutNanos);
  }

  public String name() {
    return name;
  }

  /** The relay's contact in the coil's circuit; a level, given as often as one likes. */
  public void coil(boolean energised, Tick now) {
    advance(now);
    if (coil && !energised) {
      coilLost = now;
    }
    coil = energised;
  }

  /** Lets the contacts fall open when their time has come. */
  public void advance(Tick now) {
    Tick opening = coilLost.plusNanos(dropOutNanos);
    if (closed && !coil && !now.isBefore(opening)) {
      change(() -> closed = false, opening);
    }
  }

  /** A person's hand on the lever; false when the coil does not hold it. */
  public boolean closeByHand(Tick now) {
    advance(now);
    if (coil) {
      change(() -> closed = true, now);
    }
    return coil;
  }

  /** A person's hand again. */
  public void openByHand(Tick now) {
    advance(now);
    change(() -> closed = false, now);
  }

  /** The power that arrives from upstream. */
  public void supply(boolean live, Tick now) {
    advance(now);
    change(() -> supplied = live, now);
  }

  /** From the next closing on, or now when closed, the contacts no longer part. */
  public void weld() {
    welded = true;
  }

  /** A new breaker is fitted: open, and its contacts part again. */
  public void replace(Tick now) {
    change(
        () -> {
          welded = false;
          closed = false;
        },
        now);
  }

  /** The wire of the feed contact breaks (true) or is mended. */
  public void breakFeedWire(boolean broken) {
    feedWireBroken = broken;
  }

  /** Whether the zone really has power. */
  public Feed feed() {
    return supplied && closed ? Feed.LIVE : Feed.DEAD;
  }

  /**
   * What the feed contact behind the breaker tells: closed while live, unless its wire is broken.
   */
  public boolean feedContactClosed() {
    return !feedWireBroken && feed() == Feed.LIVE;
  }

  public void watch(Watcher watcher) {
    watchers.add(watcher);
  }

  private void change(Runnable what, Tick at) {
    Feed before = feed();
    boolean stuck = welded && closed;
    what.run();
    closed |= stuck && welded;
    if (feed() != before) {
      watchers.forEach(watcher -> watcher.changed(feed(), at));
    }
  }
}
