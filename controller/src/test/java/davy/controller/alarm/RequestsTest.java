package davy.controller.alarm;

import static org.junit.jupiter.api.Assertions.assertEquals;

import davy.controller.alarm.AlarmEvent.Answer;
import davy.controller.alarm.AlarmPlan.Alarm;
import davy.controller.alarm.AlarmPlan.Bounds;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a close is answered in each life that an alarm can have, the unlikely ones too. */
class RequestsTest {

  private static final AlarmPlan PLAN =
      new AlarmPlan(
          List.of(),
          List.of(),
          List.of("signal"),
          List.of(
              new Alarm(
                  "cut",
                  AlarmKind.TRIP,
                  new Condition.Given(0),
                  List.of(),
                  Grade.TWO,
                  0,
                  0,
                  true,
                  0,
                  false)),
          List.of(),
          List.of(),
          new Bounds(1, 1, 20, 1, 2, 1, 1));

  @Test
  void onlyWhatHasReturnedAndWasSeenCanBeClosed() {
    Map<Life, Answer> answers =
        Map.of(
            Life.NORMAL,
            Answer.REFUSED_NOT_OPEN,
            Life.UNACKNOWLEDGED,
            Answer.REFUSED_ACKNOWLEDGE_FIRST,
            Life.ACKNOWLEDGED,
            Answer.REFUSED_STILL_ACTIVE,
            Life.RETURNED_UNACKNOWLEDGED,
            Answer.REFUSED_ACKNOWLEDGE_FIRST,
            Life.LATCHED,
            Answer.ACCEPTED,
            new Life.Shelved(1, "Li", "repair"),
            Answer.REFUSED_NOT_OPEN,
            Life.SUPPRESSED_BY_DESIGN,
            Answer.REFUSED_NOT_OPEN,
            new Life.OutOfService("Li", "repair"),
            Answer.REFUSED_NOT_OPEN);
    answers.forEach(
        (life, answer) -> {
          AlarmStatus status =
              AlarmStatus.start(PLAN, life, false, 1)
                  .judged(PLAN.alarms().getFirst(), Judgement.NORMAL, 1);
          Requests judge = new Requests(PLAN, List.of(), List.of(status), false, false);
          var close = new AlarmRequest.Close(1, "Li", 0, "a blower", "aired");
          assertEquals(answer, judge.judge(close), life.toString());
        });
  }
}
