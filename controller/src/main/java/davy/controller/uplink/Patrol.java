package davy.controller.uplink;

import davy.controller.journal.Chain;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.tinylog.Logger;

/**
 * Goes through the whole journal again and again, as {@code davy journal verify} does, and knows
 * more than that: the key and the head that the interlock tells from its own memory, and the record
 * that the county has acknowledged. So an edited file is noticed within one round, by the station
 * itself. A thread of its own, the least urgent; it rests twenty times as long as it works.
 */
final class Patrol implements AutoCloseable {

  private static final long LEAST_REST_MILLIS = 15_000;
  private static final long REST_TIMES = 20;

  private final Path folder;
  private final Supplier<JournalHead> interlock;
  private final Supplier<Cursor> county;
  private final Thread thread;
  private volatile String trouble = "";

  Patrol(Path folder, Supplier<JournalHead> interlock, Supplier<Cursor> county) {
    this.folder = folder;
    this.interlock = interlock;
    this.county = county;
    this.thread = new Thread(this::run, "davy-patrol");
    thread.setDaemon(true);
    thread.setPriority(Thread.MIN_PRIORITY);
  }

  void start() {
    thread.start();
  }

  /** What is wrong with the journal's files, empty where nothing is known to be. Any thread. */
  String trouble() {
    return trouble;
  }

  private void run() {
    try {
      while (true) {
        long begin = System.nanoTime();
        round();
        long took = (System.nanoTime() - begin) / 1_000_000;
        Thread.sleep(Math.max(LEAST_REST_MILLIS, REST_TIMES * took));
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /** Once through all of it. */
  void round() {
    JournalHead head = interlock.get();
    Cursor acknowledged = county.get();
    if (head.epoch().isEmpty()) {
      return;
    }
    Map<Long, String> known = new HashMap<>();
    if (head.durableSeq() > 0) {
      known.put(head.durableSeq(), head.hash());
    }
    if (acknowledged.epoch().equals(head.epoch()) && !acknowledged.hash().isEmpty()) {
      known.put(acknowledged.seq(), acknowledged.hash());
    }
    Set<String> keys = head.key().isEmpty() ? Set.of() : Set.of(head.key());
    try {
      tell(found(Chain.verify(folder, keys, known)));
    } catch (IOException e) {
      Logger.info("patrol: the journal can't be read now: {}", e.getMessage());
    }
  }

  private String found(Chain.Verdict verdict) {
    return switch (verdict) {
      case Chain.Verdict.Consistent _ -> "";
      case Chain.Verdict.Damaged damaged when damaged.damage().atEnd() -> trouble;
      case Chain.Verdict.Damaged damaged -> {
        Chain.Damage damage = damaged.damage();
        yield damage.file()
            + " line "
            + damage.line()
            + ", record "
            + damage.seq()
            + ": "
            + damage.what();
      }
    };
  }

  private void tell(String now) {
    if (!now.isEmpty() && !now.equals(trouble)) {
      Logger.error("patrol: THE JOURNAL IS DAMAGED OR FORGED: {}", now);
    }
    trouble = now;
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
