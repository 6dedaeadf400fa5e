package davy.tests.tidy;

import davy.tests.tidy.SourceTree.SourceFile;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds tests by name in the sources of all modules, and reads what they look at. */
final class TestSources {

  /** How the formatter writes the head of a method of a class. */
  private static final Pattern METHOD =
      Pattern.compile(
          "(?m)^  ((?:@\\S+(?: ?\\([^;]*?\\))?\\s+)*)"
              + "(?:(?:public|private|protected|static|final) )*"
              + "[\\w<][\\w<>\\[\\], .?]* (\\w+)\\(");

  private static final Pattern TEST =
      Pattern.compile("@(Test|TestFactory|ParameterizedTest|RepeatedTest)\\b");
  private static final Pattern CALL = Pattern.compile("\\b(\\w+)\\(|::(\\w+)");

  /** Words by which a test looks at power that is withheld or dead. */
  private static final Pattern WITHHELD =
      Pattern.compile("WITHHELD|timeToDead|energised|relayUp|feed\\(false\\)|high\\(\\)");

  private static final Pattern REFUSED = Pattern.compile("\\b78\\b|Exit\\.CONFIG|\\bREFUSED\\b");

  private final Map<String, String> texts = new HashMap<>();

  TestSources(List<SourceFile> files) {
    files.forEach(file -> texts.put(file.name(), file.text()));
  }

  boolean has(String test) {
    return isScenario(test) ? scenario(test).isPresent() : method(test).isPresent();
  }

  /** Whether a test, or a method of its own class that it calls, looks at what a row claims. */
  boolean shows(String test, String claim) {
    if (isScenario(test)) {
      return claim.equals("withheld") && scenario(test).orElse("").contains(" WITHHELD ");
    }
    String seen = method(test).orElse("");
    return claim.equals("refused") ? REFUSED.matcher(seen).find() : WITHHELD.matcher(seen).find();
  }

  private static boolean isScenario(String test) {
    return test.endsWith(".txt");
  }

  private Optional<String> scenario(String test) {
    return Optional.ofNullable(texts.get("tests/src/test/resources/" + test));
  }

  /**
   * The text of a test and of all that it calls in its class; empty where there is no such test.
   */
  private Optional<String> method(String test) {
    String[] parts = test.split("#");
    if (parts.length != 2) {
      return Optional.empty();
    }
    String end = "/src/test/java/" + parts[0].replace('.', '/') + ".java";
    return texts.entrySet().stream()
        .filter(entry -> entry.getKey().endsWith(end))
        .findFirst()
        .flatMap(entry -> method(entry.getValue(), parts[1]));
  }

  private static Optional<String> method(String text, String name) {
    Map<String, String> bodies = new HashMap<>();
    boolean isTest = false;
    List<MatchResult> heads = METHOD.matcher(text).results().toList();
    for (int i = 0; i < heads.size(); i++) {
      MatchResult head = heads.get(i);
      int end = i + 1 < heads.size() ? heads.get(i + 1).start() : text.length();
      isTest |= head.group(2).equals(name) && TEST.matcher(head.group(1)).find();
      bodies.merge(head.group(2), text.substring(head.end(), end), String::concat);
    }
    return isTest ? Optional.of(withCalled(bodies, name, new HashSet<>())) : Optional.empty();
  }

  private static String withCalled(Map<String, String> bodies, String name, Set<String> done) {
    if (!bodies.containsKey(name) || !done.add(name)) {
      return "";
    }
    StringBuilder all = new StringBuilder(bodies.get(name));
    Matcher calls = CALL.matcher(bodies.get(name));
    while (calls.find()) {
      String called = Optional.ofNullable(calls.group(1)).orElse(calls.group(2));
      all.append(withCalled(bodies, called, done));
    }
    return all.toString();
  }
}
