package davy.controller.link;

import davy.controller.interlock.Decision;
import davy.controller.scan.Snapshot;
import davy.hal.Clock;
import davy.hal.signal.Tick;
import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.tinylog.Logger;

/**
 * Tells the latest snapshot to everyone who listens on {@code status.sock}. The scan only stores a
 * reference; this thread looks every 50 ms whether a permit or a lock changed. A reader whose last
 * frame has not left yet misses the next one, which is counted; one that reads nothing for 30 s is
 * let go.
 */
final class StatusServer implements AutoCloseable {

  static final int READERS = 8;
  private static final long PERIOD_NANOS = 500_000_000L;
  private static final int LOOK_MILLIS = 50;

  private final StatusFrame frames;
  private final Published nonces;
  private final Supplier<JournalStatus> journal;
  private final Clock clock;
  private final ServerSocketChannel door;
  private final Peers peers;
  private final Selector selector;
  private final Path path;
  private final Thread thread;
  private final List<StatusReader> readers = new ArrayList<>();
  private volatile Optional<Snapshot> published = Optional.empty();
  private volatile boolean closed;
  private List<Decision.ZoneView> told = List.of();
  private Tick next;
  private long frame;
  private long changes;

  /** The nonces that every frame carries: the panel's, and the county's where it may trip. */
  record Published(Nonces panel, Optional<Nonces> county) {}

  StatusServer(
      Path path, StatusFrame frames, Published nonces, Supplier<JournalStatus> journal, Clock clock)
      throws IOException {
    this.path = path;
    this.frames = frames;
    this.nonces = nonces;
    this.journal = journal;
    this.clock = clock;
    this.next = clock.now();
    this.door = SocketFile.listen(path);
    this.peers = Peers.of(path);
    this.selector = Selector.open();
    door.register(selector, SelectionKey.OP_ACCEPT);
    this.thread = LinkThread.start("davy-status", this::run);
  }

  /** Scan thread: stores a reference and nothing else. */
  void publish(Snapshot snapshot) {
    published = Optional.of(snapshot);
  }

  private void run() {
    while (!closed) {
      try {
        selector.select(LOOK_MILLIS);
        selector.selectedKeys().clear();
        accept();
        tell(clock.now());
        readers.removeIf(reader -> !reader.serve(clock.now()));
      } catch (IOException e) {
        Logger.warn("{}: {}", path, e.getMessage());
      }
    }
    readers.forEach(StatusReader::close);
  }

  private void accept() throws IOException {
    Optional<SocketChannel> arrived = Optional.ofNullable(door.accept());
    if (arrived.isEmpty()) {
      return;
    }
    SocketChannel channel = arrived.get();
    if (readers.size() >= READERS || !peers.allowed(channel)) {
      Logger.warn("{}: a reader was turned away", path);
      channel.close();
      return;
    }
    channel.configureBlocking(false);
    channel.register(selector, SelectionKey.OP_READ);
    StatusReader reader = new StatusReader(channel, clock.now());
    readers.add(reader);
    published.ifPresent(snapshot -> reader.offer(head(reader), body(snapshot, clock.now())));
  }

  private void tell(Tick now) {
    if (published.isEmpty()) {
      return;
    }
    Snapshot snapshot = published.get();
    boolean changed = changed(snapshot.decision().zones());
    if (!changed && now.isBefore(next)) {
      return;
    }
    next = now.plusNanos(PERIOD_NANOS);
    frame++;
    changes += changed ? 1 : 0;
    told = snapshot.decision().zones();
    if (!readers.isEmpty()) {
      String body = body(snapshot, now);
      readers.forEach(reader -> reader.offer(head(reader), body));
    }
  }

  private boolean changed(List<Decision.ZoneView> zones) {
    boolean changed = zones.size() != told.size();
    for (int i = 0; i < zones.size() && !changed; i++) {
      changed =
          zones.get(i).permit() != told.get(i).permit()
              || !zones.get(i).lock().equals(told.get(i).lock());
    }
    return changed;
  }

  private StatusFrame.Head head(StatusReader reader) {
    return new StatusFrame.Head(frame, changes, reader.dropped());
  }

  private String body(Snapshot snapshot, Tick now) {
    return frames.body(
        snapshot,
        journal.get(),
        nonces.panel().current(now),
        nonces.county().map(county -> county.current(now)),
        now);
  }

  @Override
  public void close() throws IOException {
    closed = true;
    selector.wakeup();
    LinkThread.join(thread);
    selector.close();
    door.close();
    Files.deleteIfExists(path);
  }
}
