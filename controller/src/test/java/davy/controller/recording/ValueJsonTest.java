package davy.controller.recording;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import davy.controller.interlock.Cause;
import davy.controller.interlock.Causes;
import davy.controller.interlock.Plan;
import davy.controller.interlock.Request;
import davy.controller.interlock.Saved;
import davy.controller.interlock.State;
import davy.controller.json.JsonLine;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ValueJsonTest {

  private static final int ROUNDS = 2_000;

  @Test
  void everyPlanStateRequestAndSavedLatchIsReadBackAsItWas() throws Exception {
    long seed = System.nanoTime();
    System.out.println("seed " + seed);
    RandomValues values = new RandomValues(new Random(seed));
    for (int round = 0; round < ROUNDS; round++) {
      for (Class<?> type : List.of(Plan.class, State.class, Saved.class, Request.class)) {
        Object value = values.of(type);
        assertEquals(value, ValueJson.read(type, throughText(ValueJson.write(value))));
      }
    }
  }

  static Object throughText(Object json) throws JsonLine.Malformed {
    return JsonLine.read(JsonLine.write(Map.of("value", json))).get("value");
  }

  @Test
  void aValueOfAnotherVersionSaysWhatIsMissing() {
    Map<String, Object> written = new HashMap<>(Map.of("zones", List.of(), "fans", List.of()));
    ValueJson.Unlike unlike =
        assertThrows(ValueJson.Unlike.class, () -> ValueJson.read(Saved.class, written));
    assertEquals("Saved was written without calibrating", unlike.getMessage());
    assertThrows(ValueJson.Unlike.class, () -> ValueJson.read(Request.class, "Bake"));
    assertThrows(ValueJson.Unlike.class, () -> ValueJson.read(Saved.class, 5L));
  }

  @Test
  void causesAreWrittenByNameSoThatTheirOrderMayChange() throws Exception {
    assertEquals(List.of("OVER_RANGE"), ValueJson.write(Causes.of(Cause.OVER_RANGE)));
    assertEquals(
        Causes.of(Cause.CONFIG, Cause.METHANE_HIGH),
        ValueJson.read(Causes.class, List.of("CONFIG", "METHANE_HIGH")));
  }
}
