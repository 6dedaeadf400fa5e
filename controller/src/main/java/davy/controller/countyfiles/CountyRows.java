package davy.controller.countyfiles;

import davy.controller.config.Site;
import davy.controller.interlock.Plan;
import davy.hal.signal.Quantity;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Points, the substation and their present as rows of fields, in the rules' order. Pure. */
final class CountyRows {

  private static final String SYSTEM = "01";
  private static final int ALARM = 1;
  private static final int CUT = 2;
  private static final int CALIBRATING = 4;
  private static final int OVER_RANGE = 8;
  private static final int NOT_POLLED = 32;
  private static final int SENSOR_FAULT = 128;
  private static final int NATIVE_LENGTH = 8;

  private final Site site;

  CountyRows(Site site) {
    this.site = site;
  }

  /** Mine, system, kind of value, type of sensor, own code. */
  String code(Site.Point point) {
    String own = point.name().toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "");
    return site.mine()
        + SYSTEM
        + kind(point.quantity())
        + type(point.quantity())
        + own.substring(0, Math.min(NATIVE_LENGTH, own.length()));
  }

  String substation() {
    return site.mine() + site.station();
  }

  private static String kind(Quantity quantity) {
    return quantity == Quantity.CONTACT ? "KG" : "MN";
  }

  private static String type(Quantity quantity) {
    return switch (quantity) {
      case METHANE -> "0001";
      case AIR_SPEED -> "0002";
      case TEMPERATURE -> "0003";
      case CARBON_MONOXIDE -> "0004";
      case CONTACT -> "1004";
    };
  }

  static String typeName(Quantity quantity) {
    return switch (quantity) {
      case METHANE -> "环境瓦斯";
      case AIR_SPEED -> "风速";
      case TEMPERATURE -> "温度";
      case CARBON_MONOXIDE -> "一氧化碳";
      case CONTACT -> "设备开停";
    };
  }

  Optional<Site.Point> point(String name) {
    return site.points().stream().filter(point -> point.name().equals(name)).findFirst();
  }

  /** CDDY: 24 fields a point; what the site does not know is empty. */
  List<List<String>> definitions(Instant now) {
    return site.points().stream().map(point -> definition(point, now)).toList();
  }

  private List<String> definition(Site.Point point, Instant now) {
    boolean contact = point.quantity() == Quantity.CONTACT;
    Optional<Plan.Point> plan =
        point.interlockIndex() >= 0
            ? Optional.of(site.plan().points().get(point.interlockIndex()))
            : Optional.empty();
    Optional<Integer> alarmAt = plan.map(one -> one.alarmAt().hundredths()).or(point::alarmAt);
    boolean high = point.quantity().highIsDanger();
    String alarm = alarmAt.map(at -> value(at, point.quantity())).orElse("");
    String trip = plan.map(one -> value(one.tripAt().hundredths(), point.quantity())).orElse("");
    String restore =
        plan.map(one -> value(one.restoreBelow().hundredths(), point.quantity())).orElse("");
    List<String> fields = new ArrayList<>();
    fields.addAll(List.of(code(point), SYSTEM, substation(), typeName(point.quantity())));
    fields.addAll(List.of(kind(point.quantity()), point.quantity().unit(), "", ""));
    fields.addAll(high ? List.of(alarm, alarm, "", "") : List.of("", "", alarm, alarm));
    fields.addAll(List.of(trip, restore, "", ""));
    fields.addAll(contact ? List.of("开", "停") : List.of("", ""));
    fields.addAll(List.of(point.place(), "", "", "", zones(point)));
    fields.add(CountyFile.time(now));
    return fields;
  }

  private String zones(Site.Point point) {
    return String.join(
        ",",
        site.zones().stream()
            .filter(
                zone ->
                    site.plan()
                        .zones()
                        .get(site.zones().indexOf(zone))
                        .points()
                        .contains(point.interlockIndex()))
            .map(Site.Zone::name)
            .toList());
  }

  static String value(long amount, Quantity quantity) {
    return BigDecimal.valueOf(amount, quantity.decimals()).toPlainString();
  }

  /** FZDY: code, place, X, Y, Z. */
  List<List<String>> substationDefinition() {
    return List.of(List.of(substation(), site.title(), "", "", ""));
  }

  /**
   * FZSS: code, run, power, time.
   *
   * @param reached the interlock has just told its state
   */
  List<List<String>> substationState(boolean reached, Instant now) {
    return List.of(List.of(substation(), reached ? "0" : "1", "", CountyFile.time(now)));
  }

  /**
   * CDSS: 7 fields a point.
   *
   * @param frame a status frame; empty while the interlock can't be reached: then no point is
   *     polled
   */
  List<List<String>> present(Map<String, Object> frame, Instant now) {
    return site.points().stream().map(point -> present(point, frame, now)).toList();
  }

  private List<String> present(Site.Point point, Map<String, Object> frame, Instant now) {
    Map<?, ?> told = named(frame.get("points"), point.name());
    boolean good = "good".equals(told.get("state"));
    String value = good && told.get("value") instanceof String text ? text : CountyFile.BAD;
    return List.of(
        code(point),
        typeName(point.quantity()),
        point.place(),
        value,
        point.quantity().unit(),
        Integer.toString(status(told)),
        CountyFile.time(now));
  }

  private static Map<?, ?> named(Object list, String name) {
    if (list instanceof List<?> items) {
      for (Object item : items) {
        if (item instanceof Map<?, ?> fields && name.equals(fields.get("name"))) {
          return fields;
        }
      }
    }
    return Map.of();
  }

  private static int status(Map<?, ?> told) {
    List<?> causes = told.get("causes") instanceof List<?> list ? list : List.of();
    int bits = 0;
    bits |= Boolean.TRUE.equals(told.get("alarm")) ? ALARM : 0;
    bits |= causes.isEmpty() ? 0 : CUT;
    bits |= causes.contains("CALIBRATION") ? CALIBRATING : 0;
    return bits
        | switch (told.get("state") instanceof String state ? state : "never") {
          case "good" -> 0;
          case "overRange" -> OVER_RANGE;
          case "faulty" -> SENSOR_FAULT;
          default -> NOT_POLLED;
        };
  }

  /**
   * TJSJ: 12 fields a point, of a record {@code statistics}; a window without a good sample has bad
   * values.
   */
  List<List<String>> statistics(Map<?, ?> points, Instant end) {
    List<List<String>> rows = new ArrayList<>();
    points.forEach(
        (name, fields) -> {
          if (fields instanceof Map<?, ?> window) {
            point(name.toString()).ifPresent(point -> rows.add(statistics(point, window, end)));
          }
        });
    return rows;
  }

  private List<String> statistics(Site.Point point, Map<?, ?> window, Instant end) {
    Instant start = end.minusMillis(number(window.get("spanMillis")).orElse(0L));
    return List.of(
        code(point),
        typeName(point.quantity()),
        point.place(),
        point.quantity().unit(),
        CountyFile.time(start),
        CountyFile.time(end),
        extreme(point, window.get("max")),
        CountyFile.time(start.plusMillis(number(window.get("maxAtMillis")).orElse(0L))),
        extreme(point, window.get("min")),
        CountyFile.time(start.plusMillis(number(window.get("minAtMillis")).orElse(0L))),
        extreme(point, window.get("mean")),
        CountyFile.time(end));
  }

  private static String extreme(Site.Point point, Object amount) {
    return number(amount).map(known -> value(known, point.quantity())).orElse(CountyFile.BAD);
  }

  static Optional<Long> number(Object value) {
    return value instanceof Long number ? Optional.of(number) : Optional.empty();
  }
}
