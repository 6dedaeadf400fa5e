package davy.controller.alarm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import davy.controller.alarm.AlarmPlan.Alarm;
import davy.controller.alarm.AlarmPlan.Bounds;
import davy.controller.alarm.AlarmPlan.GradeRow;
import davy.controller.alarm.AlarmPlan.Point;
import davy.controller.alarm.AlarmPlan.Watch;
import davy.hal.signal.Quantity;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/**
 * A plan that names nothing, or makes no sense, is refused at the start and not found out later.
 */
class AlarmPlanTest {

  private static final Bounds BOUNDS = new Bounds(1, 1, 1, 1, 2, 1, 1);
  private static final Rule RISING = new Rule.RisingFast(0, 10);

  private static Alarm alarm(Condition condition, int zone) {
    return new Alarm(
        "a", AlarmKind.EQUIPMENT, condition, List.of(zone), Grade.ONE, 0, 0, false, 0, true);
  }

  /** One point of methane, one of air speed, one zone, one signal. */
  private static AlarmPlan plan(Alarm alarm, Rule rule) {
    Point gas = new Point("T1", Quantity.METHANE, List.of(0), OptionalInt.empty());
    Point air = new Point("V1", Quantity.AIR_SPEED, List.of(0), OptionalInt.empty());
    return new AlarmPlan(
        List.of(gas, air),
        List.of("Z1"),
        List.of("signal"),
        List.of(alarm),
        List.of(),
        List.of(new Watch(rule, 0, 0)),
        BOUNDS);
  }

  private static void refused(Condition condition) {
    assertThrows(
        IllegalArgumentException.class,
        () -> plan(alarm(condition, 0), RISING),
        condition.toString());
  }

  @Test
  void whatItNamesMustBeThere() {
    plan(alarm(new Condition.Given(0), 0), new Rule.FlatLine(0, 0, List.of(1), 0));
    for (int nowhere : new int[] {-1, 2}) {
      refused(new Condition.OverLimit(nowhere, 100, 100));
      refused(new Condition.SensorLost(nowhere));
      refused(new Condition.Marked(nowhere, Marks.NONE));
      refused(new Condition.FeedLost(nowhere));
      refused(new Condition.FeedUnknown(nowhere));
      refused(new Condition.Given(nowhere));
      assertThrows(
          IllegalArgumentException.class,
          () -> plan(alarm(new Condition.Given(0), nowhere), RISING));
      assertThrows(
          IllegalArgumentException.class,
          () ->
              plan(alarm(new Condition.Given(0), 0), new Rule.FlatLine(0, 0, List.of(nowhere), 0)));
    }
  }

  @Test
  void aPointBelongsToZonesThatAreThere() {
    for (int nowhere : new int[] {-1, 1}) {
      Point lost = new Point("T1", Quantity.METHANE, List.of(0, nowhere), OptionalInt.empty());
      refused(
          () ->
              new AlarmPlan(
                  List.of(lost),
                  List.of("Z1"),
                  List.of(),
                  List.of(),
                  List.of(),
                  List.of(),
                  BOUNDS));
    }
  }

  @Test
  void anAlarmReturnsOnTheSafeSideOfItsLevelOrAtIt() {
    plan(alarm(new Condition.OverLimit(0, 100, 100), 0), RISING);
    refused(new Condition.OverLimit(0, 100, 101));
    plan(alarm(new Condition.OverLimit(1, 25, 25), 0), RISING);
    refused(new Condition.OverLimit(1, 25, 24));
  }

  private static Alarm timed(Grade grade, long on, long off, long normal) {
    return new Alarm(
        "a",
        AlarmKind.SENSOR,
        new Condition.Given(0),
        List.of(),
        grade,
        on,
        off,
        false,
        normal,
        true);
  }

  private static void refused(Runnable made) {
    assertThrows(IllegalArgumentException.class, made::run);
  }

  @Test
  void anAlarmHasAGradeAndNoNegativeTime() {
    timed(Grade.FOUR, 0, 0, 0);
    refused(() -> timed(Grade.NONE, 0, 0, 0));
    refused(() -> timed(Grade.FOUR, -1, 0, 0));
    refused(() -> timed(Grade.FOUR, 0, -1, 0));
    refused(() -> timed(Grade.FOUR, 0, 0, -1));
  }

  @Test
  void aRowThatGradesNothingIsRefused() {
    new GradeRow(0, 0, 1, Grade.FOUR);
    refused(() -> new GradeRow(0, 0, 0, Grade.FOUR));
    refused(() -> new GradeRow(0, -1, 1, Grade.FOUR));
    refused(() -> new GradeRow(0, 0, 1, Grade.NONE));
  }

  @Test
  void aWatchHasNoNegativeTime() {
    new Watch(RISING, 0, 0);
    refused(() -> new Watch(RISING, -1, 0));
    refused(() -> new Watch(RISING, 0, -1));
  }

  @Test
  void boundsArePositiveAndAWindowHasTwoHalves() {
    refused(() -> new Bounds(0, 1, 1, 1, 2, 1, 1));
    refused(() -> new Bounds(1, 0, 1, 1, 2, 1, 1));
    refused(() -> new Bounds(1, 1, 0, 1, 2, 1, 1));
    refused(() -> new Bounds(1, 1, 1, 0, 2, 1, 1));
    refused(() -> new Bounds(1, 1, 1, 1, 0, 1, 1));
    refused(() -> new Bounds(1, 1, 1, 1, 3, 1, 1));
    refused(() -> new Bounds(1, 1, 1, 1, 2, 0, 1));
    refused(() -> new Bounds(1, 1, 1, 1, 2, 1, 0));
  }

  private static <T extends Enum<T>> void told(T[] values, Function<T, String> word) {
    List<String> words = Arrays.stream(values).map(word).toList();
    assertFalse(words.contains(""), words.toString());
    assertEquals(values.length, new HashSet<>(words).size(), words.toString());
  }

  @Test
  void everythingPeopleReadHasAWordOfItsOwn() {
    told(AlarmKind.values(), AlarmKind::chinese);
    told(AlarmKind.values(), AlarmKind::english);
    told(Mark.values(), Mark::chinese);
    told(Mark.values(), Mark::english);
    told(Grade.values(), Grade::chinese);
    told(AlarmEvent.Answer.values(), AlarmEvent.Answer::text);
    assertEquals("红", Grade.ONE.colour());
    assertEquals("", Grade.NONE.colour());
    assertTrue(Mark.FLAT_LINE.doubt());
    assertFalse(Mark.RISING_FAST.doubt(), "gas that rises is no doubt in the data");
  }
}
