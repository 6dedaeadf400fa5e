package davy.tests.firmware;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The deepest a board's stack can become, from the compiler's graph of its calls. */
final class StackDepth {

  private static final Pattern NODE =
      Pattern.compile(
          "node: \\{ title: \"([^\"]+)\" label: \"[^\"]*?(?:(\\d+) bytes \\((\\w+)\\))?\"");
  private static final Pattern EDGE =
      Pattern.compile("edge: \\{ sourcename: \"([^\"]+)\" targetname: \"([^\"]+)\"");

  /** What the processor itself puts there when an interrupt comes, with its alignment. */
  private static final int EXCEPTION_BYTES = 36;

  private final Map<String, Integer> bytes = new HashMap<>();
  private final Map<String, TreeSet<String>> calls = new HashMap<>();

  private StackDepth() {}

  /**
   * From the reset to the deepest call, with an interrupt on top.
   *
   * @param folder where {@code make stack} put the graphs of one board
   */
  static int of(Path folder) throws IOException {
    StackDepth depth = new StackDepth();
    try (var graphs = Files.newDirectoryStream(folder, "*.ci")) {
      for (Path graph : graphs) {
        depth.read(Files.readAllLines(graph));
      }
    }
    return depth.below("start", new ArrayDeque<>())
        + EXCEPTION_BYTES
        + depth.below("uart_interrupt", new ArrayDeque<>());
  }

  private void read(List<String> lines) {
    for (String line : lines) {
      Matcher node = NODE.matcher(line);
      Matcher edge = EDGE.matcher(line);
      if (node.find() && node.group(2) != null) {
        if (!node.group(3).equals("static")) {
          throw new AssertionError("a stack without a bound: " + line);
        }
        bytes.put(node.group(1), Integer.parseInt(node.group(2)));
      } else if (edge.find()) {
        calls.computeIfAbsent(edge.group(1), _ -> new TreeSet<>()).add(edge.group(2));
      }
    }
  }

  private int below(String function, Deque<String> above) {
    if (above.contains(function) || !bytes.containsKey(function)) {
      throw new AssertionError("calls itself, or is not known: " + function + " in " + above);
    }
    above.push(function);
    int deepest = 0;
    for (String called : calls.getOrDefault(function, new TreeSet<>())) {
      deepest = Math.max(deepest, below(called, above));
    }
    above.pop();
    return bytes.get(function) + deepest;
  }
}
