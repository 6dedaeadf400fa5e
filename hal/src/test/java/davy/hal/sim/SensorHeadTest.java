package davy.hal.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import davy.hal.sim.SensorHead.Shown;
import davy.hal.sim.SensorHead.Value;
import org.junit.jupiter.api.Test;

final class SensorHeadTest {

  private static final long SECOND = 1_000_000_000L;

  private final SensorHead head = new SensorHead(HeadType.CATALYTIC_METHANE, 0.40);

  private static Shown amount(int amount) {
    return new Value(amount);
  }

  @Test
  void itShowsNinetyPercentOfAStepAfterItsT90() {
    assertEquals(amount(40), head.shown());
    for (int i = 0; i < 100; i++) {
      head.advance(SECOND / 10, 2.40);
    }
    assertEquals(amount(220), head.shown());
    head.advance(600 * SECOND, 2.40);
    assertEquals(amount(240), head.shown());
  }

  @Test
  void itShowsStepsOfItsResolution() {
    SensorHead speed = new SensorHead(HeadType.AIR_SPEED, 0.437);
    assertEquals(amount(40), speed.shown());
    SensorHead degrees = new SensorHead(HeadType.TEMPERATURE, 22.26);
    assertEquals(amount(223), degrees.shown());
  }

  @Test
  void aboveItsRangeItSaysSoAndNoNumber() {
    head.advance(600 * SECOND, 4.0);
    assertEquals(amount(400), head.shown());
    head.advance(600 * SECOND, 4.1);
    assertEquals(new SensorHead.OverRange(), head.shown());
  }

  @Test
  void aCatalyticHeadReadsLowAgainInRichGasAndALaserDoesNot() {
    head.advance(600 * SECOND, 39.0);
    assertEquals(amount(31), head.shown(), "deadly, and looks healthy");
    head.advance(600 * SECOND, 80.0);
    assertEquals(amount(0), head.shown());
    SensorHead laser = new SensorHead(HeadType.LASER_METHANE, 39.0);
    assertEquals(amount(3900), laser.shown());
  }

  @Test
  void aFrozenHeadShowsItsLastValueForEver() {
    head.freeze();
    head.advance(600 * SECOND, 3.0);
    assertEquals(amount(40), head.shown());
    head.repair();
    assertEquals(amount(300), head.shown());
  }

  @Test
  void driftMovesItsZeroDownToItsLowestValue() {
    head.drift(-0.55);
    assertEquals(amount(-15), head.shown());
    head.drift(-2);
    assertEquals(amount(-50), head.shown());
    head.repair();
    assertEquals(amount(40), head.shown());
  }

  @Test
  void brokenSilentAndWarmingUpAreSaidAsSuch() {
    head.breakElement();
    assertEquals(new SensorHead.Broken(), head.shown());
    head.silence();
    assertEquals(new SensorHead.Silent(), head.shown());
    head.repair();
    head.restart(30 * SECOND);
    head.advance(29 * SECOND, 0.40);
    assertEquals(new SensorHead.WarmingUp(), head.shown());
    head.advance(SECOND, 0.40);
    assertTrue(head.shown() instanceof Value);
  }
}
