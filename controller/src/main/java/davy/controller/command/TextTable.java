package davy.controller.command;

import java.util.ArrayList;
import java.util.List;

/** Rows of text in aligned columns; a Chinese character is two columns of a terminal wide. */
final class TextTable {

  private static final String GAP = "  ";

  private final List<List<String>> rows = new ArrayList<>();
  private final List<Integer> widths = new ArrayList<>();

  TextTable(List<String> header) {
    header.forEach(title -> widths.add(0));
    add(header);
  }

  /**
   * @param row one cell a column
   */
  TextTable add(List<String> row) {
    if (row.size() != widths.size()) {
      throw new IllegalArgumentException(row.size() + " cells for " + widths.size() + " columns");
    }
    rows.add(List.copyOf(row));
    for (int i = 0; i < row.size(); i++) {
      widths.set(i, Math.max(widths.get(i), width(row.get(i))));
    }
    return this;
  }

  /** Lines without trailing blanks. */
  List<String> lines() {
    return rows.stream().map(this::line).toList();
  }

  private String line(List<String> row) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < row.size(); i++) {
      line.append(row.get(i)).repeat(' ', widths.get(i) - width(row.get(i))).append(GAP);
    }
    return line.toString().stripTrailing();
  }

  /** How many columns of a terminal a text takes. */
  static int width(String text) {
    return text.codePoints().map(point -> wide(point) ? 2 : 1).sum();
  }

  private static boolean wide(int point) {
    return in(point, 0x1100, 0x115F)
        || in(point, 0x2E80, 0xA4CF)
        || in(point, 0xAC00, 0xD7A3)
        || in(point, 0xF900, 0xFAFF)
        || in(point, 0xFE30, 0xFE4F)
        || in(point, 0xFF00, 0xFF60)
        || in(point, 0xFFE0, 0xFFE6)
        || in(point, 0x20000, 0x3FFFD);
  }

  private static boolean in(int point, int first, int last) {
    return point >= first && point <= last;
  }
}
