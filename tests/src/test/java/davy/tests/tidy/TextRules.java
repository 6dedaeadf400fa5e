package davy.tests.tidy;

import davy.tests.tidy.SourceTree.SourceFile;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Rules that need no parser: a line is enough. */
final class TextRules {

  private static final int COLUMNS = 100;
  private static final int LINES = 400;

  /** Written so that this file does not break its own rules. */
  private static final Pattern UNFINISHED =
      Pattern.compile("\\b(TO" + "DO|FIX" + "ME|XX" + "X)\\b");

  private static final Pattern DEVELOPER_PATH =
      Pattern.compile("(?<![\\w.}])/(?:home/\\w|Users/\\w|root/|work/|tmp/wt)|\\b[A-Z]:\\\\\\w");
  private static final Pattern VERSION = Pattern.compile("<version>([^<]*)</version>");
  private static final Pattern PARENT = Pattern.compile("(?s)<parent>.*?</parent>");
  private static final Pattern SLEEP = Pattern.compile("\\bThread\\.sleep\\(");

  /** Tests that play a person or a device that takes its time; no test waits by sleeping. */
  private static final List<String> MAY_SLEEP = List.of();

  private TextRules() {}

  static List<String> check(SourceFile file) {
    var complaints = new ArrayList<String>();
    int number = 0;
    for (String line : file.lines()) {
      number++;
      for (String rule : broken(file, line)) {
        complaints.add(file.name() + ":" + number + ": " + rule);
      }
    }
    if (file.isJava() && number > LINES) {
      complaints.add(file.name() + ":" + number + ": a file has at most " + LINES + " lines");
    }
    if (!file.text().isEmpty() && !file.text().endsWith("\n")) {
      complaints.add(file.name() + ":" + number + ": a file ends with a line end");
    }
    complaints.addAll(versions(file));
    return complaints;
  }

  private static List<String> broken(SourceFile file, String line) {
    var rules = new ArrayList<String>();
    if (hasColumns(file) && line.codePointCount(0, line.length()) > COLUMNS) {
      rules.add("a line has at most " + COLUMNS + " columns");
    }
    if (!file.name().endsWith(".md") && line.endsWith(" ")) {
      rules.add("no blanks at the end of a line");
    }
    if (line.indexOf('\t') >= 0) {
      rules.add("no tabs");
    }
    if (UNFINISHED.matcher(line).find()) {
      rules.add("unfinished work is an issue, not a remark");
    }
    if (DEVELOPER_PATH.matcher(line).find()) {
      rules.add("a path of somebody's machine");
    }
    if (file.name().contains("/src/test/")
        && SLEEP.matcher(line).find()
        && !MAY_SLEEP.contains(file.name())) {
      rules.add("a test waits for a condition, it does not sleep");
    }
    return rules;
  }

  private static boolean hasColumns(SourceFile file) {
    return file.isJava() || file.name().matches(".*\\.(sh|js|css|c|h)|davy|.*/davy|.*/run");
  }

  /** Versions stand in the top pom and nowhere else. */
  private static List<String> versions(SourceFile file) {
    if (!file.name().endsWith("/pom.xml")) {
      return List.of();
    }
    var complaints = new ArrayList<String>();
    String text = PARENT.matcher(file.text()).replaceAll(m -> "\n".repeat(lines(m.group())));
    var matcher = VERSION.matcher(text);
    while (matcher.find()) {
      if (!matcher.group(1).equals("${project.version}")) {
        int line = lines(text.substring(0, matcher.start())) + 1;
        complaints.add(file.name() + ":" + line + ": versions stand in the top pom only");
      }
    }
    return complaints;
  }

  private static int lines(String text) {
    return (int) text.chars().filter(c -> c == '\n').count();
  }
}
