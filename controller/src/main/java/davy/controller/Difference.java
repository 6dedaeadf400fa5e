package davy.controller;

import java.util.ArrayList;
import java.util.List;

/**
 * What two persons are shown before they accept a configuration (S18): the lines that went, with
 * {@code -}, and those that came, with {@code +}, in the file's order.
 */
final class Difference {

  /** More lines are counted, not shown: the whole file stands at the machine. */
  static final int LINES = 60;

  static final int COLUMNS = 120;

  /** A longer middle is shown as a whole, not line by line. */
  private static final int COMPARED = 1_500;

  private Difference() {}

  /** Empty where both are the same. */
  static List<String> of(String former, String latter) {
    List<String> old = former.lines().toList();
    List<String> now = latter.lines().toList();
    int shorter = Math.min(old.size(), now.size());
    int head = 0;
    while (head < shorter && old.get(head).equals(now.get(head))) {
      head++;
    }
    int tail = 0;
    while (tail < shorter - head
        && old.get(old.size() - 1 - tail).equals(now.get(now.size() - 1 - tail))) {
      tail++;
    }
    return shown(
        middle(old.subList(head, old.size() - tail), now.subList(head, now.size() - tail)));
  }

  private static List<String> middle(List<String> old, List<String> now) {
    List<String> lines = new ArrayList<>();
    int[][] common = common(old, now);
    int went = 0;
    int came = 0;
    while (went < old.size() || came < now.size()) {
      boolean both = went < old.size() && came < now.size();
      if (both && common.length > 0 && old.get(went).equals(now.get(came))) {
        went++;
        came++;
      } else if (came == now.size()
          || both && (common.length == 0 || common[went + 1][came] >= common[went][came + 1])) {
        lines.add("- " + old.get(went++));
      } else {
        lines.add("+ " + now.get(came++));
      }
    }
    return lines;
  }

  /** How many lines in order the rests from each pair of places have in common. */
  private static int[][] common(List<String> old, List<String> now) {
    if (old.size() > COMPARED || now.size() > COMPARED) {
      return new int[0][];
    }
    int[][] common = new int[old.size() + 1][now.size() + 1];
    for (int i = old.size() - 1; i >= 0; i--) {
      for (int j = now.size() - 1; j >= 0; j--) {
        common[i][j] =
            old.get(i).equals(now.get(j))
                ? common[i + 1][j + 1] + 1
                : Math.max(common[i + 1][j], common[i][j + 1]);
      }
    }
    return common;
  }

  private static List<String> shown(List<String> lines) {
    List<String> shown = new ArrayList<>();
    for (String line : lines.subList(0, Math.min(LINES, lines.size()))) {
      shown.add(line.length() <= COLUMNS ? line : line.substring(0, COLUMNS - 1) + "…");
    }
    if (lines.size() > LINES) {
      shown.add("… %d more lines".formatted(lines.size() - LINES));
    }
    return List.copyOf(shown);
  }
}
