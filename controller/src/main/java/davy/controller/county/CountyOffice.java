package davy.controller.county;

import davy.controller.config.Office;
import davy.controller.config.Site;
import davy.controller.uplink.Backoff;
import davy.controller.uplink.Subscription;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.tinylog.Logger;

/**
 * Receives the evidence of many stations into a data base, for ever, on a thread of its own. What
 * was heard is checked, written in one transaction together with all else that waits, and
 * acknowledged only behind its commit. Whatever goes wrong, with broker or data base: both
 * connections and all that was known are thrown away, and it begins again with what is in the data
 * base, so that what it knows and what is kept can't part.
 */
public final class CountyOffice implements AutoCloseable {

  /** Messages that wait at most; then the broker is read no further. */
  private static final int WAITING = 256;

  /** Messages of one transaction at most. */
  private static final int TOGETHER = 256;

  private static final long LOOK_MILLIS = 50;
  private static final long CLAIM_MILLIS = 2_000;

  private final Office office;
  private final BlockingQueue<Message> heard = new ArrayBlockingQueue<>(WAITING);
  private final Thread thread;
  private volatile boolean closed;
  private volatile boolean receiving;
  private volatile boolean listening;
  private volatile long records;
  private String trouble = "";

  /** The address that is tried next comes first. */
  private Site.Broker address;

  private record Message(String topic, String payload) {}

  /** What is known while both connections stand. */
  private final class Desk {
    private final Batch batch = new Batch();
    private final Database database;
    private final Recall recall;
    private final Receivers receivers = new Receivers(this::receiver);
    private SQLException failure;

    Desk(Database database) {
      this.database = database;
      this.recall = new Recall(database);
    }

    private Receiver receiver(String station) {
      Set<String> keys = office.keys().getOrDefault(station, Set.of());
      Receiver receiver = new Receiver(keys, batch.of(station));
      try {
        recall.into(station, receiver);
      } catch (SQLException e) {
        failure = e;
      }
      return receiver;
    }

    /** One transaction, and what is to be said once it stands. */
    List<Receivers.Publication> take(List<Message> messages) throws SQLException, IOException {
      List<Receivers.Publication> said = new ArrayList<>();
      for (Message one : messages) {
        Receivers.stationOf(one.topic())
            .ifPresent(
                station ->
                    batch.heard(station, one.topic().endsWith("/evidence") ? one.payload() : ""));
        said.addAll(receivers.heard(one.topic(), one.payload(), System.nanoTime()));
        if (failure != null) {
          throw failure;
        }
      }
      database.commit(batch);
      batch.parts().forEach(part -> records += part.part().lines().size());
      batch.clear();
      return said;
    }
  }

  private CountyOffice(Office office) {
    this.office = office;
    this.address = office.broker();
    this.thread = Thread.ofPlatform().daemon().name("davy-county").unstarted(this::run);
  }

  public static CountyOffice start(Office office) {
    CountyOffice started = new CountyOffice(office);
    started.thread.start();
    return started;
  }

  /** Whether both connections stand. Any thread. */
  public boolean receiving() {
    return receiving;
  }

  /** Lines written since the start. Any thread. */
  public long records() {
    return records;
  }

  private void run() {
    Backoff backoff = new Backoff(System.nanoTime());
    while (!closed) {
      try {
        attempt(backoff);
      } catch (SQLException | IOException e) {
        tell(String.valueOf(e.getMessage()));
        address = address.turned();
        rest(backoff.nextMillis());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      } finally {
        receiving = false;
      }
    }
  }

  private void attempt(Backoff backoff) throws SQLException, IOException, InterruptedException {
    try (Database database = Database.open(office.database())) {
      while (!database.claim(office.mines())) {
        tell("another receiver has these mines; waiting for it to end");
        Thread.sleep(CLAIM_MILLIS);
      }
      heard.clear();
      listening = true;
      try (Subscription broker =
          Subscription.open(
              address, "davy-county-" + office.name(), filters(office.mines()), this::hear)) {
        tell("");
        Logger.info("county: receiving from {}", address.uri());
        receiving = true;
        receive(new Desk(database), broker, backoff);
      }
    }
  }

  /** The library's thread: waits while there is no room, as long as somebody makes room. */
  private void hear(String topic, String payload) throws InterruptedException {
    Message message = new Message(topic, payload);
    while (!heard.offer(message, LOOK_MILLIS, TimeUnit.MILLISECONDS) && listening) {
      Thread.onSpinWait();
    }
  }

  private void receive(Desk desk, Subscription broker, Backoff backoff)
      throws SQLException, IOException, InterruptedException {
    List<Message> messages = new ArrayList<>();
    try {
      while (broker.trouble().isEmpty()) {
        Message first = heard.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
        if (first != null) {
          messages.add(first);
          heard.drainTo(messages, TOGETHER - 1);
          desk.take(messages).forEach(said -> broker.say(said.topic(), said.payload()));
          messages.clear();
          backoff.reset();
        }
        broker.flush();
      }
    } finally {
      listening = false;
    }
    throw new IOException(broker.trouble());
  }

  private static List<String> filters(List<String> mines) {
    List<String> filters = new ArrayList<>();
    for (String mine : mines.isEmpty() ? List.of("+") : mines) {
      filters.add("davy/v1/" + mine + "/+/journal");
      filters.add("davy/v1/" + mine + "/+/evidence");
    }
    return filters;
  }

  private void tell(String now) {
    if (!now.isEmpty() && !now.equals(trouble) && !closed) {
      Logger.warn("county: {}", now);
    }
    trouble = now;
  }

  private static void rest(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
    try {
      thread.join(6_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
