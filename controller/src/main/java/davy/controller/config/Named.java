package davy.controller.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The tables of one kind by their names, in the order of the file. */
final class Named<T> {

  private static final String NAME = "[A-Za-z0-9][A-Za-z0-9._-]{0,31}";

  private final String kind;
  private final Map<String, T> byName = new LinkedHashMap<>();
  private final List<T> all = new ArrayList<>();

  /**
   * @param kind for complaints: line, device, point or zone
   */
  Named(String kind) {
    this.kind = kind;
  }

  /** The required {@code name} of a table, complained of where it cannot stand in a topic. */
  static String name(TomlTable table) {
    String name = table.text("name");
    if (!name.isEmpty() && !name.matches(NAME)) {
      table.complain(
          "name", "name takes 1 to 32 of A-Z a-z 0-9 . _ - and begins with none of . _ -");
    }
    return name;
  }

  void add(TomlTable table, String name, T item) {
    if (byName.putIfAbsent(name, item) != null) {
      table.complain("name", "a second " + kind + " named " + name);
    }
    all.add(item);
  }

  /** The item that a key of another table names; complained of where there is none. */
  Optional<T> find(TomlTable table, String key) {
    String name = table.text(key);
    return name.isEmpty() ? Optional.empty() : find(table, key, name);
  }

  Optional<T> find(TomlTable table, String key, String name) {
    Optional<T> found = named(name);
    if (found.isEmpty()) {
      table.complain(
          key, "no " + kind + " is named " + name + "; there are: " + String.join(", ", names()));
    }
    return found;
  }

  Optional<T> named(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  List<String> names() {
    return List.copyOf(byName.keySet());
  }

  /** In the order of the file. */
  List<T> all() {
    return List.copyOf(all);
  }

  int indexOf(T item) {
    return all.indexOf(item);
  }
}
