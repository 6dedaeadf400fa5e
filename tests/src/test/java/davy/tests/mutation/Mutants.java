package davy.tests.mutation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** What PIT changed and whether a test noticed, out of its report. */
final class Mutants {

  /**
   * A change that no test noticed, named so that it keeps its name when lines move.
   *
   * @param place class and method
   * @param change what PIT did
   * @param line the changed line, blanks at its ends removed
   */
  record Survivor(String place, String change, String line) implements Comparable<Survivor> {
    @Override
    public int compareTo(Survivor other) {
      return toString().compareTo(other.toString());
    }

    /** A row of the list, without its reason. */
    @Override
    public String toString() {
      return "| " + place + " | " + change + " | `" + line.replace("|", "\\|") + "` |";
    }
  }

  record Outcome(int mutants, TreeSet<Survivor> survivors) {}

  private Mutants() {}

  static Outcome read(Path report, Path sources) throws Exception {
    var builder = DocumentBuilderFactory.newInstance().newDocumentBuilder();
    var nodes = builder.parse(report.toFile()).getElementsByTagName("mutation");
    TreeSet<Survivor> survivors = new TreeSet<>();
    for (int index = 0; index < nodes.getLength(); index++) {
      Element mutant = (Element) nodes.item(index);
      if (mutant.getAttribute("detected").equals("false")) {
        survivors.add(survivor(mutant, sources));
      }
    }
    return new Outcome(nodes.getLength(), survivors);
  }

  private static Survivor survivor(Element mutant, Path sources) throws IOException {
    String type = text(mutant, "mutatedClass");
    Path folder = sources.resolve(type.substring(0, type.lastIndexOf('.')).replace('.', '/'));
    List<String> lines = Files.readAllLines(folder.resolve(text(mutant, "sourceFile")));
    String line = lines.get(Integer.parseInt(text(mutant, "lineNumber")) - 1).strip();
    String place =
        type.substring("davy.controller.".length()) + "." + text(mutant, "mutatedMethod");
    return new Survivor(place, text(mutant, "description"), line);
  }

  private static String text(Element mutant, String name) {
    Node node = mutant.getElementsByTagName(name).item(0);
    return node.getTextContent();
  }

  /** The rows of the list: survivors that are explained. */
  static TreeSet<Survivor> explained(Path list) throws IOException {
    TreeSet<Survivor> rows = new TreeSet<>();
    for (String line : Files.readAllLines(list)) {
      List<String> cells = cells(line);
      if (cells.size() == 4 && cells.get(2).startsWith("`")) {
        if (cells.get(3).length() < 10) {
          throw new AssertionError("a row says why nobody needs to notice: " + line);
        }
        String code = cells.get(2).substring(1, cells.get(2).length() - 1).replace("\\|", "|");
        rows.add(new Survivor(cells.get(0), cells.get(1), code));
      }
    }
    return rows;
  }

  private static List<String> cells(String line) {
    if (!line.startsWith("| ")) {
      return List.of();
    }
    List<String> cells = new ArrayList<>();
    for (String cell : line.split("(?<!\\\\)\\|")) {
      cells.add(cell.strip());
    }
    cells.removeFirst();
    return cells;
  }
}
