package davy.controller.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import davy.hal.signal.Tick;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class JudgeTest {

  private static final long MILLI = 1_000_000L;

  private final Happenings<Fact> facts = new Happenings<>();
  private final Happenings<Status> frames = new Happenings<>();

  private static Tick at(long millis) {
    return new Tick(millis * MILLI);
  }

  private void crossed(String head, long millis) {
    facts.add(Fact.of(Fact.Kind.CROSSED, at(millis)).with("head", head).with("pollMillis", 500.0));
  }

  private void relayOff(long millis) {
    facts.add(
        Fact.of(Fact.Kind.RELAY, at(millis))
            .with("zone", "Z1")
            .with("energised", false)
            .with("written", true));
  }

  private void feedDead(long millis) {
    facts.add(Fact.of(Fact.Kind.FEED, at(millis)).with("zone", "Z1").with("live", false));
  }

  private void told(String cause, String point, long reading, long commanded) {
    Map<String, Object> trip =
        Map.of(
            "zone",
            "Z1",
            "cause",
            cause,
            "point",
            point,
            "readingTick",
            reading * MILLI,
            "commandedTick",
            commanded * MILLI);
    frames.add(new Status(Map.of("trips", List.of(trip))));
  }

  private Verdict judge() throws InterruptedException {
    return new Judge(facts, frames, 50)
        .trip(new Judge.Due("Z1", "METHANE_HIGH", 0, 0, Fact.Kind.CROSSED, List.of("T1", "T2")));
  }

  @Test
  void aTripInTimePassesWithItsTimesFromTheCrossing() throws Exception {
    crossed("T1", 1_000);
    relayOff(1_320);
    feedDead(1_380);
    told("METHANE_HIGH", "T1", 1_300, 1_302);
    Verdict verdict = judge();
    assertTrue(verdict.passed(), verdict.complaint());
    assertEquals(Optional.of(302.0), verdict.command());
    assertEquals(Optional.of(2.0), verdict.afterReading());
    assertEquals(Optional.of(320.0), verdict.written());
    assertEquals(Optional.of(380.0), verdict.feedDead());
    assertEquals(500.0, verdict.pollMillis());
  }

  @Test
  void powerThatStaysOnFailsWhateverTheInterlockTells() throws Exception {
    crossed("T1", 1_000);
    relayOff(1_320);
    told("METHANE_HIGH", "T1", 1_300, 1_302);
    assertEquals("power stayed on in Z1", judge().complaint());
  }

  @Test
  void twoSecondsPassAndAMillisecondMoreFails() throws Exception {
    crossed("T1", 1_000);
    told("METHANE_HIGH", "T1", 2_900, 2_902);
    feedDead(3_000);
    assertTrue(judge().passed());
  }

  @Test
  void oneMillisecondAboveTheLimitFails() throws Exception {
    crossed("T1", 1_000);
    told("METHANE_HIGH", "T1", 2_900, 2_902);
    feedDead(3_001);
    assertFalse(judge().passed());
  }

  @Test
  void aCutBeforeTheCrossingProvesNothing() throws Exception {
    feedDead(900);
    crossed("T1", 1_000);
    told("METHANE_HIGH", "T1", 1_000, 1_002);
    assertFalse(judge().passed());
  }

  @Test
  void anOtherCauseOrPointFails() throws Exception {
    crossed("T1", 1_000);
    feedDead(1_380);
    told("SENSOR_STALE", "T1", 1_300, 1_302);
    assertFalse(judge().passed());
    told("METHANE_HIGH", "T9", 1_300, 1_303);
    assertFalse(judge().passed());
  }

  @Test
  void anOldTripOfTheSameZoneIsNoAccountOfThisOne() throws Exception {
    crossed("T1", 1_000);
    feedDead(1_380);
    told("METHANE_HIGH", "T1", 200, 202);
    assertFalse(judge().passed());
  }
}
