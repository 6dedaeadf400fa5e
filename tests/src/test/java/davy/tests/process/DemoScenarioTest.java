package davy.tests.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import davy.tests.process.DemoProcess.Event;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The whole system plays each incident by itself and judges at the simulated breaker. */
@Tag("real-time")
final class DemoScenarioTest {

  /** Twenty-five faults of a wire, one after another, on a busy machine. */
  private static final long LONGEST_MILLIS = 900_000;

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "quiet,,",
    "outburst,METHANE_HIGH,T1",
    "sensor-unplugged,SENSOR_STALE,T2",
    "frozen-line,SENSOR_STALE,",
    "county-down,METHANE_HIGH,T1",
    "tamper,METHANE_HIGH,T1"
  })
  void aScenarioPassesOnTheEvidenceOfTheBreaker(String scenario, String cause, String point)
      throws Exception {
    Patience.attempt(folder, attempt -> passes(attempt.resolve("root"), scenario, cause, point));
  }

  /** Those whose cut has other marks, or none; they judge themselves. */
  @ParameterizedTest
  @EnabledIfSystemProperty(named = "davy.long", matches = "true")
  @ValueSource(
      strings = {
        "fan-stop",
        "series",
        "over-range",
        "frozen-sensor",
        "feed-stuck",
        "calibration",
        "remote-trip",
        "fake-clear",
        "clock-step",
        "bad-wire"
      })
  void everyOtherScenarioPassesByItsOwnJudgement(String scenario) throws Exception {
    Patience.attempt(folder, attempt -> judgesItself(attempt.resolve("root"), scenario));
  }

  /** Every fault that leaves good answers, one after another at random, and a port that goes. */
  @Test
  void powerGoesOffInTimeOnABadWireWhoseFaultsAreCountedByKind() throws Exception {
    Patience.attempt(folder, attempt -> playsBadWire(attempt.resolve("root")));
  }

  private static void playsBadWire(Path root) throws Exception {
    String faults = "mixed,vanished-sensors";
    try (DemoProcess demo =
        DemoProcess.start(root, "--scenario", "bad-wire", "--faults", faults, "--seed", "3")) {
      Event panel = demo.await("the panel", 0, event -> event.is("panel"));
      int from = demo.now();
      demo.await(
          "a bad wire", from, event -> event.is("wire") && event.text("text").contains("mixed"));
      demo.await("the cut", demo.now(), event -> event.feed(false));
      demo.await("the wire's repair", demo.now(), event -> event.is("repair"));
      Scrape.of(panel.text("text")).awaitTimesAndErrorsByKind();
      assertEquals(0, demo.awaitEnd(LONGEST_MILLIS), demo.said());
      List<?> trips = (List<?>) demo.since(0).getLast().fields().get("trips");
      assertEquals(
          Set.of(faults.split(",")),
          trips.stream().map(trip -> ((Map<?, ?>) trip).get("wire")).collect(Collectors.toSet()),
          demo.said());
    }
  }

  private static void judgesItself(Path root, String scenario) throws Exception {
    try (DemoProcess demo = DemoProcess.start(root, "--scenario", scenario, "--seed", "3")) {
      assertEquals(0, demo.awaitEnd(LONGEST_MILLIS), demo.said());
      assertEquals(true, demo.since(0).getLast().fields().get("passed"), demo.said());
    }
  }

  private static void passes(Path root, String scenario, String cause, String point)
      throws Exception {
    try (DemoProcess demo = DemoProcess.start(root, "--scenario", scenario, "--seed", "3")) {
      int code = demo.awaitEnd(150_000);
      Event result = demo.since(0).getLast();
      assertEquals(0, code, demo.said());
      assertEquals(scenario, result.text("scenario"));
      assertEquals(true, result.fields().get("passed"), demo.said());
      assertEquals(!scenario.equals("tamper"), result.fields().get("journalOk"));
      assertTrue(result.number("journalRecords") > 5, demo.said());
      judge((List<?>) result.fields().get("trips"), cause, point);
      assertEquals(List.of(), DemoProcess.leftIn(root));
    }
  }

  private static void judge(List<?> trips, String cause, String point) {
    assertEquals(cause == null ? 0 : 1, trips.size());
    for (Object one : trips) {
      Map<?, ?> trip = (Map<?, ?>) one;
      assertEquals("Z1", trip.get("zone"));
      assertEquals(cause, trip.get("cause"));
      assertTrue(point == null || point.equals(trip.get("point")), trip.toString());
      double dead = ((Number) trip.get("feedDeadMillis")).doubleValue();
      double written = ((Number) trip.get("writtenMillis")).doubleValue();
      double command = ((Number) trip.get("commandMillis")).doubleValue();
      assertTrue(0 <= command && command <= written, trip.toString());
      assertTrue(written <= dead && dead <= 2_000, trip.toString());
    }
  }
}
