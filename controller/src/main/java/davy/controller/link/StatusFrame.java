package davy.controller.link;

import davy.bridge.modbus.LineImage;
import davy.controller.config.Site;
import davy.controller.config.Version;
import davy.controller.interlock.Cause;
import davy.controller.interlock.Decision;
import davy.controller.interlock.Event;
import davy.controller.interlock.Lock;
import davy.controller.interlock.Plan;
import davy.controller.interlock.Saved;
import davy.controller.json.JsonLine;
import davy.controller.scan.Snapshot;
import davy.hal.signal.Tick;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Writes the status frame that {@code deploy/docs/seam.md} documents. Ages are those of the moment
 * of writing, not of the scan: when the scan stands still, every value gets old by itself.
 */
final class StatusFrame {

  private final Site site;
  private final Tick started;
  private final PointFrame points;
  private final DecisionFrame decisions;
  private final GuardFrame guard;
  private final AlarmFrame alarms;
  private final CountyTrips countyTrips;

  StatusFrame(Site site, ConfigurationStatus configuration, CountyTrips countyTrips, Tick started) {
    this.site = site;
    this.countyTrips = countyTrips;
    this.decisions = new DecisionFrame(site, configuration);
    this.guard = new GuardFrame(site);
    this.started = started;
    this.points = new PointFrame(site);
    this.alarms = new AlarmFrame(site.alarms());
  }

  /**
   * @param frame number of this frame
   * @param changes how often a permit or a lock changed since start
   * @param dropped frames this reader missed because it was slow
   */
  record Head(long frame, long changes, long dropped) {}

  /** The frame of one reader: its own head and the body that all share. */
  static String line(Head head, String body) {
    return "{\"type\":\"status\",\"frame\":%d,\"changes\":%d,\"dropped\":%d,%s\n"
        .formatted(head.frame(), head.changes(), head.dropped(), body.substring(1));
  }

  String body(
      Snapshot snapshot,
      JournalStatus journal,
      String nonce,
      Optional<String> countyNonce,
      Tick now) {
    Map<String, Object> frame = new LinkedHashMap<>();
    frame.put("tick", now.nanos());
    frame.put("nonce", nonce);
    countyNonce.ifPresent(fresh -> frame.put("countyNonce", fresh));
    frame.put("site", site());
    frame.put(
        "process", ordered("version", Version.text(), "upMillis", millis(now.nanosSince(started))));
    frame.put("journal", journal(journal));
    frame.put("scan", scan(snapshot, now));
    frame.put("key", site.consentKey().isPresent() ? snapshot.inputs().key().name() : "NOT_FITTED");
    snapshot.decision().next().waitsForKey().ifPresent(id -> frame.put("keyWantedBy", id));
    frame.put("guard", guard.fields(snapshot));
    Saved saved = snapshot.decision().next().saved();
    frame.put("configuration", decisions.configuration(saved));
    frame.put("bypasses", decisions.bypasses(snapshot, now));
    frame.put("alarms", alarms.all(snapshot, now));
    frame.put("zones", zones(snapshot, saved));
    frame.put("fans", decisions.fans(snapshot));
    frame.put("points", points.all(snapshot, now));
    frame.put("lines", lines(snapshot));
    frame.put("trips", snapshot.trips().stream().map(this::trip).toList());
    frame.put("answers", snapshot.answers().stream().map(this::answer).toList());
    return JsonLine.write(frame);
  }

  private Map<String, Object> site() {
    return ordered(
        "name", site.name(),
        "title", site.title(),
        "mine", site.mine(),
        "station", site.station(),
        "digest", site.digest(),
        "bench", site.bench(),
        "demo", site.profile().demo(),
        "profile", site.profile().name(),
        "profileTitle", site.profile().title(),
        "profileDigest", site.profile().digest(),
        "profileReviewed", site.profile().reviewed());
  }

  private static Map<String, Object> journal(JournalStatus journal) {
    return ordered(
        "ok", journal.ok(),
        "trouble", journal.trouble(),
        "epoch", journal.epoch(),
        "durableSeq", journal.durableSeq(),
        "head", journal.head(),
        "key", journal.key(),
        "lost", journal.lost(),
        "slowCommits", journal.slowCommits());
  }

  private static Map<String, Object> scan(Snapshot snapshot, Tick now) {
    Snapshot.ScanTimes times = snapshot.times();
    return ordered(
        "periodMillis", times.periodMillis(),
        "scans", snapshot.scans(),
        "ageMillis", millis(now.nanosSince(snapshot.at())),
        "overruns", times.overruns(),
        "lastMicros", times.lastNanos() / 1000,
        "maxMicros", times.maxNanos() / 1000,
        "times", MeasureFrame.spread(times.spread()));
  }

  private List<Map<String, Object>> zones(Snapshot snapshot, Saved saved) {
    List<Map<String, Object>> zones = new ArrayList<>();
    for (int i = 0; i < site.zones().size(); i++) {
      zones.add(zone(i, snapshot, saved.zones().get(i)));
    }
    return zones;
  }

  private Map<String, Object> zone(int index, Snapshot snapshot, Saved.Zone saved) {
    Site.Zone zone = site.zones().get(index);
    Plan.Zone plan = site.plan().zones().get(index);
    Decision.ZoneView view = snapshot.decision().zones().get(index);
    Map<String, Object> fields =
        ordered(
            "name", zone.name(),
            "title", zone.title(),
            "permit", view.permit().name(),
            "lock", view.lock().getClass().getSimpleName(),
            "seen", names(view.lock().seen().list()),
            "active", names(view.active().list()));
    switch (view.lock()) {
      case Lock.Open _ -> {}
      case Lock.Tripped tripped -> fields.put("first", first(tripped.first()));
      case Lock.Latched latched -> fields.put("first", first(latched.first()));
    }
    if (view.lock().seen().has(Cause.REMOTE_TRIP)) {
      countyTrips.of(index).ifPresent(by -> fields.put("remote", remote(by)));
    }
    fields.put("wanting", names(view.wanting()));
    fields.put("waitsForKey", view.waitsForKey());
    fields.put("release", plan.release().name());
    fields.put("proofDue", saved.proofDue());
    fields.put("closesItself", saved.closesItself());
    if (plan.upstream().isPresent()) {
      fields.put("upstream", site.zones().get(plan.upstream().getAsInt()).name());
    }
    fields.put("output", snapshot.inputs().zones().get(index).output().name());
    fields.put("feed", zone.feed().isPresent() ? feed(index, snapshot) : "NOT_FITTED");
    return fields;
  }

  private static Map<String, Object> remote(CountyTrips.Trip by) {
    return ordered("county", by.county(), "reason", by.reason());
  }

  private static String feed(int index, Snapshot snapshot) {
    return snapshot.inputs().zones().get(index).feed().name();
  }

  private Map<String, Object> first(Lock.FirstOut first) {
    Map<String, Object> fields = ordered("cause", first.cause().name());
    if (first.point() >= 0) {
      fields.put("point", site.plan().points().get(first.point()).name());
    }
    return fields;
  }

  private List<Map<String, Object>> lines(Snapshot snapshot) {
    List<Map<String, Object>> lines = new ArrayList<>();
    for (int i = 0; i < site.lines().size(); i++) {
      LineImage image = snapshot.lines().get(i);
      lines.add(
          ordered(
              "name", site.lines().get(i).plan().name(),
              "port", site.lines().get(i).port(),
              "trouble", image.port(),
              "times", MeasureFrame.spread(image.times()),
              "slaves", slaves(site.lines().get(i), image)));
    }
    return lines;
  }

  private static List<Map<String, Object>> slaves(Site.Line line, LineImage image) {
    List<Map<String, Object>> slaves = new ArrayList<>();
    for (int i = 0; i < image.slaves().size(); i++) {
      LineImage.SlaveHealth slave = image.slaves().get(i);
      slaves.add(
          ordered(
              "name", slave.name(),
              "address", line.plan().slaves().get(i).address(),
              "alive", slave.alive(),
              "replies", slave.replies(),
              "silences", slave.silences(),
              "badFrames", slave.badFrames(),
              "exceptions", slave.exceptions(),
              "secondAnswers", slave.secondAnswers(),
              "replyMicros", slave.replyMicros(),
              "times", MeasureFrame.spread(slave.replyTimes())));
    }
    return slaves;
  }

  private Map<String, Object> trip(Snapshot.Trip trip) {
    Map<String, Object> fields = ordered("zone", site.zones().get(trip.zone()).name());
    fields.putAll(first(trip.first()));
    trip.reading().ifPresent(tick -> fields.put("readingTick", tick.nanos()));
    fields.put("commandedTick", trip.commanded().nanos());
    trip.written().ifPresent(tick -> fields.put("writtenTick", tick.nanos()));
    trip.feedDead().ifPresent(tick -> fields.put("feedDeadTick", tick.nanos()));
    return fields;
  }

  private Map<String, Object> answer(Event.Answered answered) {
    Map<String, Object> fields = ordered("id", answered.request());
    if (answered.zone() >= 0) {
      fields.put("zone", site.zones().get(answered.zone()).name());
    }
    fields.put("answer", answered.answer().name());
    fields.put("accepted", answered.answer().accepted());
    fields.put("causes", names(answered.causes().list()));
    fields.put("text", answered.answer().text());
    return fields;
  }

  static long millis(long nanos) {
    return nanos / 1_000_000;
  }

  static List<String> names(List<? extends Enum<?>> values) {
    return values.stream().map(Enum::name).toList();
  }

  /** Names and values in turn, kept in this order. */
  static Map<String, Object> ordered(Object... namesAndValues) {
    Map<String, Object> fields = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      fields.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    return fields;
  }
}
