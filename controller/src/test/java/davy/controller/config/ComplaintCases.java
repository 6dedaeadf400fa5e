package davy.controller.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import davy.controller.config.SiteFile.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/** Text tables of what is told of a good site with something changed. */
final class ComplaintCases {

  private ComplaintCases() {}

  /** One case. */
  private record Case(String title, List<String> old, List<String> changed, List<String> told) {}

  static Stream<DynamicTest> of(String file, SiteFixture fixture) throws IOException {
    List<Case> cases = new ArrayList<>();
    for (String line : Files.readAllLines(SiteFixture.FOLDER.resolve(file))) {
      if (line.startsWith("== ")) {
        cases.add(
            new Case(line.substring(3), new ArrayList<>(), new ArrayList<>(), new ArrayList<>()));
      } else if (line.startsWith("- ")) {
        cases.getLast().old().add(line.substring(2));
      } else if (line.startsWith("+ ")) {
        cases.getLast().changed().add(line.substring(2));
      } else if (line.equals("+")) {
        cases.getLast().changed().add("");
      } else if (line.startsWith("! ")) {
        cases.getLast().told().add(line.substring(2));
      }
    }
    return cases.stream().map(one -> dynamicTest(one.title(), () -> judge(one, fixture)));
  }

  private static void judge(Case one, SiteFixture fixture) {
    assertFalse(one.told().isEmpty(), "a case that tells nothing");
    Outcome outcome =
        one.old().isEmpty()
            ? fixture.read(fixture.good() + String.join("\n", one.changed()) + "\n")
            : fixture.with(String.join("\n", one.old()), String.join("\n", one.changed()));
    assertEquals(String.join("\n", one.told()), String.join("\n", fixture.told(outcome)));
  }
}
