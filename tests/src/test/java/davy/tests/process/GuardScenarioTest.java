package davy.tests.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import davy.tests.process.DemoProcess.Event;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The whole system with the guard's own firmware in series with the breakers: it dies, it hangs,
 * the guard dies, and each time the scenario itself judges at the simulated breaker.
 */
@Tag("real-time")
final class GuardScenarioTest {

  private static final double LEGAL_MILLIS = 2_000;
  private static final long DROP_MILLIS = 500;

  @TempDir private Path folder;

  @Test
  void aHungInterlockIsDeadAtTheBreakerByTheGuardAndComesBackByTheWholeSequenceAlone()
      throws Exception {
    Patience.attempt(folder, attempt -> drops(attempt, "daemon-hang", "TOO_LATE"));
  }

  @ParameterizedTest
  @CsvSource({"daemon-kill,TOO_LATE", "guard-reset,POWER_UP"})
  @EnabledIfSystemProperty(named = "davy.long", matches = "true")
  void soIsAKilledOneAndSoIsTheFaceWithoutItsGuard(String scenario, String cause) throws Exception {
    Patience.attempt(folder, attempt -> drops(attempt, scenario, cause));
  }

  private static void drops(Path folder, String scenario, String cause) throws Exception {
    try (DemoProcess demo = DemoProcess.start(folder.resolve("root"), "--scenario", scenario)) {
      int code = demo.awaitEnd(150_000);
      Event result = demo.since(0).getLast();
      assertEquals(0, code, demo.said());
      assertEquals(true, result.fields().get("passed"), demo.said());
      List<?> trips = (List<?>) result.fields().get("trips");
      assertEquals(1, trips.size());
      Map<?, ?> trip = (Map<?, ?>) trips.getFirst();
      assertEquals(cause, trip.get("cause"));
      double guard = ((Number) trip.get("guardMillis")).doubleValue();
      double dead = ((Number) trip.get("feedDeadMillis")).doubleValue();
      assertTrue(0 <= guard && guard <= dead && dead <= LEGAL_MILLIS, trip.toString());
      if (trip.get("sinceLastGoodScanMillis") instanceof Number own) {
        assertTrue(own.longValue() <= DROP_MILLIS, trip.toString());
      }
      assertTrue(demo.since(0).stream().anyMatch(event -> event.feed(false)), demo.said());
      System.out.printf("%s: guard %.1f ms, power dead %.1f ms%n", scenario, guard, dead);
    }
  }
}
