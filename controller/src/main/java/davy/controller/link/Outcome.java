package davy.controller.link;

import davy.controller.alarm.AlarmEvent;
import davy.controller.event.EventCode;
import davy.controller.interlock.Event;
import davy.controller.journal.Entry;
import davy.controller.json.JsonLine;
import davy.hal.signal.Tick;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What became of one request: the line that answers it and its journal entry. Neither holds a PIN.
 *
 * @param asked what was asked, by whom, as far as it is known
 * @param answer stable word
 * @param text the same for a person
 */
record Outcome(Asked asked, boolean accepted, String answer, String text) {

  /**
   * @param socket panel or uplink
   * @param kind as {@link Wish#kind} says, or trip, alive, unknown
   * @param person empty where unknown
   * @param second the second person, empty where there is none
   * @param roles of the person once the PIN was right, else empty
   */
  record Asked(
      String socket,
      long id,
      String kind,
      Wish.About about,
      String person,
      String second,
      String roles) {}

  static Outcome of(Asked asked, Event.Answered answered) {
    String text = answered.answer().text();
    if (!answered.causes().none()) {
      text +=
          answered.causes().list().stream()
              .map(cause -> cause.name() + " " + cause.chinese())
              .collect(Collectors.joining(", ", ": ", ""));
    }
    return new Outcome(asked, answered.answer().accepted(), answered.answer().name(), text);
  }

  static Outcome of(Asked asked, AlarmEvent.Answered answered) {
    AlarmEvent.Answer answer = answered.answer();
    return new Outcome(asked, answer.accepted(), answer.name(), answer.text());
  }

  static Outcome refused(Asked asked, Refusal refusal) {
    return new Outcome(asked, false, refusal.name(), refusal.text());
  }

  static Outcome refused(Asked asked, Refusal refusal, String text) {
    return new Outcome(asked, false, refusal.name(), refusal.text() + ": " + text);
  }

  String line() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("id", asked.id());
    fields.put("request", asked.kind());
    about(fields);
    fields.put("accepted", accepted);
    fields.put("answer", answer);
    fields.put("text", text);
    return JsonLine.write(fields);
  }

  /**
   * @param unrecorded refusals since the last entry that were counted and not recorded
   */
  Entry entry(Tick now, long unrecorded) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("socket", asked.socket());
    fields.put("id", asked.id());
    fields.put("request", asked.kind());
    about(fields);
    fields.put("person", asked.person());
    if (!asked.second().isEmpty()) {
      fields.put("second", asked.second());
    }
    fields.put("roles", asked.roles());
    fields.put("accepted", accepted);
    fields.put("answer", answer);
    if (unrecorded > 0) {
      fields.put("unrecorded", unrecorded);
    }
    return new Entry(EventCode.REQUEST, now, fields);
  }

  private void about(Map<String, Object> fields) {
    if (!asked.about().field().isEmpty()) {
      fields.put(asked.about().field(), asked.about().name());
    }
  }
}
