package davy.tests.scenario;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

public class ScenarioTest {

  @TestFactory
  public Stream<DynamicTest> everyScenarioHolds() throws Exception {
    List<Path> files;
    try (Stream<Path> all = Files.list(Path.of("src/test/resources/scenario"))) {
      files = all.sorted().toList();
    }
    assertFalse(files.isEmpty(), "no scenario files found");
    return files.stream()
        .map(
            file -> dynamicTest(file.getFileName().toString(), () -> new ScenarioRun(file).play()));
  }
}
