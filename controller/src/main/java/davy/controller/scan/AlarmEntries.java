package davy.controller.scan;

import davy.controller.alarm.AlarmEvent;
import davy.controller.alarm.AlarmPlan;
import davy.controller.alarm.AlarmRequest;
import davy.controller.alarm.Mark;
import davy.controller.event.EventCode;
import davy.controller.journal.Entry;
import davy.hal.signal.Tick;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the journal says of each event of the alarms. Scan thread. */
final class AlarmEntries {

  private final AlarmPlan plan;

  AlarmEntries(AlarmPlan plan) {
    this.plan = plan;
  }

  /** The statistics of a window stand together in one record. */
  List<Entry> of(List<AlarmEvent> events, Tick now) {
    List<Entry> entries = new ArrayList<>();
    Map<String, Object> statistics = new LinkedHashMap<>();
    for (AlarmEvent event : events) {
      if (event instanceof AlarmEvent.Statistics of) {
        statistics.put(plan.points().get(of.point()).name(), statistics(of));
      } else {
        Map<String, Object> fields = new LinkedHashMap<>();
        EventCode code = fill(fields, event);
        entries.add(new Entry(code, now, fields));
      }
    }
    if (!statistics.isEmpty()) {
      entries.add(new Entry(EventCode.STATISTICS, now, Map.of("points", statistics)));
    }
    return entries;
  }

  private EventCode fill(Map<String, Object> fields, AlarmEvent event) {
    return switch (event) {
      case AlarmEvent.Changed changed -> {
        changed(fields, changed);
        yield EventCode.ALARM_CHANGED;
      }
      case AlarmEvent.GradeRaised raised -> {
        alarm(fields, raised.alarm(), raised.occurrence()).put("grade", raised.grade().name());
        yield EventCode.ALARM_GRADE;
      }
      case AlarmEvent.Closed closed -> {
        closed(fields, closed);
        yield EventCode.ALARM_CLOSED;
      }
      case AlarmEvent.Corrected corrected -> {
        request(fields, corrected.correction());
        yield EventCode.ALARM_CORRECTED;
      }
      case AlarmEvent.GasTested tested -> {
        gasTested(fields, tested);
        yield EventCode.GAS_TESTED;
      }
      case AlarmEvent.FirstOut first -> {
        first(fields, first);
        yield EventCode.ALARM_FIRST;
      }
      case AlarmEvent.Annunciated told -> {
        annunciated(fields, told);
        yield EventCode.ALARM_TOLD;
      }
      case AlarmEvent.Answered answered -> {
        request(fields, answered.request());
        fields.put("answer", answered.answer().name());
        yield EventCode.ALARM_ANSWERED;
      }
      case AlarmEvent.Marked marked -> mark(fields, marked.point(), marked.mark(), true);
      case AlarmEvent.Unmarked marked -> mark(fields, marked.point(), marked.mark(), false);
      case AlarmEvent.Statistics _ -> EventCode.STATISTICS;
    };
  }

  private void changed(Map<String, Object> fields, AlarmEvent.Changed changed) {
    alarm(fields, changed.alarm(), changed.occurrence());
    fields.put("from", changed.from().getClass().getSimpleName());
    fields.put("to", changed.to().getClass().getSimpleName());
  }

  private void first(Map<String, Object> fields, AlarmEvent.FirstOut first) {
    fields.put("zone", plan.zones().get(first.zone()));
    fields.put("alarm", plan.alarms().get(first.alarm()).name());
  }

  private static void annunciated(Map<String, Object> fields, AlarmEvent.Annunciated told) {
    fields.put("lamp", told.lamp().name());
    fields.put("sounder", told.sounder());
  }

  private void gasTested(Map<String, Object> fields, AlarmEvent.GasTested tested) {
    request(fields, tested.ask());
    fields.put("passed", tested.outcome() == AlarmEvent.GasOutcome.PASSED);
    fields.put("outcome", tested.outcome().name());
    fields.put("peak", tested.peak());
    fields.put("micros", tested.nanos() / 1_000);
  }

  private EventCode mark(Map<String, Object> fields, int point, Mark mark, boolean came) {
    fields.put("point", plan.points().get(point).name());
    fields.put("mark", mark.name());
    return came ? EventCode.MARK_CAME : EventCode.MARK_WENT;
  }

  private Map<String, Object> alarm(Map<String, Object> fields, int alarm, long occurrence) {
    fields.put("alarm", plan.alarms().get(alarm).name());
    fields.put("occurrence", occurrence);
    return fields;
  }

  private void closed(Map<String, Object> fields, AlarmEvent.Closed closed) {
    alarm(fields, closed.alarm(), closed.occurrence());
    fields.put("worst", closed.worst().name());
    fields.put("peak", closed.peak());
    fields.put("overRange", closed.overRange());
    closed.by().ifPresent(close -> request(fields, close));
  }

  private void request(Map<String, Object> fields, AlarmRequest request) {
    fields.put("request", request.id());
    fields.put("kind", request.getClass().getSimpleName());
    fields.put("person", request.person());
    switch (request) {
      case AlarmRequest.Acknowledge seen -> named(fields, seen.alarm());
      case AlarmRequest.Mute _ -> {}
      case AlarmRequest.Shelve shelve -> {
        named(fields, shelve.alarm());
        fields.put("reason", shelve.reason());
      }
      case AlarmRequest.Unshelve back -> named(fields, back.alarm());
      case AlarmRequest.OutOfService out -> {
        named(fields, out.alarm());
        fields.put("reason", out.reason());
      }
      case AlarmRequest.BackInService back -> named(fields, back.alarm());
      case AlarmRequest.Close close -> {
        named(fields, close.alarm());
        fields.put("reason", close.reason());
        fields.put("measure", close.measure());
      }
      case AlarmRequest.GasTest test -> fields.put("point", plan.points().get(test.point()).name());
      case AlarmRequest.Correct correct -> {
        named(fields, correct.alarm());
        fields.put("occurrence", correct.occurrence());
        fields.put("reason", correct.reason());
        fields.put("measure", correct.measure());
      }
    }
  }

  private void named(Map<String, Object> fields, int alarm) {
    fields.put("alarm", plan.alarms().get(alarm).name());
  }

  private static Map<String, Object> statistics(AlarmEvent.Statistics statistics) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("spanMillis", statistics.spanNanos() / 1_000_000);
    fields.put("samples", statistics.samples());
    fields.put("notGoodMillis", statistics.notGoodNanos() / 1_000_000);
    statistics
        .extremes()
        .ifPresent(
            found -> {
              fields.put("max", found.max());
              fields.put("maxAtMillis", found.maxAtNanos() / 1_000_000);
              fields.put("min", found.min());
              fields.put("minAtMillis", found.minAtNanos() / 1_000_000);
              fields.put("mean", found.mean());
            });
    return fields;
  }
}
