package davy.tests.planted;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The list of planted bugs, {@code planted/bugs.txt}: what somebody could get wrong. */
final class Bugs {

  private static final String LIST = "/planted/bugs.txt";
  private static final List<String> WORDS = List.of("bug", "file", "right", "wrong");

  private Bugs() {}

  static List<Bug> all() throws IOException {
    String text;
    try (var in = Objects.requireNonNull(Bugs.class.getResourceAsStream(LIST))) {
      text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
    List<String> lines =
        text.lines().filter(line -> !line.isBlank() && !line.startsWith("#")).toList();
    List<Bug> bugs = new ArrayList<>();
    for (int line = 0; line < lines.size(); line += WORDS.size()) {
      List<String> block = lines.subList(line, line + WORDS.size());
      bugs.add(new Bug(word(block, 0), word(block, 1), word(block, 2), word(block, 3)));
    }
    return bugs;
  }

  private static String word(List<String> block, int index) {
    String line = block.get(index);
    String word = WORDS.get(index);
    if (!line.equals(word) && !line.startsWith(word + " ")) {
      throw new IllegalStateException("'" + word + "' belongs where stands: " + line);
    }
    return line.substring(word.length()).strip();
  }
}
