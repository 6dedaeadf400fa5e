package davy.tests.proof;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Prints what was explored; the larger plans only in the long run. */
class ExplorerTest {

  private static final boolean LONG = Boolean.getBoolean("davy.long");

  @TestFactory
  Stream<DynamicTest> everyReachableStateWithholdsPowerAsItMust() {
    List<Explorer.Field> fields = LONG ? Fields.all() : Fields.few();
    return fields.stream()
        .map(field -> DynamicTest.dynamicTest(field.name(), () -> explore(field)));
  }

  private static void explore(Explorer.Field field) {
    Explorer.Figures figures = Explorer.explore(field);
    System.out.println(figures);
    figures.assertSound();
  }
}
