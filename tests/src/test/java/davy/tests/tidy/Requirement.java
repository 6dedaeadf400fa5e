package davy.tests.tidy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A row of the requirements table.
 *
 * @param line where it stands
 * @param shows {@code withheld}, {@code refused} or {@code other}
 * @param tests {@code package.Class#method} or {@code scenario/file.txt}
 */
record Requirement(
    int line, String id, String sentence, String source, String shows, List<String> tests) {

  private static final Pattern ID = Pattern.compile("(S\\d+(\\.\\d+)?|[A-Z]+(-[A-Z0-9_]+)+)");
  private static final int COLUMNS = 5;

  /** The rows under a heading of the document; of a shorter table the last columns are empty. */
  static List<Requirement> read(String document, String heading) {
    List<Requirement> rows = new ArrayList<>();
    boolean wanted = false;
    int number = 0;
    for (String line : document.lines().toList()) {
      number++;
      wanted = line.startsWith("## ") ? line.equals("## " + heading) : wanted;
      if (wanted && line.startsWith("| ")) {
        List<String> cells = new ArrayList<>(Arrays.asList(line.split("\\|")));
        cells.replaceAll(String::strip);
        cells.removeFirst();
        if (ID.matcher(cells.getFirst()).matches()) {
          rows.add(row(number, cells));
        }
      }
    }
    return rows;
  }

  private static Requirement row(int line, List<String> cells) {
    while (cells.size() < COLUMNS) {
      cells.add("");
    }
    List<String> tests =
        Arrays.stream(cells.get(4).split("<br>"))
            .map(test -> test.replace("`", "").strip())
            .filter(test -> !test.isEmpty())
            .toList();
    return new Requirement(line, cells.get(0), cells.get(1), cells.get(2), cells.get(3), tests);
  }

  /** {@code S5} of {@code S5.2}. */
  String rule() {
    return id.replaceFirst("\\..*", "");
  }
}
