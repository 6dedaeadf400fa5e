package davy.controller.sparkplug;

import davy.controller.json.JsonLine;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A status frame of the interlock, as {@code seam.md} documents it. What is not in it is told as
 * "nothing known", never as a value of before.
 *
 * @param fields empty where there is no present frame
 * @param time milliseconds UTC since 1970, when it came; now, where there is none
 */
public record Frame(Map<String, Object> fields, long time) {

  /** No connection to the interlock. */
  public static Frame none(long now) {
    return new Frame(Map.of(), now);
  }

  /** A line that is no frame is none. */
  public static Frame read(String line, long time) {
    try {
      return new Frame(JsonLine.read(line), time);
    } catch (JsonLine.Malformed e) {
      return none(time);
    }
  }

  public boolean present() {
    return !fields.isEmpty();
  }

  /** A part of it, or of a part; empty where there is none. */
  Map<?, ?> part(String name) {
    return map(fields.get(name));
  }

  /** The one of a list that has this name; empty where there is none. */
  Map<?, ?> named(String list, String name) {
    return named(fields.get(list), name);
  }

  static Map<?, ?> named(Object list, String name) {
    return items(list).stream()
        .<Map<?, ?>>map(Frame::map)
        .filter(one -> name.equals(one.get("name")))
        .findFirst()
        .orElse(Map.of());
  }

  static Map<?, ?> map(Object value) {
    return value instanceof Map<?, ?> map ? map : Map.of();
  }

  static List<?> items(Object value) {
    return value instanceof List<?> list ? list : List.of();
  }

  /** Number of the last record that is surely on disk, with the epoch that it counts in. */
  public Optional<Long> durableSeq() {
    return part("journal").get("durableSeq") instanceof Long seq
        ? Optional.of(seq)
        : Optional.empty();
  }

  public String epoch() {
    return part("journal").get("epoch") instanceof String epoch ? epoch : "";
  }

  Told text(Map<?, ?> part, String name) {
    return part.get(name) instanceof String text ? good(new Value.Text(text)) : stale();
  }

  Told flag(Map<?, ?> part, String name) {
    return part.get(name) instanceof Boolean flag ? good(new Value.Flag(flag)) : stale();
  }

  Told whole(Map<?, ?> part, String name) {
    return part.get(name) instanceof Long number ? good(new Value.Whole(number)) : stale();
  }

  /** A decimal that is written as text, as all amounts with a unit are. */
  Told decimal(Map<?, ?> part, String name) {
    return number(part, name).map(this::good).orElseGet(this::stale);
  }

  static Optional<Value> number(Map<?, ?> part, String name) {
    try {
      return part.get(name) instanceof String text
          ? Optional.of(new Value.Number(Double.parseDouble(text)))
          : Optional.empty();
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** Words in a row, empty where the list is. */
  Told words(Map<?, ?> part, String name) {
    return part.get(name) instanceof List<?> list
        ? good(new Value.Text(list.stream().map(String::valueOf).collect(Collectors.joining(" "))))
        : stale();
  }

  Told good(Value value) {
    return Told.good(value, time);
  }

  Told stale() {
    return Told.stale(time);
  }
}
