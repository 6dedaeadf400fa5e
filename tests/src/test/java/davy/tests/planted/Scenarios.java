package davy.tests.planted;

import davy.tests.scenario.ScenarioTest;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;

/** Every text table. */
final class Scenarios {

  private Scenarios() {}

  static void run() throws Throwable {
    List<DynamicTest> tables = new ScenarioTest().everyScenarioHolds().toList();
    for (DynamicTest table : tables) {
      table.getExecutable().execute();
    }
  }
}
