package davy.controller.uplink;

import davy.controller.config.Site;
import davy.controller.event.EventCode;
import davy.controller.journal.Entry;
import davy.controller.journal.Journal;
import davy.controller.journal.Signer;
import davy.controller.link.LinkClient.Frame;
import davy.hal.Clock;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** A station's journal and its evidence session, with a real journal, without an interlock. */
final class Outpost implements AutoCloseable, StatusFeed.Interlock {

  private final String name;
  private final Path folder;
  private final Clock clock;
  private final Journal journal;
  private final Signer signer;
  private Optional<Session> session = Optional.empty();
  private Optional<EvidenceTalk> talk = Optional.empty();

  /**
   * @param name as {@code mine/station}
   * @param folder of its own
   */
  Outpost(String name, Path folder, Clock clock) throws IOException {
    this(name, folder, clock, Journal.open(folder.resolve("journal"), 4 << 20, clock));
  }

  /**
   * @param journal in the folder's folder {@code journal}
   */
  Outpost(String name, Path folder, Clock clock, Journal journal) throws IOException {
    this.name = name;
    this.folder = folder;
    this.clock = clock;
    this.journal = journal;
    signer = Signer.open(folder.resolve("interlock"), journal, clock);
  }

  String name() {
    return name;
  }

  String key() {
    return signer.fingerprint();
  }

  Journal.Status journal() {
    return journal.status();
  }

  /** How far the county has acknowledged, as it is saved. */
  long cursor() {
    return Cursor.read(folder.resolve("cursor")).seq();
  }

  Path journalFolder() {
    return folder.resolve("journal");
  }

  /** More records, all on disk, and signed. */
  void grow(int records) {
    for (int number = 1; number <= records; number++) {
      Map<String, Object> fields =
          Map.of("number", number, "n", "掘进 \\ \"", "text", "x".repeat(80));
      long ticket = journal.offer(new Entry(EventCode.REQUEST, clock.now(), fields));
      if (number % 500 == 0 || number == records) {
        while (journal.durableTicket() < ticket) {
          journal.work(clock.now());
        }
        signer.work(clock.now());
      }
    }
  }

  /** One record of this kind, on disk. */
  void record(EventCode code, Map<String, Object> fields) {
    long ticket = journal.offer(new Entry(code, clock.now(), fields));
    while (journal.durableTicket() < ticket) {
      journal.work(clock.now());
    }
  }

  @Override
  public Optional<Frame> latest() {
    Journal.Status status = journal.status();
    String frame =
        """
        {"type":"status","changes":1,"journal":
        {"epoch":"%s","durableSeq":%d,"head":"%s","key":"%s"}}"""
            .formatted(status.epoch(), status.durableSeq(), status.head(), signer.fingerprint());
    return Optional.of(new Frame(frame, clock.now()));
  }

  @Override
  public String trouble() {
    return session.map(Session::trouble).orElse("");
  }

  /** Connects, for ever. */
  void connect(Site.Broker broker) {
    EvidenceTalk made =
        new EvidenceTalk(
            "davy/v1/" + name,
            this,
            () -> JournalRecords.open(journalFolder()),
            folder.resolve("cursor"),
            () -> true,
            () -> "");
    String client = "davy-" + name.replace('/', '-') + "-evidence";
    talk = Optional.of(made);
    session = Optional.of(new Session(name, broker, client, made));
  }

  static Site.Broker broker(int port) {
    return Identity.none("tcp://127.0.0.1:" + port);
  }

  @Override
  public void close() {
    session.ifPresent(Session::close);
    talk.ifPresent(EvidenceTalk::close);
    journal.close();
  }
}
