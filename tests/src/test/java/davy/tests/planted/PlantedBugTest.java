package davy.tests.planted;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class PlantedBugTest {

  private static final int ENOUGH = 2;
  private static final boolean LONG = Boolean.getBoolean("davy.long");

  /** In the daily run one bug in so many is shown, in the long run each. */
  private static final int ONE_IN = 12;

  /** A part of the names of those to show instead, {@code -Ddavy.bug=}. */
  private static final Optional<String> WANTED =
      Optional.ofNullable(System.getProperty("davy.bug"));

  private static final Bug NONE = new Bug("no bug", "Lock.java", "new Open()", "new Open()");

  @TestFactory
  Stream<DynamicTest> everyPlantedBugIsCaughtByTwoMethods() throws Exception {
    List<Bug> bugs = Bugs.all();
    return IntStream.range(0, bugs.size())
        .filter(number -> shown(number, bugs.get(number)))
        .mapToObj(bugs::get)
        .map(bug -> dynamicTest(bug.name(), () -> show(bug)));
  }

  private static boolean shown(int number, Bug bug) {
    return WANTED.map(bug.name()::contains).orElse(LONG || number % ONE_IN == ONE_IN / 2);
  }

  @Test
  void everyPlantedBugHasAPlaceOfItsOwn() throws Exception {
    for (Bug bug : Bugs.all()) {
      Greenhouse.source(bug);
    }
  }

  @Test
  void noMethodComplainsOfAnInterlockWithoutABug() throws Exception {
    for (Method method : LONG ? List.of(Method.values()) : List.of(Method.SCENARIOS)) {
      Optional<String> complaint = method.complaint(Greenhouse.with(NONE));
      assertEquals(Optional.empty(), complaint, method.name());
    }
  }

  private static void show(Bug bug) throws Exception {
    List<String> found = new ArrayList<>();
    for (Method method : Method.values()) {
      if (found.size() < ENOUGH) {
        // A house of its own: no method sees what another left behind.
        Optional<String> complaint = method.complaint(Greenhouse.with(bug));
        complaint.ifPresent(text -> found.add(method + ": " + text));
      }
    }
    System.out.println("planted '" + bug.name() + "'");
    found.forEach(text -> System.out.println("  " + text));
    assertTrue(found.size() >= ENOUGH, "noticed by " + found);
  }
}
