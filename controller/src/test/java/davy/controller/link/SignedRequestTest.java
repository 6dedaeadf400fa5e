package davy.controller.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import davy.controller.alarm.AlarmEvent;
import davy.controller.alarm.AlarmRequest;
import davy.controller.config.Person;
import davy.controller.config.Persons;
import davy.controller.config.Site;
import davy.controller.interlock.Causes;
import davy.controller.interlock.Event;
import davy.controller.interlock.Event.Answer;
import davy.controller.interlock.Request;
import davy.controller.journal.Entry;
import davy.controller.json.JsonLine;
import davy.hal.signal.Methane;
import davy.hal.signal.Tick;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What people ask for with a PIN, from the line to the scan's hands and back. */
final class SignedRequestTest {

  private static final String PIN = "246810";
  private static final Pin.Hash HASH = Pin.of(PIN.toCharArray());
  private static final Tick NOW = new Tick(1);
  private static final String SECOND = ",\"second\":\"wu\",\"secondPin\":\"" + PIN + "\"";

  private final Site site = TestSite.site(Optional.empty());
  private final RequestQueue queue = new RequestQueue(site.plan());
  private final Nonces nonces = Nonces.ofPanel();
  private final List<Entry> journal = new ArrayList<>();
  private final List<AlarmRequest> ofAlarms = new ArrayList<>();
  private final PinCheck pins =
      new PinCheck(
          new Persons(
              List.of(
                  person("li", Person.Role.ELECTRICIAN),
                  person("wu", Person.Role.MONITORING),
                  person("chen", Person.Role.DISPATCHER)),
              ""),
          () -> NOW);
  private final PanelDesk desk =
      new PanelDesk(
          site,
          Optional::empty,
          queue,
          nonces,
          pins,
          new RequestRecord(
              entry -> {
                journal.add(entry);
                return journal.size();
              },
              NOW));

  private static Person person(String name, Person.Role role) {
    return new Person(name, name, List.of(role), HASH.salt(), HASH.iterations(), HASH.hash());
  }

  @AfterEach
  void end() {
    pins.close();
  }

  private String line(String kind, String person, String rest) {
    return "{\"request\":\"%s\",\"person\":\"%s\",\"pin\":\"%s\",\"nonce\":\"%s\"%s}"
        .formatted(kind, person, PIN, nonces.current(NOW), rest);
  }

  /** Asks, and answers for the scan whatever reaches it. */
  private Map<String, Object> ask(String line, List<Request> arrived) throws Exception {
    Map<String, Object> answer = new HashMap<>();
    desk.take(text -> answer.putAll(read(text)), line, NOW);
    long end = System.nanoTime() + 10_000_000_000L;
    while (answer.isEmpty() && System.nanoTime() < end) {
      for (Request request : queue.take()) {
        arrived.add(request);
        queue.answered(new Event.Answered(request.id(), -1, Answer.WAITING_FOR_KEY, Causes.NONE));
      }
      for (AlarmRequest request : queue.takeOfAlarms()) {
        ofAlarms.add(request);
        queue.answered(new AlarmEvent.Answered(request, AlarmEvent.Answer.ACCEPTED));
      }
      desk.tend(NOW);
      LockSupport.parkNanos(1_000_000);
    }
    return answer;
  }

  private static Map<String, Object> read(String line) {
    try {
      return JsonLine.read(line);
    } catch (JsonLine.Malformed e) {
      throw new AssertionError(line, e);
    }
  }

  private Request reaches(String kind, String rest) throws Exception {
    List<Request> arrived = new ArrayList<>();
    Map<String, Object> answer = ask(line(kind, "li", rest), arrived);
    assertEquals("WAITING_FOR_KEY", answer.get("answer"), answer.toString());
    assertEquals(1, arrived.size());
    assertEquals("li", arrived.getFirst().person());
    return arrived.getFirst();
  }

  private Object refused(String line) throws Exception {
    List<Request> arrived = new ArrayList<>();
    Map<String, Object> answer = ask(line, arrived);
    assertEquals(List.of(), arrived, "a refused request must not reach the scan");
    assertEquals(false, answer.get("accepted"));
    return answer.get("answer");
  }

  @Test
  void everyKindReachesTheScanWithWhatWasSaid() throws Exception {
    Request.Reset reset =
        assertInstanceOf(
            Request.Reset.class,
            reaches("reset", ",\"zone\":\"Z2\",\"portable\":\"0.60\",\"repaired\":\"yes\""));
    assertEquals(1, reset.zone());
    assertEquals(Optional.of(new Methane(60)), reset.portable());
    assertTrue(reset.repaired());
    assertInstanceOf(Request.ProofTest.class, reaches("proof-test", ",\"zone\":\"Z1\""));
    String reason = ",\"point\":\"T2\",\"reason\":\"monthly\",\"minutes\":\"20\"";
    Request.Calibrate calibrate =
        assertInstanceOf(
            Request.Calibrate.class, reaches("calibrate", reason + ",\"inhibit\":\"yes\""));
    assertEquals(1, calibrate.point());
    assertEquals(1_200_000_000_000L, calibrate.nanos());
    assertTrue(calibrate.inhibit());
    assertEquals("monthly", calibrate.reason());
    Request.Inhibit inhibit =
        assertInstanceOf(Request.Inhibit.class, reaches("inhibit", reason + SECOND));
    assertEquals(Optional.of("wu"), inhibit.second());
    assertInstanceOf(Request.EndBypass.class, reaches("end-bypass", ",\"point\":\"T1\""));
    Request.AcceptConfiguration accept =
        assertInstanceOf(
            Request.AcceptConfiguration.class,
            reaches("accept-configuration", ",\"digest\":\"d1\"" + SECOND));
    assertEquals("wu", accept.second());
    assertFalse(journal.toString().contains(PIN), "a PIN must never be recorded");
  }

  @Test
  void whatTheSiteDoesNotKnowIsRefused() throws Exception {
    assertEquals("UNKNOWN_ZONE", refused(line("proof-test", "li", ",\"zone\":\"Z9\"")));
    assertEquals("UNKNOWN_POINT", refused(line("end-bypass", "li", ",\"point\":\"V1\"")));
    assertEquals("UNKNOWN_POINT", refused(line("gas-test", "li", ",\"point\":\"V1\"")));
    String fan = ",\"fan\":\"F9\",\"reason\":\"x\"";
    assertEquals("UNKNOWN_FAN", refused(line("unlock-fan", "li", fan)));
    String other = ",\"digest\":\"d0\"" + SECOND;
    assertEquals("OTHER_DIGEST", refused(line("accept-configuration", "li", other)));
  }

  @Test
  void aConfigurationNeedsTwoDifferentPersonsAndBothPins() throws Exception {
    String digest = ",\"digest\":\"d1\"";
    assertEquals("MALFORMED", refused(line("accept-configuration", "li", digest)));
    assertEquals("SAME_PERSON", refused(line("accept-configuration", "wu", digest + SECOND)));
    String wrong = digest + SECOND.replace(PIN, "000000");
    assertEquals("WRONG_PERSON_OR_PIN", refused(line("accept-configuration", "li", wrong)));
    String powerless = digest + SECOND.replace("wu", "chen");
    assertEquals("NOT_ALLOWED", refused(line("accept-configuration", "li", powerless)));
  }

  @Test
  void whoMayNotLoosenMayStillEndAnExemption() throws Exception {
    assertEquals("NOT_ALLOWED", refused(line("proof-test", "chen", ",\"zone\":\"Z1\"")));
    assertEquals("NOT_ALLOWED", refused(line("gas-test", "chen", ",\"point\":\"T1\"")));
    List<Request> arrived = new ArrayList<>();
    ask(line("end-bypass", "chen", ",\"point\":\"T1\""), arrived);
    assertInstanceOf(Request.EndBypass.class, arrived.getFirst());
  }

  @Test
  void aRequestWithoutAReasonOrWithATimeThatIsNoneIsMalformed() throws Exception {
    for (String rest :
        List.of(
            ",\"point\":\"T1\",\"minutes\":\"20\"",
            ",\"point\":\"T1\",\"reason\":\" \",\"minutes\":\"20\"",
            ",\"point\":\"T1\",\"reason\":\"x\",\"minutes\":\"0\"",
            ",\"point\":\"T1\",\"reason\":\"x\",\"minutes\":\"20\",\"inhibit\":\"no\"",
            ",\"point\":\"T1\",\"reason\":\"x\",\"minutes\":\"20\",\"zone\":\"Z1\"")) {
      assertEquals("MALFORMED", refused(line("calibrate", "li", rest)), rest);
    }
  }

  @Test
  void everyKindThatIsAskedOfTheAlarmsReachesTheScanWithWhatWasSaid() throws Exception {
    String alarm = ",\"alarm\":\"T1-limit\"";
    String reason = ",\"reason\":\"pocket\"";
    String measure = ",\"measure\":\"aired\"";
    assertEquals("ACCEPTED", ofAlarms("acknowledge", "chen", alarm));
    assertEquals("ACCEPTED", ofAlarms("mute", "chen", ""));
    assertEquals("ACCEPTED", ofAlarms("shelve", "li", alarm + reason + ",\"minutes\":\"5\""));
    assertEquals("ACCEPTED", ofAlarms("unshelve", "chen", alarm));
    assertEquals("ACCEPTED", ofAlarms("out-of-service", "li", alarm + reason));
    assertEquals("ACCEPTED", ofAlarms("back-in-service", "chen", alarm));
    assertEquals("ACCEPTED", ofAlarms("close-alarm", "li", alarm + reason + measure));
    String occurrence = ",\"occurrence\":\"3\"";
    assertEquals(
        "ACCEPTED", ofAlarms("correct-alarm", "li", alarm + occurrence + reason + measure));
    assertEquals("ACCEPTED", ofAlarms("gas-test", "li", ",\"point\":\"T1\""));
    AlarmRequest.GasTest test = assertInstanceOf(AlarmRequest.GasTest.class, ofAlarms.removeLast());
    assertEquals("li 0 2000000000", test.person() + " " + test.point() + " " + test.withinNanos());
    assertEquals(
        List.of("chen", "chen", "li", "chen", "li", "chen", "li", "li"),
        ofAlarms.stream().map(AlarmRequest::person).toList());
    AlarmRequest.Correct last = assertInstanceOf(AlarmRequest.Correct.class, ofAlarms.getLast());
    assertEquals("3 pocket aired", last.occurrence() + " " + last.reason() + " " + last.measure());
    AlarmRequest.Shelve shelve = assertInstanceOf(AlarmRequest.Shelve.class, ofAlarms.get(2));
    assertEquals(300_000_000_000L, shelve.forNanos());
  }

  private Object ofAlarms(String kind, String person, String rest) throws Exception {
    List<Request> arrived = new ArrayList<>();
    Map<String, Object> answer = ask(line(kind, person, rest), arrived);
    assertEquals(List.of(), arrived, "the interlock is asked nothing");
    return answer.get("answer");
  }

  @Test
  void whoMayNotLoosenClosesAndHidesNoAlarm() throws Exception {
    String alarm = ",\"alarm\":\"T1-limit\",\"reason\":\"x\"";
    assertEquals("NOT_ALLOWED", refused(line("out-of-service", "chen", alarm)));
    String close = alarm + ",\"measure\":\"y\"";
    assertEquals("NOT_ALLOWED", refused(line("close-alarm", "chen", close)));
    assertEquals("UNKNOWN_ALARM", refused(line("acknowledge", "li", ",\"alarm\":\"T9-limit\"")));
    String blank = close.replace("x", " ");
    assertEquals("MALFORMED", refused(line("close-alarm", "li", blank)));
  }
}
