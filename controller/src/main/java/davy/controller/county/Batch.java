package davy.controller.county;

import davy.controller.event.EventCode;
import davy.controller.journal.JournalRecord;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the next transaction writes: everything heard of all stations since the one before. */
final class Batch {

  /** Records of one journal that follow one another, with the place up to which it is kept then. */
  record Part(String station, Receiver.Part part) {}

  record Finding(String station, Receiver.Finding finding) {}

  /**
   * What became of an alarm.
   *
   * @param life empty where it is over
   */
  record Alarm(String station, String name, String life, long seq, String time) {}

  private final List<Part> parts = new ArrayList<>();
  private final List<Finding> findings = new ArrayList<>();
  private final Map<String, Alarm> alarms = new LinkedHashMap<>();
  private final Map<String, String> told = new LinkedHashMap<>();

  /** Where a receiver puts what it keeps. */
  Receiver.Store of(String station) {
    return new Receiver.Store() {
      @Override
      public void keep(Receiver.Part part) {
        parts.add(new Part(station, part));
        part.lines().stream().flatMap(line -> line.record().stream()).forEach(this::alarm);
      }

      private void alarm(JournalRecord record) {
        if (record.code().equals(EventCode.ALARM_CHANGED.id())) {
          String name = record.text("alarm").orElse("");
          String life = record.text("to").filter(to -> !to.equals("Normal")).orElse("");
          alarms.put(
              station + " " + name, new Alarm(station, name, life, record.seq(), record.time()));
        }
      }

      @Override
      public void found(Receiver.Finding finding) {
        findings.add(new Finding(station, finding));
      }
    };
  }

  /**
   * A message came.
   *
   * @param evidence the message where it is one of the topic {@code evidence}, else empty
   */
  void heard(String station, String evidence) {
    String before = told.getOrDefault(station, "");
    told.put(station, evidence.isEmpty() ? before : evidence);
  }

  boolean empty() {
    return told.isEmpty();
  }

  /** All lines, in the order in which they came. */
  List<Part> parts() {
    return parts;
  }

  List<Finding> findings() {
    return findings;
  }

  List<Alarm> alarms() {
    return List.copyOf(alarms.values());
  }

  /** Each station heard of, with its latest word on its evidence; empty where there is none. */
  Map<String, String> told() {
    return told;
  }

  void clear() {
    parts.clear();
    findings.clear();
    alarms.clear();
    told.clear();
  }
}
