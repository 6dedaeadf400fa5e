package davy.tests.planted;

import davy.tests.scenario.ScenarioTest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;

/** Every text table; those that last for hours come last. */
final class Scenarios {

  private static final List<String> HOURS = List.of("degassing.txt", "inhibit-shift.txt");

  private Scenarios() {}

  static void run() throws Throwable {
    List<DynamicTest> tables = new ArrayList<>(new ScenarioTest().everyScenarioHolds().toList());
    tables.sort(Comparator.comparing(table -> HOURS.contains(table.getDisplayName())));
    for (DynamicTest table : tables) {
      table.getExecutable().execute();
    }
  }
}
