package davy.tests.whole;

import static davy.tests.whole.Face.LEGAL_LIMIT;
import static davy.tests.whole.Face.running;
import static davy.tests.whole.Face.timeToDead;
import static davy.tests.whole.SimStation.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import davy.controller.alarm.AlarmEvent.Answer;
import davy.controller.alarm.AlarmRequest;
import davy.controller.event.EventCode;
import davy.controller.journal.Entry;
import davy.hal.signal.Permit;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** 甲烷超限断电试验 from the gas at the head to its record, which is not that of a proof test (S18). */
final class GasTestTest {

  private static SimStation asked() throws IOException {
    SimStation station = running();
    station.alarmRequests.add(new AlarmRequest.GasTest(9, "li", 0, LEGAL_LIMIT));
    station.run(SECOND);
    assertEquals(Answer.ACCEPTED, station.alarmAnswers.getLast().answer());
    assertTrue(station.live(0), "the request itself cuts nothing");
    return station;
  }

  private static List<Map<String, Object>> told(SimStation station, EventCode code) {
    return station.entries.stream()
        .filter(entry -> entry.code() == code)
        .map(Entry::fields)
        .toList();
  }

  @Test
  void gasAtTheHeadCutsForRealAndIsRecordedApartFromAProofTest() throws IOException {
    SimStation station = asked();
    station.measure("head-t1", 200);
    assertTrue(timeToDead(station) <= LEGAL_LIMIT);
    station.run(SECOND);
    assertEquals(Permit.WITHHELD, station.permit(0));
    Map<String, Object> test = told(station, EventCode.GAS_TESTED).getFirst();
    assertEquals(
        List.of(9L, "li", "T1", true, "PASSED", 200),
        List.of(
            test.get("request"),
            test.get("person"),
            test.get("point"),
            test.get("passed"),
            test.get("outcome"),
            test.get("peak")));
    long micros = (Long) test.get("micros");
    assertTrue(micros > 0 && micros <= LEGAL_LIMIT / 1_000, micros + " µs");
    assertEquals(List.of(), told(station, EventCode.PROOF_TESTED));
  }

  @Test
  void aWeldedBreakerFailsItAndThePowerStaysWithheld() throws IOException {
    SimStation station = asked();
    station.breakers.getFirst().weld();
    station.measure("head-t1", 200);
    station.run(3 * SECOND);
    assertTrue(station.live(0));
    assertEquals(Permit.WITHHELD, station.permit(0));
    Map<String, Object> test = told(station, EventCode.GAS_TESTED).getFirst();
    assertEquals(List.of(false, "STILL_LIVE"), List.of(test.get("passed"), test.get("outcome")));
  }
}
