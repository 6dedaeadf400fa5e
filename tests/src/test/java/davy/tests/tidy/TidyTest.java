package davy.tests.tidy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import davy.tests.tidy.SourceTree.SourceFile;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

final class TidyTest {

  private static final String PURE = "controller/src/main/java/davy/controller/interlock/A.java";

  @Test
  void everyTextFileKeepsTheRulesOfText() {
    var complaints = new ArrayList<String>();
    SourceTree.files().forEach(file -> complaints.addAll(TextRules.check(file)));
    SourceTree.assertNone(complaints);
  }

  @Test
  void everySourceKeepsTheRulesOfSyntax() {
    SourceTree.assertNone(
        JavaRules.check(SourceTree.files().stream().filter(SourceFile::isJava).toList()));
  }

  @Test
  void everyPackageIsIntroduced() {
    var without = new TreeSet<String>();
    var introduced = new TreeSet<String>();
    for (SourceFile file : SourceTree.files()) {
      if (file.isJava() && file.isMain()) {
        String folder = file.name().substring(0, file.name().lastIndexOf('/'));
        without.add(folder);
        if (file.name().endsWith("/package-info.java")) {
          introduced.add(folder);
        }
      }
    }
    assertTrue(without.size() > 5, "the sources were not found");
    without.removeAll(introduced);
    SourceTree.assertNone(
        without.stream().map(folder -> folder + ":1: a package has a package-info.java").toList());
  }

  /** They run by themselves, after all else: a core that another test takes is time they miss. */
  @Test
  void everyTestOfRealProcessesIsMarkedSo() {
    List<SourceFile> tests =
        SourceTree.files().stream()
            .filter(
                file ->
                    file.name().matches("tests/.*/(process|browser|kernel|budget)/\\w+Test.java"))
            .toList();
    assertTrue(tests.size() > 5, "the tests were not found");
    SourceTree.assertNone(
        tests.stream()
            .filter(file -> !file.text().contains("@Tag(\"real-time\")"))
            .map(file -> file.name() + ":1: a test of real processes has the tag real-time")
            .toList());
  }

  @Test
  void aLineThatBreaksARuleOfTextIsNamed() {
    String name = "hal/src/test/java/A.java";
    assertOne(name, "x".repeat(101) + "\n", ":1: a line has at most 100 columns");
    assertOne(name, "a\nb \n", ":2: no blanks");
    assertOne(name, "a\tb\n", ":1: no tabs");
    assertOne(name, "// TO" + "DO later\n", ":1: unfinished");
    assertOne(name, "open(\"/ho" + "me/ann/site.toml\")\n", ":1: a path");
    assertOne(name, "Thread" + ".sleep(5);\n", ":1: a test waits");
    assertOne(name, "a", ":1: a file ends with");
    assertOne(name, "\n".repeat(401), ":401: a file has at most 400 lines");
    assertOne(
        "hal/pom.xml", "<parent><version>1</version></parent>\n<version>2</version>\n", ":2:");
  }

  @Test
  void aSourceThatBreaksARuleOfSyntaxIsNamed() {
    assertOneOf("class FeedManager {}", ":1: FeedManager");
    assertOneOf("interface IFeed {}", ":1: IFeed");
    assertOneOf("class A { int getFeed() { return 1; } }", ":1: getFeed");
    assertOneOf("class A { void a() {" + "\n".repeat(40) + "} }", ":1: a has 41 lines");
    assertOneOf("class A {\n double a; }", ":2: no floating point");
    assertOneOf("class A { long a = (long) 1e3; }", ":1: no floating point");
    assertOneOf("class A { String a = null; }", ":1: no null");
    assertOneOf("class A { int tripAt = 150; }", ":1: a limit comes from the profile");
    assertOneOf(
        "class A { int a(B b) { return switch (b) { default -> 1; }; } }", ":1: no default");
    assertEquals(
        List.of(),
        JavaRules.check(
            List.of(new SourceFile(PURE, "class A { static final long KEY_NANOS = 30_000L; }"))));
  }

  private static void assertOne(String name, String text, String complaint) {
    assertNamed(TextRules.check(new SourceFile(name, text)), name + complaint);
  }

  private static void assertOneOf(String text, String complaint) {
    assertNamed(JavaRules.check(List.of(new SourceFile(PURE, text))), PURE + complaint);
  }

  private static void assertNamed(List<String> complaints, String expected) {
    assertEquals(1, complaints.size(), complaints.toString());
    assertTrue(complaints.getFirst().startsWith(expected), complaints.toString());
  }
}
