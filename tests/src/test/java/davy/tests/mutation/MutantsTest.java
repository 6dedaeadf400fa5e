package davy.tests.mutation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class MutantsTest {

  private static final Path SOURCES = Path.of("../controller/src/main/java");
  private static final Path REPORT = Path.of("target/pit-reports/mutations.xml");
  private static final Path LIST = Path.of("mutants.md");

  @Test
  void everyMutantIsNoticedByATestOrExplained() throws Exception {
    assumeTrue(
        Boolean.getBoolean("davy.mutation"), "no mutation in this build: ./davy test --long");
    Mutants.Outcome outcome = Mutants.read(REPORT, SOURCES);
    TreeSet<Mutants.Survivor> explained = Mutants.explained(LIST);
    System.out.printf(
        "mutation: %d mutants, %d noticed, %d lines explained%n",
        outcome.mutants(), outcome.mutants() - outcome.survivors().size(), explained.size());
    assertTrue(outcome.mutants() > 500, "the report is not of the interlock");
    TreeSet<Mutants.Survivor> news = new TreeSet<>(outcome.survivors());
    news.removeAll(explained);
    assertEquals("", rows(news), "nobody notices, and mutants.md does not say why that is right");
    TreeSet<Mutants.Survivor> gone = new TreeSet<>(explained);
    gone.removeAll(outcome.survivors());
    assertEquals("", rows(gone), "mutants.md explains what a test does notice");
  }

  @Test
  void everyRowOfTheListSaysWhyAndItsLineStillStands() throws Exception {
    for (Mutants.Survivor survivor : Mutants.explained(LIST)) {
      String type = survivor.place().replaceFirst("[$.][^.]*$", "").replaceFirst("\\$.*", "");
      Path source = SOURCES.resolve("davy/controller/" + type.replace('.', '/') + ".java");
      boolean stands =
          Files.readAllLines(source).stream()
              .anyMatch(line -> line.strip().equals(survivor.line()));
      assertTrue(stands, () -> "not a line of " + source + " any more: " + survivor);
    }
  }

  private static String rows(TreeSet<Mutants.Survivor> survivors) {
    return survivors.stream().map(s -> s + " |").collect(Collectors.joining("\n"));
  }
}
