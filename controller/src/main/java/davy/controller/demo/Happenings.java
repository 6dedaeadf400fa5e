package davy.controller.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Things in the order they came, for threads that wait for one of them. Any thread. Only the latest
 * {@link #KEPT} stand, so that an endless demonstration does not grow.
 */
final class Happenings<T> {

  private static final int KEPT = 20_000;

  private final List<T> kept = new ArrayList<>();
  private long dropped;

  synchronized void add(T happening) {
    if (kept.size() == KEPT) {
      kept.subList(0, KEPT / 2).clear();
      dropped += KEPT / 2;
    }
    kept.add(happening);
    notifyAll();
  }

  /** Where the next one will stand; {@link #await} from here sees only what is new. */
  synchronized long end() {
    return dropped + kept.size();
  }

  /** Those from a position on that are kept. */
  synchronized List<T> since(long position) {
    return List.copyOf(kept.subList((int) Math.max(0, position - dropped), kept.size()));
  }

  synchronized Optional<T> latest() {
    return kept.isEmpty() ? Optional.empty() : Optional.of(kept.getLast());
  }

  /** The first wanted one from a position on; empty when the time ran out. */
  synchronized Optional<T> await(long position, long limitMillis, Predicate<T> wanted)
      throws InterruptedException {
    long end = System.nanoTime() + limitMillis * 1_000_000L;
    long next = position;
    while (true) {
      for (T happening : since(next)) {
        if (wanted.test(happening)) {
          return Optional.of(happening);
        }
      }
      next = end();
      long left = (end - System.nanoTime()) / 1_000_000L;
      if (left <= 0) {
        return Optional.empty();
      }
      wait(left);
    }
  }
}
