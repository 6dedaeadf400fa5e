package davy.tests.bench;

import davy.controller.json.JsonLine;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The figures of one part, in the order in which they came. */
final class Report {

  private final String part;
  private final List<Figure> figures = new ArrayList<>();

  /**
   * @param unit such as µs, empty for a bare number
   * @param goal empty where none is set
   */
  record Figure(String name, double value, String text, String unit, String goal, boolean met) {}

  Report(String part) {
    this.part = part;
  }

  String part() {
    return part;
  }

  List<Figure> figures() {
    return figures;
  }

  void add(String name, double value, int digits, String unit) {
    goal(name, value, digits, unit, "", true);
  }

  void goal(String name, double value, int digits, String unit, String goal, boolean met) {
    String text = String.format(Locale.ROOT, "%,." + digits + "f", value);
    figures.add(new Figure(name, value, text, unit, goal, met));
  }

  double value(String name) {
    return figures.stream().filter(f -> f.name().equals(name)).findFirst().orElseThrow().value();
  }

  /** Rows of a table in Markdown. */
  String table() {
    StringBuilder rows =
        new StringBuilder("| What | Measured | Goal | |\n| --- | ---: | --- | --- |\n");
    for (Figure figure : figures) {
      String verdict = figure.goal().isEmpty() ? "" : figure.met() ? "met" : "**not met**";
      rows.append(
          "| %s | %s %s | %s | %s |%n"
              .formatted(figure.name(), figure.text(), figure.unit(), figure.goal(), verdict)
              .replace(" |  |", " | |"));
    }
    return rows.toString();
  }

  List<String> json() {
    return figures.stream().map(this::json).toList();
  }

  private String json(Figure figure) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("part", part);
    fields.put("figure", figure.name());
    fields.put("value", figure.value());
    fields.put("unit", figure.unit());
    if (!figure.goal().isEmpty()) {
      fields.put("goal", figure.goal());
      fields.put("met", figure.met());
    }
    return JsonLine.write(fields);
  }
}
