package davy.controller.command;

import davy.controller.event.EventCode;
import davy.controller.journal.JournalRecord;
import davy.controller.json.JsonLine;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Records as lines of CSV (RFC 4180). A text that a spreadsheet would take for a formula gets an
 * apostrophe before it.
 */
final class JournalCsv {

  private static final String END = "\r\n";

  /** Fields of records that people filter by; the others stand together in the last column. */
  private static final List<String> COLUMNS =
      List.of("zone", "point", "cause", "person", "request", "accepted");

  static final String HEAD =
      "seq,time,clock,tick,code,severity,chinese,english,"
          + String.join(",", COLUMNS)
          + ",fields,hash"
          + END;

  static final String SAMPLES_HEAD = "seq,time,clock,tick,point,value" + END;

  private JournalCsv() {}

  static String line(JournalRecord record) {
    Map<String, Object> rest = new LinkedHashMap<>(record.fields());
    StringBuilder line = new StringBuilder(begin(record));
    line.append(',').append(cell(record.code()));
    EventCode.of(record.code())
        .ifPresentOrElse(
            code ->
                line.append(',')
                    .append(code.severity().name())
                    .append(',')
                    .append(code.chinese())
                    .append(',')
                    .append(code.english()),
            () -> line.append(",,,"));
    for (String column : COLUMNS) {
      Object value = rest.containsKey(column) ? rest.remove(column) : "";
      line.append(',').append(cell(value));
    }
    return line.append(',')
        .append(rest.isEmpty() ? "" : cell(JsonLine.write(rest)))
        .append(',')
        .append(record.hash())
        .append(END)
        .toString();
  }

  /** One line for each point of a sample; nothing of any other record. */
  static String samples(JournalRecord record) {
    if (!record.code().equals(EventCode.SAMPLE.id())
        || !(record.fields().get("points") instanceof Map<?, ?> points)) {
      return "";
    }
    StringBuilder lines = new StringBuilder();
    points.forEach(
        (point, value) ->
            lines
                .append(begin(record))
                .append(',')
                .append(cell(point))
                .append(',')
                .append(cell(value))
                .append(END));
    return lines.toString();
  }

  private static String begin(JournalRecord record) {
    return record.seq()
        + ","
        + cell(record.time())
        + ","
        + cell(record.clock())
        + ","
        + record.tick();
  }

  private static String cell(Object value) {
    String text =
        switch (value) {
          case Map<?, ?> map -> json("value", map);
          case List<?> list -> json("value", list);
          default -> value.toString();
        };
    boolean formula =
        value instanceof String && !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0;
    String safe = formula ? "'" + text : text;
    boolean quoted = safe.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return quoted ? '"' + safe.replace("\"", "\"\"") + '"' : safe;
  }

  private static String json(String name, Object value) {
    return JsonLine.write(Map.of(name, value));
  }
}
