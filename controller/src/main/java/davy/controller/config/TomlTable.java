package davy.controller.config;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.tomlj.Toml;
import org.tomlj.TomlArray;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlPosition;

/**
 * One table of a TOML file, read key by key. Whatever is wrong becomes a complaint with its place
 * and the reading goes on with a stand-in, so that one run tells everything; a caller builds its
 * result only if no complaint was made. {@link #finish} complains of every key nobody asked for.
 *
 * <p>A read without an {@code otherwise} is of a required key. A table that is missing is stood in
 * for by an empty one, whose own keys are not complained of.
 */
final class TomlTable {

  /** What all tables of one file share. */
  private record Source(String file, List<Complaint> complaints, Map<String, Object> parameters) {}

  private final Source source;
  private final org.tomlj.TomlTable table;
  private final TomlPosition at;
  private final boolean missing;
  private final Set<String> asked = new HashSet<>();
  private final List<TomlTable> opened = new ArrayList<>();

  private TomlTable(Source source, org.tomlj.TomlTable table, TomlPosition at, boolean missing) {
    this.source = source;
    this.table = table;
    this.at = at;
    this.missing = missing;
  }

  /**
   * The root table of a file, or nothing where its syntax is broken: then only that is complained
   * of.
   *
   * @param file as the person named it
   * @param complaints takes what is wrong, now and at every later read
   */
  static Optional<TomlTable> parse(String file, String text, List<Complaint> complaints) {
    TomlParseResult result = Toml.parse(text);
    result
        .errors()
        .forEach(
            error ->
                complaints.add(
                    new Complaint(
                        file,
                        error.position().line(),
                        error.position().column(),
                        error.getMessage())));
    return result.hasErrors()
        ? Optional.empty()
        : Optional.of(
            new TomlTable(
                new Source(file, complaints, new HashMap<>()),
                result,
                TomlPosition.positionAt(1, 1),
                false));
  }

  /**
   * The same file read from its beginning, as if nobody had asked it anything; its parameters are
   * its own.
   *
   * @param complaints takes what is wrong this time
   */
  TomlTable anew(List<Complaint> complaints) {
    return new TomlTable(new Source(source.file(), complaints, new HashMap<>()), table, at, false);
  }

  /** From now on a value {@code "$name"}, anywhere in the file, stands for the parameter. */
  void substitute(Map<String, Object> parameters) {
    source.parameters().putAll(parameters);
  }

  /** Where complaints of this file go. */
  List<Complaint> complaints() {
    return source.complaints();
  }

  /** Every key of this table, in the order of the file. */
  List<String> keys() {
    return table.keySet().stream().sorted((a, b) -> compare(positionOf(a), positionOf(b))).toList();
  }

  boolean has(String key) {
    return table.contains(List.of(key));
  }

  String text(String key) {
    return optionalText(key).orElseGet(() -> required(key, "a text", ""));
  }

  Optional<String> optionalText(String key) {
    return value(key).flatMap(value -> typed(key, value, String.class, "a text in quotes"));
  }

  int integer(String key, int least, int most) {
    return optionalInteger(key, least, most)
        .orElseGet(() -> required(key, "a whole number from " + least + " to " + most, least));
  }

  int integer(String key, int least, int most, int otherwise) {
    return optionalInteger(key, least, most).orElse(otherwise);
  }

  Optional<Integer> optionalInteger(String key, int least, int most) {
    return value(key).flatMap(value -> inRange(positionOf(key), key, value, least, most));
  }

  /**
   * A number with at most {@code decimals} decimals, as a whole number of its last decimal: 1.5
   * with two decimals is 150. {@code least} and {@code most} count in the same unit.
   */
  int decimal(String key, int decimals, int least, int most) {
    String wanted = "a number from " + shown(least, decimals) + " to " + shown(most, decimals);
    return optionalDecimal(key, decimals, least, most)
        .orElseGet(() -> required(key, wanted, least));
  }

  Optional<Integer> optionalDecimal(String key, int decimals, int least, int most) {
    return value(key).flatMap(value -> scaled(key, value, decimals, least, most));
  }

  boolean flag(String key) {
    return optionalFlag(key).orElseGet(() -> required(key, "true or false", false));
  }

  boolean flag(String key, boolean otherwise) {
    return optionalFlag(key).orElse(otherwise);
  }

  /** A day, written without quotes. */
  LocalDate date(String key) {
    return value(key)
        .flatMap(value -> typed(key, value, LocalDate.class, "a date like 2026-11-22"))
        .orElseGet(() -> required(key, "a date like 2026-11-22", LocalDate.EPOCH));
  }

  /** One of several words; the stand-in is the first. */
  <E> E choice(String key, List<Choice<E>> choices) {
    return optionalChoice(key, choices)
        .orElseGet(() -> required(key, words(choices), choices.getFirst().meaning()));
  }

  <E> Optional<E> optionalChoice(String key, List<Choice<E>> choices) {
    return optionalText(key).flatMap(word -> chosen(key, word, choices));
  }

  /** A word of the file and what it means. */
  record Choice<E>(String word, E meaning) {}

  List<Integer> integers(String key, int least, int most) {
    List<Integer> found = new ArrayList<>();
    array(key)
        .ifPresent(
            array -> {
              for (int i = 0; i < array.size(); i++) {
                Object value = substituted(array.inputPositionOf(i), key, array.get(i)).orElse("");
                inRange(array.inputPositionOf(i), key, value, least, most).ifPresent(found::add);
              }
            });
    return List.copyOf(found);
  }

  List<String> texts(String key) {
    List<String> found = new ArrayList<>();
    array(key)
        .ifPresent(
            array -> {
              for (int i = 0; i < array.size(); i++) {
                if (array.get(i) instanceof String text) {
                  found.add(text);
                } else {
                  complain(array.inputPositionOf(i), key + " takes texts in quotes");
                }
              }
            });
    return List.copyOf(found);
  }

  TomlTable table(String key) {
    return optionalTable(key)
        .orElseGet(() -> required(key, "a table", new TomlTable(source, table, at, true)));
  }

  Optional<TomlTable> optionalTable(String key) {
    return value(key)
        .flatMap(value -> typed(key, value, org.tomlj.TomlTable.class, "a table"))
        .map(found -> open(found, positionOf(key)));
  }

  /** The tables of an array, none where the key is missing. */
  List<TomlTable> tables(String key) {
    List<TomlTable> found = new ArrayList<>();
    array(key)
        .ifPresent(
            array -> {
              for (int i = 0; i < array.size(); i++) {
                if (array.get(i) instanceof org.tomlj.TomlTable inner) {
                  found.add(open(inner, array.inputPositionOf(i)));
                } else {
                  complain(array.inputPositionOf(i), key + " takes tables");
                }
              }
            });
    return List.copyOf(found);
  }

  /** The value as the file has it: String, Long, Double or Boolean; nothing for other types. */
  Optional<Object> scalar(String key) {
    return value(key)
        .filter(
            value ->
                value instanceof String
                    || value instanceof Long
                    || value instanceof Double
                    || value instanceof Boolean);
  }

  /** Leaves a key alone: it is not complained of as unknown, nor is anything in it. */
  void ignore(String key) {
    asked.add(key);
  }

  /** Complains at a key of this table; at the table itself where the key is missing. */
  void complain(String key, String text) {
    complain(positionOf(key), text);
  }

  /** Complains at the table's own place. */
  void complain(String text) {
    complain(at, text);
  }

  /** Complains of every key that nobody asked for, here and in every table opened from here. */
  void finish() {
    for (String key : keys()) {
      if (!asked.contains(key) && !missing) {
        complain(key, "unknown key " + key + known());
      }
    }
    opened.forEach(TomlTable::finish);
  }

  private String known() {
    return asked.isEmpty()
        ? ""
        : "; known here: " + asked.stream().sorted().collect(Collectors.joining(", "));
  }

  private TomlTable open(org.tomlj.TomlTable inner, TomlPosition position) {
    TomlTable child = new TomlTable(source, inner, position, false);
    opened.add(child);
    return child;
  }

  private Optional<Boolean> optionalFlag(String key) {
    return value(key).flatMap(value -> typed(key, value, Boolean.class, "true or false"));
  }

  private Optional<TomlArray> array(String key) {
    return value(key).flatMap(value -> typed(key, value, TomlArray.class, "a list"));
  }

  private Optional<Object> value(String key) {
    asked.add(key);
    return missing
        ? Optional.empty()
        : Optional.ofNullable(table.get(List.of(key)))
            .flatMap(value -> substituted(positionOf(key), key, value));
  }

  private Optional<Object> substituted(TomlPosition position, String key, Object value) {
    if (!(value instanceof String text) || !text.startsWith("$")) {
      return Optional.of(value);
    }
    Optional<Object> parameter = Optional.ofNullable(source.parameters().get(text.substring(1)));
    if (parameter.isEmpty()) {
      complain(position, key + " names the parameter " + text + ", which is not declared");
    }
    return parameter;
  }

  private <T> Optional<T> typed(String key, Object value, Class<T> type, String wanted) {
    if (type.isInstance(value)) {
      return Optional.of(type.cast(value));
    }
    complain(key, key + " must be " + wanted);
    return Optional.empty();
  }

  private Optional<Integer> inRange(
      TomlPosition position, String key, Object value, int least, int most) {
    if (value instanceof Long number && number >= least && number <= most) {
      return Optional.of(number.intValue());
    }
    complain(position, key + " must be a whole number from " + least + " to " + most);
    return Optional.empty();
  }

  private Optional<Integer> scaled(String key, Object value, int decimals, int least, int most) {
    Optional<BigDecimal> whole =
        number(value)
            .map(number -> number.scaleByPowerOfTen(decimals).stripTrailingZeros())
            .filter(number -> number.scale() <= 0)
            .filter(number -> number.compareTo(BigDecimal.valueOf(least)) >= 0)
            .filter(number -> number.compareTo(BigDecimal.valueOf(most)) <= 0);
    if (whole.isEmpty()) {
      complain(
          key,
          "%s must be a number from %s to %s with at most %d decimals"
              .formatted(key, shown(least, decimals), shown(most, decimals), decimals));
    }
    return whole.map(BigDecimal::intValueExact);
  }

  private static Optional<BigDecimal> number(Object value) {
    return switch (value) {
      case Long whole -> Optional.of(BigDecimal.valueOf(whole));
      case Double real when Double.isFinite(real) -> Optional.of(BigDecimal.valueOf(real));
      default -> Optional.empty();
    };
  }

  private static String shown(int amount, int decimals) {
    return BigDecimal.valueOf(amount, decimals).toPlainString();
  }

  private <E> Optional<E> chosen(String key, String word, List<Choice<E>> choices) {
    for (Choice<E> choice : choices) {
      if (choice.word().equals(word)) {
        return Optional.of(choice.meaning());
      }
    }
    complain(key, key + " must be " + words(choices) + ", not \"" + word + "\"");
    return Optional.empty();
  }

  private static <E> String words(List<Choice<E>> choices) {
    return choices.stream()
        .map(choice -> "\"" + choice.word() + "\"")
        .collect(Collectors.joining(", ", "one of ", ""));
  }

  /** Complains of a missing key, not of one already complained of; the stand-in is returned. */
  private <T> T required(String key, String wanted, T standIn) {
    if (!missing && !has(key)) {
      complain(at, key + " is missing: " + wanted);
    }
    return standIn;
  }

  private void complain(TomlPosition position, String text) {
    source.complaints().add(new Complaint(source.file(), position.line(), position.column(), text));
  }

  private TomlPosition positionOf(String key) {
    return missing ? at : Optional.ofNullable(table.inputPositionOf(List.of(key))).orElse(at);
  }

  private static int compare(TomlPosition a, TomlPosition b) {
    int lines = Integer.compare(a.line(), b.line());
    return lines == 0 ? Integer.compare(a.column(), b.column()) : lines;
  }
}
