package davy.controller.config;

import davy.controller.config.TomlTable.Choice;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Something that a device map leaves to the site: a register, a unit, a measuring range.
 *
 * @param title what to tell a person who left it out
 * @param otherwise its value where the site says nothing; empty where the site must say
 */
record MapParameter(String name, String title, Kind kind, Optional<Object> otherwise) {

  /** What a value may be. */
  sealed interface Kind {

    record Whole(int least, int most) implements Kind {}

    /** Hundredths, inclusive. */
    record Number(int least, int most) implements Kind {}

    record Word(List<String> words) implements Kind {
      public Word {
        words = List.copyOf(words);
      }
    }

    /** True where nothing could be a value. */
    default boolean isEmpty() {
      return switch (this) {
        case Whole whole -> whole.least() > whole.most();
        case Number number -> number.least() > number.most();
        case Word word -> word.words().isEmpty();
      };
    }
  }

  /** Always known in a map, never declared. */
  static final String ADDRESS = "address";

  private static final int WIDEST = 1_000_000_000;

  private enum Type {
    WHOLE,
    NUMBER,
    WORD
  }

  private static final List<Choice<Type>> TYPES =
      List.of(
          new Choice<>("integer", Type.WHOLE),
          new Choice<>("number", Type.NUMBER),
          new Choice<>("word", Type.WORD));

  /** The declarations in the table {@code [parameters]} of a map file, in its order. */
  static List<MapParameter> declared(TomlTable parameters) {
    return parameters.keys().stream().map(name -> declared(name, parameters.table(name))).toList();
  }

  private static MapParameter declared(String name, TomlTable table) {
    Kind kind =
        switch (table.choice("type", TYPES)) {
          case WHOLE ->
              new Kind.Whole(
                  table.integer("least", -WIDEST, WIDEST), table.integer("most", -WIDEST, WIDEST));
          case NUMBER ->
              new Kind.Number(
                  table.decimal("least", 2, -WIDEST, WIDEST),
                  table.decimal("most", 2, -WIDEST, WIDEST));
          case WORD -> new Kind.Word(table.texts("words"));
        };
    MapParameter free = new MapParameter(name, table.text("title"), kind, Optional.empty());
    if (name.equals(ADDRESS) || kind.isEmpty()) {
      table.complain(
          name.equals(ADDRESS)
              ? "address always stands for the device's own address: take another name"
              : "this parameter can have no value: see least and most, or words");
    }
    return new MapParameter(name, free.title(), kind, free.read(table, "default"));
  }

  /**
   * The values of all parameters for one device; complains at the device's own entry of those that
   * are missing, wrong, or not declared.
   */
  static Map<String, Object> values(List<MapParameter> declared, TomlTable device) {
    Optional<TomlTable> given = device.optionalTable("parameters");
    Map<String, Object> values = new HashMap<>();
    for (MapParameter parameter : declared) {
      boolean said = given.map(table -> table.has(parameter.name())).orElse(false);
      if (said) {
        parameter
            .read(given.get(), parameter.name())
            .ifPresent(value -> values.put(parameter.name(), value));
      } else if (parameter.otherwise().isPresent()) {
        values.put(parameter.name(), parameter.otherwise().get());
      } else {
        device.complain(
            "parameters", "parameters." + parameter.name() + " is missing: " + parameter.title());
      }
    }
    return values;
  }

  private Optional<Object> read(TomlTable table, String key) {
    return switch (kind) {
      case Kind.Whole whole ->
          table.optionalInteger(key, whole.least(), whole.most()).map(Long::valueOf);
      case Kind.Number number ->
          table
              .optionalDecimal(key, 2, number.least(), number.most())
              .flatMap(_ -> table.scalar(key));
      case Kind.Word word ->
          table
              .optionalChoice(key, word.words().stream().map(w -> new Choice<>(w, w)).toList())
              .map(found -> found);
    };
  }
}
