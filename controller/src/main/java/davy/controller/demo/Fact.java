package davy.controller.demo;

import davy.controller.json.JsonLine;
import davy.hal.signal.Tick;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * One thing that is true in the mine, as the mine tells it: one JSON object a line.
 *
 * @param tick when it became true, monotonic, comparable between the processes of this machine
 */
record Fact(Kind kind, Tick tick, Map<String, Object> fields) {

  /** What a fact is about; the fields stand beside each. */
  enum Kind {
    /** The lines are open: {@code sensors}, {@code relays} (paths). */
    READY,
    /** True gas, once a second: {@code T1}, {@code T2} in 0.01 %CH4. */
    GAS,
    /** A head's register reached its cut-off: {@code head}, {@code amount}, {@code pollMillis}. */
    CROSSED,
    /** A head's register fell below its restore level: {@code head}, {@code amount}. */
    RETURNED,
    /**
     * A head answers no longer; the tick is that of its last answer: {@code head}, {@code
     * pollMillis}.
     */
    SILENT,
    /** A head answers again: {@code head}. */
    ANSWERS,
    /** A relay moved: {@code zone}, {@code energised}, {@code written} false where it let go. */
    RELAY,
    /**
     * The copper of a line: {@code line}, {@code fault} ({@code good} for none) and how often the
     * fault that ends has {@code struck}.
     */
    WIRE,
    /** The adapter of a line: {@code line}, {@code there}. */
    PORT,
    /** Power behind a breaker came or went: {@code zone}, {@code live}. */
    FEED,
    /** The person at a breaker: {@code zone}, {@code closed} false where it would not hold. */
    BREAKER,
    /** The local fan began or ceased to run: {@code running}. */
    FAN,
    /** A person pressed the fan's start button: {@code locked} where that did nothing. */
    FAN_START,
    /** The county sent a trip. */
    COUNTY,
    /** The guard gave its master relays current or took it: {@code energised}. */
    GUARD,
    /** A process was harmed: {@code what}. */
    HARMED,
    /** The consent key: {@code pressed}. */
    KEY,
    /** A command that was not understood: {@code command}. */
    REFUSED
  }

  Fact {
    fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
  }

  static Fact of(Kind kind, Tick tick) {
    return new Fact(kind, tick, Map.of());
  }

  Fact with(String name, Object value) {
    Map<String, Object> more = new LinkedHashMap<>(fields);
    more.put(name, value);
    return new Fact(kind, tick, more);
  }

  /** A text field; empty text where there is none. */
  String text(String name) {
    return fields.get(name) instanceof String text ? text : "";
  }

  /** A whole number; 0 where there is none. */
  long number(String name) {
    return fields.get(name) instanceof Number number ? number.longValue() : 0;
  }

  /** A time in milliseconds with decimals; 0 where there is none. */
  double millis(String name) {
    return fields.get(name) instanceof Number number ? number.doubleValue() : 0;
  }

  boolean flag(String name) {
    return Boolean.TRUE.equals(fields.get(name));
  }

  boolean is(Kind wanted, String field, String value) {
    return kind == wanted && text(field).equals(value);
  }

  String line() {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("fact", kind.name().toLowerCase(Locale.ROOT));
    all.put("tick", tick.nanos());
    all.putAll(fields);
    return JsonLine.write(all);
  }

  /**
   * @throws JsonLine.Malformed when the line is no JSON object
   * @throws IllegalArgumentException when it is no fact
   */
  static Fact read(String line) throws JsonLine.Malformed {
    Map<String, Object> fields = new LinkedHashMap<>(JsonLine.read(line));
    Object name = fields.remove("fact");
    Object tick = fields.remove("tick");
    if (name instanceof String text && tick instanceof Long nanos) {
      return new Fact(Kind.valueOf(text.toUpperCase(Locale.ROOT)), new Tick(nanos), fields);
    }
    throw new IllegalArgumentException("no fact: " + line);
  }
}
