package davy.tests.proof;

import davy.controller.interlock.Bypass;
import davy.controller.interlock.Event;
import davy.controller.interlock.Inputs.OutputState;
import davy.controller.interlock.Plan;
import davy.controller.interlock.PointInput;
import java.util.List;

/** What must hold for every fan in every step: ventilation is kept unless gas asks otherwise. */
enum FanRule {
  ONLY_GAS_STOPS_A_FAN("S7, S8", "STOP comes only by the vote of a sound head before the fan") {
    @Override
    boolean holds(Turn turn, int fan) {
      return !turn.fan(fan).stop()
          || turn.before().fans().get(fan).stop()
          || turn.after().fans().get(fan).asked();
    }
  },
  STOP_COMES_AFTER_THE_CUT("S7, 先停电后停风", "STOP only after every zone of the fan is withheld") {
    @Override
    boolean holds(Turn turn, int fan) {
      return !turn.fan(fan).stop()
          || turn.plan().fans().get(fan).zones().stream()
              .noneMatch(zone -> turn.granted(zone) || turn.before().zones().get(zone).granted());
    }
  },
  GAS_STOPS_A_FAN("item c'", "gas before the fan stops it, once its zones are withheld") {
    @Override
    boolean holds(Turn turn, int fan) {
      boolean cut = turn.plan().fans().get(fan).zones().stream().allMatch(zone -> dead(turn, zone));
      return turn.fan(fan).stop()
          || !cut
          || !vote(turn, turn.plan().fans().get(fan), turn.after().fans().get(fan).intake(), true);
    }
  },
  GAS_LOCKS_THE_START("item e, S23", "a standing fan with gas above the level can't be started") {
    @Override
    boolean holds(Turn turn, int fan) {
      boolean unlocked =
          turn.after().fans().get(fan).unlocked()
              || turn.decision().bypasses().stream()
                  .anyMatch(
                      b ->
                          b.kind() == davy.controller.interlock.Bypass.Kind.FAN_UNLOCK
                              && b.index() == fan);
      return turn.fan(fan).startLock()
          || FanNotes.runs(turn, fan)
          || unlocked
          || !rich(turn, fan, true);
    }
  },
  ONLY_GAS_LOCKS_THE_START("S7", "the start lock closes only for gas, or comes back after unlock") {
    @Override
    boolean holds(Turn turn, int fan) {
      FanNotes was = turn.before().fans().get(fan);
      return !turn.fan(fan).startLock()
          || was.startLock()
          || was.unlocked()
          || !FanNotes.runs(turn, fan) && rich(turn, fan, false);
    }
  },
  START_LOCK_OPENS_BY_ITS_RULE("item e, S23, S4", "by low gas at every head, or by a person") {
    @Override
    boolean holds(Turn turn, int fan) {
      return turn.fan(fan).startLock()
          || !turn.before().fans().get(fan).startLock()
          || FanNotes.low(turn, turn.plan().fans().get(fan))
          || unlocked(turn, fan);
    }

    /** A person's unlock stands since the step before: that it was one, StationRule sees. */
    private boolean unlocked(Turn turn, int fan) {
      return turn.before().bypasses().stream()
          .anyMatch(b -> b.kind() == Bypass.Kind.FAN_UNLOCK && b.index() == fan);
    }
  },
  START_LOCK_IS_SAVED("S5", "the start lock outlives a restart") {
    @Override
    boolean holds(Turn turn, int fan) {
      return !turn.fan(fan).startLock()
          || turn.decision().next().saved().fans().get(fan).startLocked();
    }
  },
  EVENTS_TELL_THE_FAN("§7", "each begin and end of STOP is told") {
    @Override
    boolean holds(Turn turn, int fan) {
      boolean was = turn.before().fans().get(fan).stop();
      boolean is = turn.fan(fan).stop();
      List<Event> events = turn.decision().events();
      long began =
          events.stream().filter(e -> e instanceof Event.FanStopBegan b && b.fan() == fan).count();
      long ended =
          events.stream().filter(e -> e instanceof Event.FanStopEnded b && b.fan() == fan).count();
      return began == (!was && is ? 1 : 0) && ended == (was && !is ? 1 : 0);
    }
  };

  static final List<FanRule> ALL = List.of(values());

  private final String source;
  private final String sentence;

  FanRule(String source, String sentence) {
    this.source = source;
    this.sentence = sentence;
  }

  abstract boolean holds(Turn turn, int fan);

  String source() {
    return source;
  }

  String sentence() {
    return sentence;
  }

  /** Withheld for a step, and its output read back off. */
  private static boolean dead(Turn turn, int zone) {
    return !turn.granted(zone)
        && !turn.before().zones().get(zone).granted()
        && turn.inputs().zones().get(zone).output() == OutputState.OFF;
  }

  /**
   * @param plain by readings alone; otherwise over-range after a rich reading counts as well
   */
  static boolean vote(Turn turn, Plan.Fan plan, List<FanNotes.Intake> heads, boolean plain) {
    for (int place = 0; place < plan.intake().size(); place++) {
      int point = plan.intake().get(place);
      FanNotes.Intake notes = heads.get(place);
      boolean sound = turn.sound(point);
      boolean over =
          turn.inputs().points().get(point) instanceof PointInput.OverRange
              && notes.overRangeCounts(plan.limits());
      if (sound && (notes.enough(plan.limits()) || !plain && over)) {
        return true;
      }
    }
    return false;
  }

  /**
   * @param plain by readings of sound heads; otherwise any reading and over-range count as well
   */
  private static boolean rich(Turn turn, int fan, boolean plain) {
    Plan.Fan plan = turn.plan().fans().get(fan);
    return plan.gas().stream()
        .anyMatch(
            point ->
                switch (turn.inputs().points().get(point)) {
                  case PointInput.Good good ->
                      plan.limits().lockAbove().below(good.value())
                          && (!plain || turn.sound(point));
                  case PointInput.OverRange _ -> !plain;
                  case PointInput.Faulty _, PointInput.Stale _ -> false;
                });
  }
}
