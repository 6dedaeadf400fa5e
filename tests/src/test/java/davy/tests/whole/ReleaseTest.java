package davy.tests.whole;

import static davy.tests.whole.Face.LEGAL_LIMIT;
import static davy.tests.whole.Face.running;
import static davy.tests.whole.Face.timeToDead;
import static davy.tests.whole.SimStation.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import davy.controller.event.EventCode;
import davy.controller.interlock.Request;
import davy.controller.journal.Entry;
import davy.hal.signal.Permit;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the journal, and with it the county, is told of a release. */
final class ReleaseTest {

  private static List<Map<String, Object>> told(SimStation station, EventCode code) {
    return station.entries.stream()
        .filter(entry -> entry.code() == code)
        .map(Entry::fields)
        .toList();
  }

  @Test
  void theKeyAloneIsJournalledAsUnnamed() throws IOException {
    SimStation station = running();
    station.requests.add(new Request.PanelTrip(1, 0, "zhang"));
    assertTrue(timeToDead(station) <= LEGAL_LIMIT);
    station.entries.clear();
    station.stationAlive = false;
    station.key(true);
    station.run(2 * SECOND);
    assertEquals(Permit.WITHHELD, station.permit(0), "it must be held for 3 s");
    station.run(2 * SECOND);
    assertEquals(Permit.WITHHELD, station.permit(0), "and then be let go");
    station.key(false);
    station.run(SECOND);
    assertEquals(Permit.GRANTED, station.permit(0));
    Map<String, Object> consented = told(station, EventCode.REQUEST_CONSENTED).getFirst();
    assertEquals("key, unnamed", consented.get("person"));
    Map<String, Object> granted = told(station, EventCode.ZONE_GRANTED).getFirst();
    assertEquals("key", granted.get("by"));
    assertFalse(granted.containsKey("request"));
  }

  @Test
  void theReleaseOfARemoteTripIsARecordWithThePersonBeforeIt() throws IOException {
    SimStation station = running();
    station.requests.add(new Request.RemoteTrip(1, 0, "county", "rescue next door"));
    assertTrue(timeToDead(station) <= LEGAL_LIMIT);
    assertEquals("REMOTE_TRIP", told(station, EventCode.ZONE_WITHHELD).getLast().get("cause"));
    station.requests.add(new Request.Reset(7, 0, "li", Optional.empty(), false));
    station.run(SECOND);
    assertEquals(Permit.WITHHELD, station.permit(0), "the key is not turned");
    station.key(true);
    station.run(SECOND);
    assertEquals(Permit.GRANTED, station.permit(0));
    Map<String, Object> consented = told(station, EventCode.REQUEST_CONSENTED).getLast();
    assertEquals(List.of("li", 7L), List.of(consented.get("person"), consented.get("request")));
    Map<String, Object> granted = told(station, EventCode.ZONE_GRANTED).getLast();
    assertEquals(List.of("Z1", "request", 7L), List.copyOf(granted.values()));
  }
}
