package davy.controller.journal;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Bounded queue, many producers, one consumer, without locks.
 *
 * <p>A producer claims the next place by compare-and-set and then puts its entry there; the
 * consumer takes places in order and stops at one that is claimed but not yet filled. The place's
 * number, from 1, is the entry's ticket.
 */
final class EntryQueue {

  private final int mask;
  private final AtomicReferenceArray<Entry> places;
  private final AtomicLong claimed = new AtomicLong();
  private final AtomicLong taken = new AtomicLong();

  /**
   * @param capacity a power of two
   */
  EntryQueue(int capacity) {
    if (Integer.bitCount(capacity) != 1) {
      throw new IllegalArgumentException("capacity is no power of two: " + capacity);
    }
    this.mask = capacity - 1;
    this.places = new AtomicReferenceArray<>(capacity);
  }

  /** Any thread. The entry's ticket, or −1 when full. */
  long offer(Entry entry) {
    while (true) {
      long next = claimed.get();
      if (next - taken.get() > mask) {
        return -1;
      }
      if (claimed.compareAndSet(next, next + 1)) {
        places.setRelease((int) next & mask, entry);
        return next + 1;
      }
    }
  }

  /** Consumer only. */
  Optional<Entry> poll() {
    long next = taken.get();
    int place = (int) next & mask;
    Entry entry = places.getAcquire(place);
    if (entry == null) {
      return Optional.empty();
    }
    places.setRelease(place, null);
    taken.set(next + 1);
    return Optional.of(entry);
  }

  /** Ticket of the entry taken last, 0 before the first. */
  long taken() {
    return taken.get();
  }

  /** Ticket given out last, 0 before the first. */
  long claimed() {
    return claimed.get();
  }

  long size() {
    return claimed.get() - taken.get();
  }
}
