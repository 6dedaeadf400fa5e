package davy.hal.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import davy.hal.sim.Plant.Place;
import org.junit.jupiter.api.Test;

final class PlantTest {

  private static final long SECOND = 1_000_000_000L;

  private final Plant plant = new Plant(Heading.TYPICAL, 7);

  private static void within(double low, double high, double value) {
    assertTrue(value >= low && value <= high, value + " is outside " + low + " to " + high);
  }

  private double face() {
    return plant.methanePercent(Place.FACE);
  }

  /** Seconds until the face reaches a level, 3600 at most. */
  private double secondsToFace(double percent) {
    int steps = 0;
    while (face() < percent && steps < 72_000) {
      plant.advance(SECOND / 20);
      steps++;
    }
    return steps / 20.0;
  }

  @Test
  void atRestTheFaceStaysNearFourTenthsOfAPercent() {
    for (int minute = 0; minute < 60; minute++) {
      plant.advance(60 * SECOND);
      within(0.36, 0.44, face());
      within(0.36, 0.44, plant.methanePercent(Place.RETURN));
      assertEquals(0, plant.methanePercent(Place.INTAKE));
    }
    within(9.9, 10.1, plant.ductMetresPerSecond());
    within(0.41, 0.42, plant.roadwayMetresPerSecond());
    within(21.9, 22.1, plant.temperatureDegrees());
    assertEquals(0, plant.carbonMonoxidePpm(Place.FACE));
  }

  @Test
  void anOutburstTakesTheFacePastTheTripLevelWithinSeconds() {
    plant.outburst(0.25, 1, 60);
    within(4, 9, secondsToFace(1.5));
    plant.advance(3600 * SECOND);
    within(0.36, 0.44, face());
  }

  @Test
  void theReturnFollowsTheFaceAfterTheTravelOfTheAir() {
    plant.outburst(0.25, 1, 60);
    plant.advance(120 * SECOND);
    within(0.36, 0.44, plant.methanePercent(Place.RETURN));
    plant.advance(240 * SECOND);
    assertTrue(plant.methanePercent(Place.RETURN) > 1.0);
  }

  @Test
  void aStoppedFanTakesTheFlowInSecondsAndBringsTheGasInMinutes() {
    plant.stopFan();
    plant.advance(10 * SECOND);
    within(0.1, 0.6, plant.ductMetresPerSecond());
    within(45, 240, 10 + secondsToFace(1.5));
    plant.startFan();
    plant.advance(900 * SECOND);
    within(0.36, 0.44, face());
  }

  @Test
  void aTornDuctStarvesTheFaceWhileTheFanRuns() {
    plant.tearDuct(0.9);
    plant.advance(60 * SECOND);
    assertTrue(plant.fanRunning());
    within(0.9, 1.1, plant.ductMetresPerSecond());
    assertTrue(secondsToFace(1.5) < 600);
    assertTrue(plant.temperatureDegrees() > 23);
  }

  @Test
  void gasBeforeTheFanReachesTheFaceThroughTheDuct() {
    plant.setIntakeMethane(0.8);
    assertEquals(0.8, plant.methanePercent(Place.INTAKE));
    plant.advance(10 * SECOND);
    within(0.36, 0.44, face());
    plant.advance(180 * SECOND);
    within(1.1, 1.3, face());
  }

  @Test
  void moreInflowSettlesWhereTheAirDilutesIt() {
    plant.setInflow(0.04);
    plant.smoulder(0.00015);
    plant.advance(1800 * SECOND);
    within(0.75, 0.84, face());
    within(28, 32, plant.carbonMonoxidePpm(Place.FACE));
    within(28, 32, plant.carbonMonoxidePpm(Place.RETURN));
  }

  @Test
  void oneSeedIsOneMineWhateverPiecesTimeComesIn() {
    Plant same = new Plant(Heading.TYPICAL, 7);
    Plant other = new Plant(Heading.TYPICAL, 8);
    plant.advance(30 * SECOND);
    other.advance(30 * SECOND);
    for (int i = 0; i < 10_000; i++) {
      same.advance(3_000_000L);
    }
    assertEquals(face(), same.methanePercent(Place.FACE));
    assertNotEquals(face(), other.methanePercent(Place.FACE));
  }
}
