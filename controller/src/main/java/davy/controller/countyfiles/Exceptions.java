package davy.controller.countyfiles;

import davy.controller.config.Site;
import davy.controller.journal.JournalRecord;
import davy.hal.signal.Quantity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is not as it should be, from the journal's records: a row of YCBJ when it begins and one
 * more when it ends, with the extremes in between. Pure; one thread.
 */
final class Exceptions {

  private static final String OVER_LIMIT = "001";
  private static final String CUT = "002";
  private static final String FEED = "003";
  private static final String BROKEN = "004";
  private static final String CALIBRATION = "007";
  private static final String OVER_RANGE = "008";
  private static final int MOST_OPEN = 1_000;

  private final CountyRows rows;
  private final Map<String, Long> latest = new LinkedHashMap<>();
  private final Map<String, Long> latestIn = new LinkedHashMap<>();
  private final Map<String, Open> open = new LinkedHashMap<>();
  private long now;

  /** One that stands. */
  private static final class Open {
    private final Optional<Site.Point> point;
    private final String name;
    private final String type;
    private final Instant start;

    /** Of the record that began it, or of the sample that stood then. */
    private final long seq;

    private Optional<Long> max = Optional.empty();
    private Optional<Long> min = Optional.empty();
    private Instant maxAt;
    private Instant minAt;
    private long sum;
    private long count;

    Open(Optional<Site.Point> point, String name, String type, Instant start, long seq) {
      this.seq = seq;
      this.point = point;
      this.name = name;
      this.type = type;
      this.start = start;
      this.maxAt = start;
      this.minAt = start;
    }

    void see(long amount, Instant at) {
      if (max.filter(most -> amount <= most).isEmpty()) {
        max = Optional.of(amount);
        maxAt = at;
      }
      if (min.filter(least -> amount >= least).isEmpty()) {
        min = Optional.of(amount);
        minAt = at;
      }
      sum += amount;
      count++;
    }
  }

  Exceptions(CountyRows rows) {
    this.rows = rows;
  }

  /** The rows that a record brings, none for most. */
  List<List<String>> take(JournalRecord record, Instant time) {
    String point = record.text("point").orElse("");
    String zone = record.text("zone").orElse("");
    now = record.seq();
    return switch (record.code()) {
      case "sample" -> {
        sample(record.fields().get("points"), time);
        yield List.of();
      }
      case "process.started" -> endAll(time);
      case "cause.came" -> begin(cause(record), zone, point, time);
      case "cause.went" -> end(cause(record), zone, time);
      case "zone.withheld" -> begin(CUT, zone, point, time);
      case "zone.granted" -> end(CUT, zone, time);
      case "point.lost" -> begin(lost(record), point, point, time);
      case "point.trusted" -> {
        List<List<String>> ended = new ArrayList<>(end(BROKEN, point, time));
        ended.addAll(end(OVER_RANGE, point, time));
        yield ended;
      }
      case "bypass.began" ->
          calibrating(record) ? begin(CALIBRATION, point, point, time) : List.of();
      case "bypass.ended" -> calibrating(record) ? end(CALIBRATION, point, time) : List.of();
      default -> List.of();
    };
  }

  /** The first record needed to know all that stands; empty where nothing does. */
  Optional<Long> oldest() {
    return open.values().stream().map(one -> one.seq).min(Long::compare);
  }

  private static String lost(JournalRecord record) {
    return record.text("cause").equals(Optional.of("OVER_RANGE")) ? OVER_RANGE : BROKEN;
  }

  private static boolean calibrating(JournalRecord record) {
    return record.text("kind").filter(kind -> kind.startsWith("CALIBRAT")).isPresent();
  }

  private static String cause(JournalRecord record) {
    return switch (record.text("cause").orElse("")) {
      case "METHANE_HIGH" -> OVER_LIMIT;
      case "FEED_ABNORMAL" -> FEED;
      default -> "";
    };
  }

  private void sample(Object points, Instant time) {
    if (points instanceof Map<?, ?> map) {
      map.forEach(
          (name, value) -> {
            if (value instanceof Long amount) {
              latest.put(name.toString(), amount);
              latestIn.put(name.toString(), now);
              open.values().stream()
                  .filter(one -> one.name.equals(name))
                  .forEach(one -> one.see(amount, time));
            } else {
              latest.remove(name.toString());
            }
          });
    }
  }

  private List<List<String>> begin(String type, String key, String point, Instant time) {
    if (type.isEmpty() || open.size() >= MOST_OPEN || open.containsKey(type + " " + key)) {
      return List.of();
    }
    Open begun = new Open(rows.point(point), point, type, time, latestIn.getOrDefault(point, now));
    Optional.ofNullable(latest.get(point)).ifPresent(amount -> begun.see(amount, time));
    open.put(type + " " + key, begun);
    return List.of(row(begun, "", time));
  }

  private List<List<String>> end(String type, String key, Instant time) {
    return Optional.ofNullable(open.remove(type + " " + key))
        .map(ended -> List.of(row(ended, CountyFile.time(time), time)))
        .orElse(List.of());
  }

  /** A new run tells everything that stands once more. */
  private List<List<String>> endAll(Instant time) {
    List<List<String>> ended =
        open.values().stream().map(one -> row(one, CountyFile.time(time), time)).toList();
    open.clear();
    latest.clear();
    return ended;
  }

  /** 17 fields; reason, measure and who entered them are for the county's own disposal. */
  private List<String> row(Open one, String end, Instant told) {
    Optional<Quantity> quantity = one.point.map(Site.Point::quantity);
    return List.of(
        one.point.map(rows::code).orElse(rows.substation()),
        quantity.map(CountyRows::typeName).orElse("分站"),
        one.point.map(Site.Point::place).orElse(""),
        quantity.map(Quantity::unit).orElse(""),
        one.type,
        CountyFile.time(one.start),
        end,
        value(one.max, quantity),
        CountyFile.time(one.maxAt),
        value(one.min, quantity),
        CountyFile.time(one.minAt),
        value(one.count == 0 ? Optional.empty() : Optional.of(one.sum / one.count), quantity),
        "",
        "",
        "",
        "",
        CountyFile.time(told));
  }

  private static String value(Optional<Long> amount, Optional<Quantity> quantity) {
    return amount.isPresent() && quantity.isPresent()
        ? CountyRows.value(amount.get(), quantity.get())
        : CountyFile.BAD;
  }
}
