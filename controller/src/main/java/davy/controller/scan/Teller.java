package davy.controller.scan;

import davy.bridge.guard.GuardImage;
import davy.bridge.modbus.LineImage;
import davy.controller.config.Site;
import davy.controller.event.EventCode;
import davy.controller.interlock.Decision;
import davy.controller.interlock.Event;
import davy.controller.interlock.Inputs;
import davy.controller.interlock.Saved;
import davy.controller.journal.Entry;
import davy.hal.signal.Reading;
import davy.hal.signal.Tick;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Turns what a scan saw and decided into journal entries and into what people are shown. */
final class Teller {

  /** A late scan is told at most this often; each one is counted. */
  private static final long LATE_NANOS = 10_000_000_000L;

  private final Site site;
  private final Field field;
  private final Surroundings surroundings;
  private final TripTimes trips;
  private final EventEntries entries;
  private final GuardEntries guard = new GuardEntries();
  private final Deque<Event.Answered> answers = new ArrayDeque<>();
  private final Map<Long, Long> tickets = new LinkedHashMap<>();
  private List<Reading> readings = List.of();
  private List<LineImage> images = List.of();
  private Optional<Saved> saved = Optional.empty();
  private Tick lateTold;

  Teller(Site site, Field field, Surroundings surroundings) {
    this.site = site;
    this.field = field;
    this.surroundings = surroundings;
    this.trips = new TripTimes(site, field);
    this.entries = new EventEntries(site.plan(), site.digest());
    this.lateTold = new Tick(Long.MIN_VALUE / 2);
  }

  List<Reading> readings() {
    return readings;
  }

  List<Snapshot.Trip> trips() {
    return trips.latest();
  }

  List<Event.Answered> answers() {
    return List.copyOf(answers);
  }

  /** Requests whose consent is on disk. */
  List<Long> recorded() {
    if (tickets.isEmpty()) {
      return List.of();
    }
    long durable = surroundings.recorded();
    return tickets.entrySet().stream()
        .filter(ticket -> ticket.getValue() <= durable)
        .map(Map.Entry::getKey)
        .toList();
  }

  void late(Tick now, long nanos) {
    if (now.nanosSince(lateTold) >= LATE_NANOS) {
      lateTold = now;
      record(EventCode.SCAN_LATE, now, Map.of("lateMicros", nanos / 1_000));
    }
  }

  /**
   * @param latest what the decision leaves to be kept
   */
  void tell(Tick now, Tick driven, Inputs inputs, Decision decision, Saved latest) {
    tellSamples(now);
    if (!decision.events().isEmpty()) {
      decision.events().forEach(event -> tell(event, now, driven));
    }
    trips.follow(now, inputs, this::record);
    tellLines(now);
    Optional<GuardImage> image = field.guard().image();
    if (image.isPresent()) {
      guard.of(image.get(), now).ifPresent(this::ticket);
    }
    if (saved.isEmpty() || !saved.get().equals(latest)) {
      saved = Optional.of(latest);
      surroundings.save(latest);
    }
  }

  private void tell(Event event, Tick now, Tick driven) {
    switch (event) {
      case Event.Withheld withheld -> trips.begin(withheld, driven);
      case Event.Granted granted -> {
        tickets.remove(granted.request());
        trips.end(granted.zone());
      }
      case Event.StartUnlocked unlocked -> tickets.remove(unlocked.request());
      case Event.BypassBegan began -> tickets.remove(began.request());
      case Event.ConfigurationAccepted accepted -> tickets.remove(accepted.request());
      case Event.Answered answered -> answered(answered);
      case Event.CauseCame _, Event.CauseWent _, Event.PointLost _, Event.PointTrusted _ -> {}
      case Event.ProofTested _, Event.FeedLost _ -> {}
      case Event.FeedUnknown _, Event.ClosedItself _ -> {}
      case Event.FanStopBegan _, Event.FanStopEnded _, Event.StartLocked _ -> {}
      case Event.BypassEnded _, Event.Consented _, Event.KeyStuck _ -> {}
    }
    Optional<Entry> entry = entries.of(event, now, driven);
    if (entry.isPresent()) {
      long ticket = ticket(entry.get());
      if (event instanceof Event.Consented consented) {
        tickets.put(consented.request(), ticket);
      }
    }
  }

  private void answered(Event.Answered answered) {
    if (answered.request() != Event.Granted.BY_KEY) {
      surroundings.answered(answered);
    }
    if (!answered.answer().accepted()) {
      tickets.remove(answered.request());
    }
    answers.addFirst(answered);
    if (answers.size() > Snapshot.ANSWERS) {
      answers.removeLast();
    }
  }

  /** Whether any point was read anew. */
  private boolean news() {
    boolean news = readings.isEmpty();
    for (int index = 0; index < site.points().size() && !news; index++) {
      news = field.reading(site.points().get(index).source()) != readings.get(index);
    }
    return news;
  }

  /** One record for every scan in which a point says something else than before. */
  private void tellSamples(Tick now) {
    if (!news()) {
      return;
    }
    Reading[] latest = new Reading[site.points().size()];
    boolean changed = false;
    for (int index = 0; index < latest.length; index++) {
      latest[index] = field.reading(site.points().get(index).source());
      changed |= saysOther(index, latest[index]);
    }
    if (changed) {
      Map<String, Object> points = new LinkedHashMap<>();
      for (int index = 0; index < latest.length; index++) {
        if (saysOther(index, latest[index])) {
          points.put(site.points().get(index).name(), says(latest[index]));
        }
      }
      record(EventCode.SAMPLE, now, Map.of("points", points));
    }
    readings = List.of(latest);
  }

  private boolean saysOther(int index, Reading reading) {
    return readings.isEmpty()
        || reading != readings.get(index) && !says(reading).equals(says(readings.get(index)));
  }

  /** The amount in the quantity's integer unit, or the reason why there is none. */
  private static Object says(Reading reading) {
    return switch (reading) {
      case Reading.Never _ -> "NEVER";
      case Reading.Good good -> (long) good.amount();
      case Reading.OverRange _ -> "OVER_RANGE";
      case Reading.Faulty faulty -> faulty.fault().name();
    };
  }

  private void tellLines(Tick now) {
    List<LineImage> latest = field.images();
    for (int line = 0; line < latest.size(); line++) {
      LineImage image = latest.get(line);
      LineImage before = images.isEmpty() ? image : images.get(line);
      if (!image.port().equals(before.port())) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("line", site.lines().get(line).plan().name());
        fields.put("trouble", image.port());
        record(image.port().isEmpty() ? EventCode.LINE_OPEN : EventCode.LINE_LOST, now, fields);
      }
      if (image != before) {
        tellSlaves(now, line, before, image);
      }
    }
    images = latest;
  }

  private void tellSlaves(Tick now, int line, LineImage before, LineImage image) {
    for (int slave = 0; slave < image.slaves().size(); slave++) {
      boolean alive = image.slaves().get(slave).alive();
      if (alive != before.slaves().get(slave).alive()) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("line", site.lines().get(line).plan().name());
        fields.put("slave", image.slaves().get(slave).name());
        record(alive ? EventCode.SLAVE_BACK : EventCode.SLAVE_LOST, now, fields);
      }
    }
  }

  private void record(EventCode code, Tick tick, Map<String, Object> fields) {
    ticket(new Entry(code, tick, fields));
  }

  /** A refused entry gets a ticket that is never on disk, so nothing is released on it. */
  private long ticket(Entry entry) {
    long ticket = surroundings.record(entry);
    return ticket < 0 ? Long.MAX_VALUE : ticket;
  }
}
