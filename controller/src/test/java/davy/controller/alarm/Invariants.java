package davy.controller.alarm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import davy.controller.alarm.AlarmInputs.Sample;
import davy.controller.alarm.AlarmInputs.ZoneInput;
import davy.controller.alarm.AlarmPlan.Alarm;
import davy.hal.signal.Feed;
import davy.hal.signal.Permit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What must hold in every step, told a second time and in other words than the program's. */
final class Invariants {

  private final AlarmPlan plan;

  Invariants(AlarmPlan plan) {
    this.plan = plan;
  }

  /** Per alarm, how long its value has been normal without a break; −1 when it is not. */
  List<Long> quiet(List<Long> before, AlarmInputs inputs, long elapsed) {
    List<Long> after = new ArrayList<>();
    for (int index = 0; index < plan.alarms().size(); index++) {
      Alarm alarm = plan.alarms().get(index);
      boolean normal =
          switch (alarm.condition()) {
            case Condition.OverLimit over -> inside(over, inputs.points().get(over.point()));
            case Condition.Given given -> !inputs.signals().get(given.signal());
            default -> false;
          };
      long was = before.get(index);
      long longer = was < 0 ? 0 : Math.min(was + elapsed, alarm.normalNanos());
      after.add(normal ? longer : -1);
    }
    return after;
  }

  List<Long> never() {
    return plan.alarms().stream().map(_ -> -1L).toList();
  }

  private boolean inside(Condition.OverLimit over, Sample sample) {
    if (!(sample instanceof Sample.Good good) || !good.trusted()) {
      return false;
    }
    return plan.points().get(over.point()).quantity().highIsDanger()
        ? good.amount() < over.returnInside()
        : good.amount() > over.returnInside();
  }

  /**
   * @param quiet as {@link #quiet} says of this step
   */
  void check(AlarmState before, AlarmInputs inputs, AlarmDecision decision, List<Long> quiet) {
    assertEquals(plan.alarms().size(), decision.alarms().size(), "an alarm was deleted");
    boolean calls = false;
    for (int index = 0; index < plan.alarms().size(); index++) {
      AlarmStatus was = before.alarms().get(index);
      AlarmStatus is = decision.alarms().get(index);
      calls |= is.life().calls();
      noticed(index, is, decision);
      lives(index, was, is, inputs, decision);
      kept(was, is);
      if (was.life().open() && !is.life().open()) {
        ended(index, inputs, decision, quiet.get(index), was);
      }
    }
    assertEquals(calls && decision.next().muteLeftNanos() == 0, decision.sounder());
    boolean muted = accepted(decision, AlarmRequest.Mute.class, -1).isPresent();
    long left = decision.next().muteLeftNanos();
    assertTrue(left == 0 || muted || left < before.muteLeftNanos(), "a mute does not end");
    assertTrue(left <= plan.bounds().muteNanos(), "a mute is too long");
  }

  /** Nothing that stands unseen is quiet. */
  private void noticed(int index, AlarmStatus is, AlarmDecision decision) {
    Life life = is.life();
    if (is.active()) {
      assertTrue(
          life instanceof Life.Unacknowledged
              || life instanceof Life.Acknowledged
              || life instanceof Life.Shelved
              || life instanceof Life.SuppressedByDesign
              || life instanceof Life.OutOfService,
          () -> "active and " + life);
    }
    if (life.calls()) {
      assertEquals(Lamp.FLASHING, decision.lamp());
      for (int zone : plan.alarms().get(index).zones()) {
        assertEquals(Lamp.FLASHING, decision.zones().get(zone).lamp());
        assertTrue(decision.zones().get(zone).firstOut().isPresent(), "no first-out");
      }
    }
  }

  /** Each change of a life is one that may be, also where one step has several. */
  private void lives(
      int index, AlarmStatus was, AlarmStatus is, AlarmInputs inputs, AlarmDecision decision) {
    Life last = was.life();
    for (AlarmEvent event : decision.events()) {
      if (event instanceof AlarmEvent.Changed changed && changed.alarm() == index) {
        assertEquals(last, changed.from(), "a change was not told");
        last = changed.to();
        begins(index, changed.from(), last, inputs, decision);
      }
    }
    if (is.life() instanceof Life.Shelved now && last instanceof Life.Shelved then) {
      assertTrue(now.leftNanos() < then.leftNanos(), "a shelving does not end");
      assertTrue(now.leftNanos() > 0);
    } else {
      assertEquals(last, is.life(), "a change was not told");
    }
  }

  private void begins(int index, Life from, Life to, AlarmInputs inputs, AlarmDecision decision) {
    Alarm alarm = plan.alarms().get(index);
    boolean seen = from instanceof Life.Normal || from instanceof Life.Acknowledged;
    switch (to) {
      case Life.Shelved now -> {
        assertTrue(alarm.shelvable(), "shelved, and never may be");
        assertTrue(accepted(decision, AlarmRequest.Shelve.class, index).isPresent());
        assertTrue(seen, () -> "shelved out of " + from);
        assertTrue(now.leftNanos() <= plan.bounds().shelveMaxNanos());
      }
      case Life.OutOfService _ -> {
        assertTrue(alarm.shelvable(), "out of service, and never may be");
        assertTrue(accepted(decision, AlarmRequest.OutOfService.class, index).isPresent());
        assertTrue(seen, () -> "hidden out of " + from);
      }
      case Life.SuppressedByDesign _ -> {
        assertFalse(from.open(), "an open alarm was suppressed");
        assertTrue(calibrating(alarm.condition(), inputs), "suppressed without a calibration");
      }
      case Life.Normal _,
          Life.Unacknowledged _,
          Life.Acknowledged _,
          Life.ReturnedUnacknowledged _,
          Life.Latched _ -> {}
    }
  }

  private static boolean calibrating(Condition condition, AlarmInputs inputs) {
    int point =
        switch (condition) {
          case Condition.OverLimit over -> over.point();
          case Condition.SensorLost lost -> lost.point();
          case Condition.Marked marked -> marked.point();
          default -> -1;
        };
    return point >= 0 && inputs.points().get(point) instanceof Sample.Calibrating;
  }

  private static void kept(AlarmStatus was, AlarmStatus is) {
    assertTrue(is.occurrence() >= was.occurrence(), "an occurrence was lost");
    if (is.occurrence() == was.occurrence() && is.life().open()) {
      assertTrue(is.worst().compareTo(was.worst()) >= 0, "a grade fell before the close");
      assertTrue(was.life().open(), "open without an occurrence of its own");
    }
    assertTrue(
        !is.life().open() || is.worst().compareTo(is.grade()) >= 0, "graver than the gravest");
  }

  /** An occurrence ended: who may have ended it? */
  private void ended(
      int index, AlarmInputs inputs, AlarmDecision decision, long quiet, AlarmStatus was) {
    Alarm alarm = plan.alarms().get(index);
    boolean acknowledged = accepted(decision, AlarmRequest.Acknowledge.class, index).isPresent();
    if (!alarm.closedByPerson()) {
      assertTrue(was.life() instanceof Life.Acknowledged || acknowledged, "ended unseen");
      return;
    }
    Optional<AlarmRequest> close = accepted(decision, AlarmRequest.Close.class, index);
    assertTrue(close.isPresent(), "closed by nobody");
    AlarmRequest.Close by = (AlarmRequest.Close) close.get();
    assertFalse(by.person().isBlank() || by.reason().isBlank() || by.measure().isBlank());
    assertTrue(was.life() instanceof Life.Latched || acknowledged, "closed unseen");
    assertTrue(quiet >= alarm.normalNanos(), () -> "closed after " + quiet);
    for (int index2 : alarm.zones()) {
      ZoneInput zone = inputs.zones().get(index2);
      assertTrue(zone.feed() != Feed.UNKNOWN, "closed with an unknown feed");
      assertTrue(
          zone.permit() == Permit.GRANTED || zone.feed() == Feed.DEAD, "closed on a live feed");
    }
  }

  private static Optional<AlarmRequest> accepted(
      AlarmDecision decision, Class<? extends AlarmRequest> type, int alarm) {
    for (AlarmEvent event : decision.events()) {
      if (event instanceof AlarmEvent.Answered answered
          && answered.answer().accepted()
          && type.isInstance(answered.request())
          && alarm(answered.request()) == alarm) {
        return Optional.of(answered.request());
      }
    }
    return Optional.empty();
  }

  private static int alarm(AlarmRequest request) {
    return switch (request) {
      case AlarmRequest.Mute _, AlarmRequest.GasTest _ -> -1;
      case AlarmRequest.Acknowledge ask -> ask.alarm();
      case AlarmRequest.Shelve ask -> ask.alarm();
      case AlarmRequest.Unshelve ask -> ask.alarm();
      case AlarmRequest.OutOfService ask -> ask.alarm();
      case AlarmRequest.BackInService ask -> ask.alarm();
      case AlarmRequest.Close ask -> ask.alarm();
      case AlarmRequest.Correct ask -> ask.alarm();
    };
  }
}
