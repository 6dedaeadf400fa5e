package davy.controller.link;

import static davy.controller.link.StatusFrame.millis;
import static davy.controller.link.StatusFrame.names;
import static davy.controller.link.StatusFrame.ordered;

import davy.controller.alarm.AlarmDecision;
import davy.controller.alarm.AlarmPlan;
import davy.controller.alarm.AlarmStatus;
import davy.controller.alarm.Condition;
import davy.controller.alarm.GasTest;
import davy.controller.alarm.Life;
import davy.controller.alarm.PointStatus;
import davy.controller.alarm.Saved;
import davy.controller.scan.Snapshot;
import davy.hal.signal.Tick;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The alarms of a status frame, gravest first: what is open, hidden, or was closed. */
final class AlarmFrame {

  /** So many are told; the number of all that are open is told besides. */
  private static final int MOST = 60;

  private final AlarmPlan plan;

  AlarmFrame(AlarmPlan plan) {
    this.plan = plan;
  }

  Map<String, Object> all(Snapshot snapshot, Tick now) {
    AlarmDecision decision = snapshot.alarms();
    long age = now.nanosSince(snapshot.at());
    List<Integer> open =
        select(decision).filter(alarm -> decision.alarms().get(alarm).life().open()).toList();
    List<Integer> hidden =
        select(decision).filter(alarm -> hides(decision.alarms().get(alarm).life())).toList();
    List<Integer> closed = select(decision).filter(alarm -> closed(alarm, decision)).toList();
    Map<String, Object> fields =
        ordered(
            "lamp", decision.lamp().name(),
            "sounder", decision.sounder(),
            "muteLeftMillis", Math.max(0, millis(decision.next().muteLeftNanos() - age)),
            "count", open.size(),
            "open", open.stream().limit(MOST).map(alarm -> alarm(alarm, decision)).toList(),
            "hidden",
                hidden.stream().limit(MOST).map(alarm -> hidden(alarm, decision, age)).toList(),
            "closed",
                closed.stream().limit(MOST).map(alarm -> closed(alarm, decision.alarms())).toList(),
            "orphans", decision.next().orphans().stream().map(Saved::alarm).toList());
    decision.next().gasTest().ifPresent(test -> fields.put("gasTest", gasTest(test)));
    return fields;
  }

  private Map<String, Object> gasTest(GasTest test) {
    return ordered(
        "point", plan.points().get(test.ask().point()).name(),
        "person", test.ask().person(),
        "waits", test.waits());
  }

  private static Stream<Integer> select(AlarmDecision decision) {
    return IntStream.range(0, decision.alarms().size())
        .boxed()
        .sorted(
            Comparator.comparing((Integer alarm) -> decision.alarms().get(alarm).worst())
                .reversed());
  }

  /** A person has closed it at least once: that close may be corrected. */
  private boolean closed(int alarm, AlarmDecision decision) {
    return plan.alarms().get(alarm).closedByPerson()
        && decision.alarms().get(alarm).latestClosed() > 0;
  }

  private Map<String, Object> closed(int index, List<AlarmStatus> statuses) {
    AlarmPlan.Alarm alarm = plan.alarms().get(index);
    return ordered(
        "name", alarm.name(),
        "kind", alarm.kind().name(),
        "about", about(alarm),
        "occurrence", statuses.get(index).latestClosed());
  }

  private static boolean hides(Life life) {
    return life instanceof Life.Shelved || life instanceof Life.OutOfService;
  }

  private Map<String, Object> alarm(int index, AlarmDecision decision) {
    AlarmPlan.Alarm alarm = plan.alarms().get(index);
    AlarmStatus status = decision.alarms().get(index);
    Map<String, Object> fields = named(index, status);
    fields.put("occurrence", status.occurrence());
    fields.put("active", status.active());
    fields.put("grade", status.worst().name());
    peak(alarm, status, fields);
    fields.put("firstOut", firstOut(index, decision));
    fields.put("shelvable", alarm.shelvable());
    return fields;
  }

  private Map<String, Object> named(int index, AlarmStatus status) {
    AlarmPlan.Alarm alarm = plan.alarms().get(index);
    return ordered(
        "name", alarm.name(),
        "kind", alarm.kind().name(),
        "about", about(alarm),
        "life", status.life().getClass().getSimpleName());
  }

  /** A value above the head's range has no amount: its peak is a lower bound. */
  private void peak(AlarmPlan.Alarm alarm, AlarmStatus status, Map<String, Object> fields) {
    if (alarm.condition() instanceof Condition.OverLimit over) {
      AlarmPlan.Point point = plan.points().get(over.point());
      fields.put("peak", PointFrame.decimal(status.peak(), point.quantity()));
      fields.put("overRange", status.overRange());
    }
  }

  private Map<String, Object> hidden(int index, AlarmDecision decision, long ageNanos) {
    AlarmStatus status = decision.alarms().get(index);
    Map<String, Object> fields = named(index, status);
    switch (status.life()) {
      case Life.Shelved shelved -> {
        fields.put("leftMillis", Math.max(0, millis(shelved.leftNanos() - ageNanos)));
        fields.put("person", shelved.person());
        fields.put("reason", shelved.reason());
      }
      case Life.OutOfService out -> {
        fields.put("person", out.person());
        fields.put("reason", out.reason());
      }
      case Life.Normal _, Life.Unacknowledged _, Life.Acknowledged _ -> {}
      case Life.ReturnedUnacknowledged _, Life.Latched _, Life.SuppressedByDesign _ -> {}
    }
    return fields;
  }

  private static boolean firstOut(int index, AlarmDecision decision) {
    return decision.zones().stream()
        .anyMatch(zone -> zone.firstOut().equals(OptionalInt.of(index)));
  }

  /** The point or the zones; where that says too little, the alarm's own name. */
  private String about(AlarmPlan.Alarm alarm) {
    return switch (alarm.condition()) {
      case Condition.OverLimit over -> plan.points().get(over.point()).name();
      case Condition.SensorLost lost -> plan.points().get(lost.point()).name();
      case Condition.Marked marked -> plan.points().get(marked.point()).name();
      case Condition.FeedLost lost -> plan.zones().get(lost.zone());
      case Condition.FeedUnknown unknown -> plan.zones().get(unknown.zone());
      case Condition.Given _ -> alarm.name();
    };
  }

  /** What stands beside a point of the plan: doubts, and how soon it may reach its limit. */
  static Map<String, Object> beside(PointStatus status) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("marks", names(status.marks().list()));
    status.limitInNanos().ifPresent(nanos -> fields.put("limitInMillis", millis(nanos)));
    return fields;
  }
}
