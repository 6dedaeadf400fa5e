package davy.controller.sparkplug;

import davy.controller.config.Site;
import davy.controller.json.JsonLine;
import davy.controller.sparkplug.Told.Quality;
import davy.hal.signal.Quantity;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The journal's records as metrics of the past: values of points, grants and trips of zones, lives
 * of alarms, each at its own time. All else of the journal goes up as evidence only. One thread.
 */
public final class Past {

  private final EdgeModel model;
  private final Map<String, Quantity> quantities = new HashMap<>();

  /** What was told last of a point's state; told again only when it changes. */
  private final Map<String, String> states = new HashMap<>();

  /**
   * @param part whose metric it is
   */
  public record Remark(Part part, Metric metric) {}

  public Past(EdgeModel model, Site site) {
    this.model = model;
    site.points().forEach(point -> quantities.put(point.name(), point.quantity()));
  }

  /** Another begin: every state is told once more. */
  public void begin() {
    states.clear();
  }

  /** What a record says; nothing where it is damaged, of another kind, or of an unknown name. */
  public List<Remark> read(String json) {
    try {
      Map<String, Object> record = JsonLine.read(json);
      long time = Instant.parse(text(record, "time")).toEpochMilli();
      return switch (text(record, "code")) {
        case "sample" -> sample(Frame.map(record.get("points")), time);
        case "zone.withheld" -> withheld(record, time);
        case "zone.granted" -> zone(record, ZoneItems.GRANTED, new Value.Flag(true), time);
        case "alarm.changed" -> alarm(record, time);
        default -> List.of();
      };
    } catch (JsonLine.Malformed | DateTimeParseException e) {
      return List.of();
    }
  }

  private static String text(Map<?, ?> record, String name) {
    return record.get(name) instanceof String text ? text : "";
  }

  private List<Remark> sample(Map<?, ?> points, long time) {
    List<Remark> all = new ArrayList<>();
    for (Map.Entry<?, ?> point : points.entrySet()) {
      String name = String.valueOf(point.getKey());
      model.heads(name).ifPresent(heads -> all.addAll(point(heads, name, point.getValue(), time)));
    }
    return all;
  }

  private List<Remark> point(Part heads, String name, Object says, long time) {
    List<Remark> all = new ArrayList<>();
    String reason = says instanceof String text ? text : "";
    Told told =
        says instanceof Long amount
            ? Told.good(number(amount, quantities.get(name)), time)
            : new Told(Value.NONE, Quality.BAD, time);
    add(all, heads, HeadItems.value(name), told);
    if (!reason.equals(states.put(name, reason))) {
      String state =
          switch (reason) {
            case "" -> "good";
            case "NEVER" -> "never";
            case "OVER_RANGE" -> "overRange";
            default -> "faulty";
          };
      String fault = state.equals("faulty") ? reason : "";
      add(all, heads, HeadItems.state(name), Told.good(new Value.Text(state), time));
      add(all, heads, HeadItems.fault(name), Told.good(new Value.Text(fault), time));
    }
    return all;
  }

  private static Value number(long amount, Quantity quantity) {
    return new Value.Number(BigDecimal.valueOf(amount, quantity.decimals()).doubleValue());
  }

  private List<Remark> withheld(Map<?, ?> record, long time) {
    List<Remark> all =
        new ArrayList<>(zone(record, ZoneItems.GRANTED, new Value.Flag(false), time));
    String cause = text(record, "cause");
    all.addAll(zone(record, ZoneItems.FIRST, new Value.Text(cause), time));
    String point = text(record, "point");
    all.addAll(zone(record, ZoneItems.FIRST_POINT, new Value.Text(point), time));
    return all;
  }

  private List<Remark> zone(Map<?, ?> record, String metric, Value value, long time) {
    List<Remark> all = new ArrayList<>();
    model
        .zone(text(record, "zone"))
        .ifPresent(zone -> add(all, zone, metric, Told.good(value, time)));
    return all;
  }

  private List<Remark> alarm(Map<?, ?> record, long time) {
    List<Remark> all = new ArrayList<>();
    String life = AlarmItems.life(text(record, "alarm"));
    add(all, model.node(), life, Told.good(new Value.Text(text(record, "to")), time));
    return all;
  }

  private static void add(List<Remark> all, Part part, String metric, Told told) {
    Optional<Item> item = part.item(metric);
    boolean qualified = told.quality() != Quality.GOOD;
    item.ifPresent(one -> all.add(new Remark(part, new Metric(one.tag(), told, qualified, true))));
  }
}
