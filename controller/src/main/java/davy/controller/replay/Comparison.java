package davy.controller.replay;

import davy.controller.event.EventCode;
import davy.controller.journal.Entry;
import davy.controller.journal.JournalRecord;
import davy.controller.replay.Replay.Difference;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Two lists of decisions of one run, the recorded and today's: what is in both goes out, what stays
 * differs. A decision is the same when tick, code and fields are; when its command left the scan is
 * measured, not decided.
 */
final class Comparison {

  /** Differences that are kept; more are counted. */
  static final int MOST = 1_000;

  private static final String MEASURED = "commandedTick";
  private static final List<String> SUBJECTS = List.of("zone", "point", "fan");

  /** A decision on one side that the other side does not have, yet. */
  private record Open(long seq, String time, EventCode code, Map<String, Object> fields) {
    boolean same(Open other) {
      return code == other.code && fields.equals(other.fields);
    }

    boolean alike(Open other) {
      return code == other.code && subject().equals(other.subject());
    }

    String subject() {
      return SUBJECTS.stream()
          .filter(fields::containsKey)
          .map(name -> (String) fields.get(name))
          .findFirst()
          .orElse("");
    }

    String text() {
      StringBuilder text = new StringBuilder(code.id());
      fields.forEach((name, value) -> text.append(' ').append(name).append('=').append(value));
      return text.toString();
    }
  }

  /** What is open of one scan. */
  private static final class Scan {
    private final List<Open> recorded = new ArrayList<>();
    private final List<Open> today = new ArrayList<>();
  }

  record Outcome(List<Difference> differences, long more, long cutOff) {}

  private final TreeMap<Long, Scan> open = new TreeMap<>();
  private long compared;

  /** Whether a record of this kind says what the interlock decided. */
  static boolean isDecision(EventCode code) {
    return switch (code) {
      case CAUSE_CAME, CAUSE_WENT, ZONE_WITHHELD, ZONE_GRANTED, POINT_LOST, POINT_TRUSTED -> true;
      case PROOF_TESTED, FEED_LOST, FEED_UNKNOWN, CLOSED_ITSELF -> true;
      case FAN_STOP_BEGAN, FAN_STOP_ENDED -> true;
      case FAN_LOCKED, FAN_UNLOCKED, BYPASS_BEGAN, BYPASS_ENDED, CONFIG_ACCEPTED -> true;
      case REQUEST_CONSENTED, KEY_STUCK -> true;
      case JOURNAL_OPENED, JOURNAL_SEGMENT, JOURNAL_REPAIRED, JOURNAL_LOST -> false;
      case JOURNAL_KEY, JOURNAL_CHECKPOINT, JOURNAL_UNSIGNED, JOURNAL_EXPIRED -> false;
      case PROCESS_STARTED, PROCESS_STOPPED, PROCESS_FAILED, SITE, SAMPLE -> false;
      case INPUTS_BEGIN, INPUTS, TRIP_WRITTEN, TRIP_PROVEN, REQUEST, LINE_LOST -> false;
      case GUARD_ARMED, GUARD_DROPPED, GUARD_SILENT -> false;
      case LINE_OPEN, SLAVE_LOST, SLAVE_BACK, SCAN_LATE, MEASURES -> false;
      case ALARM_CHANGED, ALARM_GRADE, ALARM_CLOSED, ALARM_CORRECTED, ALARM_FIRST -> false;
      case ALARM_TOLD, ALARM_ANSWERED, MARK_CAME, MARK_WENT, STATISTICS, GAS_TESTED -> false;
    };
  }

  void recorded(JournalRecord record) {
    compared++;
    Open one =
        new Open(
            record.seq(),
            record.time(),
            EventCode.of(record.code()).orElseThrow(),
            fields(record.fields()));
    Scan scan = open.computeIfAbsent(record.tick(), _ -> new Scan());
    settle(record.tick(), one, scan.today, scan.recorded);
  }

  /**
   * @param inputs the record whose inputs led to it
   */
  void today(Entry entry, JournalRecord inputs) {
    Open one = new Open(inputs.seq(), inputs.time(), entry.code(), fields(entry.fields()));
    Scan scan = open.computeIfAbsent(entry.tick().nanos(), _ -> new Scan());
    settle(entry.tick().nanos(), one, scan.recorded, scan.today);
  }

  private void settle(long tick, Open one, List<Open> others, List<Open> own) {
    Optional<Open> match = others.stream().filter(one::same).findFirst();
    if (match.isEmpty()) {
      own.add(one);
    } else {
      others.remove(match.get());
      if (others.isEmpty() && own.isEmpty()) {
        open.remove(tick);
      }
    }
  }

  /** Whole numbers as they are read back. */
  private static Map<String, Object> fields(Map<String, Object> fields) {
    Map<String, Object> plain = new LinkedHashMap<>();
    fields.forEach(
        (name, value) ->
            plain.put(name, value instanceof Integer number ? Long.valueOf(number) : value));
    plain.remove(MEASURED);
    return plain;
  }

  /** Recorded decisions so far. */
  long compared() {
    return compared;
  }

  /**
   * @param last the run's last record: what was decided in a scan after all that is recorded of the
   *     run was under way when the journal ended
   */
  Outcome end(JournalRecord last) {
    List<Difference> all = new ArrayList<>();
    long cutOff = 0;
    for (Map.Entry<Long, Scan> scan : open.entrySet()) {
      List<Open> today = scan.getValue().today;
      for (Open recorded : scan.getValue().recorded) {
        Optional<Open> alike = today.stream().filter(recorded::alike).findFirst();
        alike.ifPresent(today::remove);
        all.add(difference(scan.getKey(), recorded, Optional.of(recorded), alike));
      }
      boolean underWay = scan.getKey() == last.tick() && last.code().equals(EventCode.INPUTS.id());
      for (Open one : today) {
        if (underWay) {
          cutOff++;
        } else {
          all.add(difference(scan.getKey(), one, Optional.empty(), Optional.of(one)));
        }
      }
    }
    int kept = Math.min(MOST, all.size());
    return new Outcome(List.copyOf(all.subList(0, kept)), all.size() - kept, cutOff);
  }

  private static Difference difference(
      long tick, Open one, Optional<Open> recorded, Optional<Open> today) {
    return new Difference(
        one.seq(),
        tick,
        one.time(),
        one.subject(),
        recorded.map(Open::text),
        today.map(Open::text));
  }
}
