package davy.tests.proof;

import davy.controller.interlock.Plan;
import davy.controller.interlock.PointInput;
import davy.controller.interlock.Saved;
import davy.hal.signal.FanRun;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * What the watch notes of one fan.
 *
 * @param stoodNanos since no machine is known to run; −1 while one runs
 * @param lowNanos since every head of T1, T2 is good and below the degassing level; −1 while not
 * @param intake what the heads before the fan said
 * @param asked a vote to stop was carried, and gas has not been seen low since
 * @param stop commanded in the last step
 * @param startLock commanded in the last step
 * @param unlocked a person opened the start lock for a time, also in an earlier run, and nothing
 *     but that time holds it open: no gas seen low, no start of the fan
 */
record FanNotes(
    long stoodNanos,
    long lowNanos,
    List<Intake> intake,
    boolean asked,
    boolean stop,
    boolean startLock,
    boolean unlocked) {

  /**
   * One head before the fan.
   *
   * @param ages of the last consecutive good readings at or above the stop level, oldest first
   * @param richNanos since a good reading that lets over-range count; −1 where there was none
   */
  record Intake(List<Long> ages, long richNanos) {
    static final Intake START = new Intake(List.of(), -1);

    /**
     * @param sound believed, and not under test gas: nothing else votes (S8)
     */
    Intake next(PointInput input, boolean sound, Plan.FanLimits limits, long elapsed) {
      if (!sound) {
        return START;
      }
      List<Long> older = new ArrayList<>();
      ages.forEach(age -> older.add(Notes.add(age, elapsed, limits.stopWithinNanos() + 1)));
      long rich =
          richNanos < 0 ? -1 : Notes.add(richNanos, elapsed, limits.overRangeWithinNanos() + 1);
      if (!(input instanceof PointInput.Good good)) {
        return new Intake(List.of(), rich);
      }
      if (good.value().atLeast(limits.overRangeAfter())) {
        rich = 0;
      }
      if (!good.value().atLeast(limits.stopAt())) {
        return new Intake(List.of(), rich);
      }
      if (good.fresh()) {
        older.add(0L);
      }
      while (older.size() > limits.stopReadings()) {
        older.removeFirst();
      }
      return new Intake(List.copyOf(older), rich);
    }

    boolean enough(Plan.FanLimits limits) {
      return ages.size() >= limits.stopReadings() && ages.getFirst() <= limits.stopWithinNanos();
    }

    boolean overRangeCounts(Plan.FanLimits limits) {
      return richNanos >= 0 && richNanos <= limits.overRangeWithinNanos();
    }
  }

  static FanNotes start(Plan.Fan fan, boolean startLocked, boolean unlocked) {
    return new FanNotes(
        fan.limits().changeoverNanos() + 1,
        -1,
        Collections.nCopies(fan.intake().size(), Intake.START),
        false,
        false,
        startLocked,
        unlocked);
  }

  FanNotes restarted(Plan.Fan fan) {
    return start(fan, startLock, unlocked);
  }

  static FanNotes start(Plan.Fan fan, Saved saved, int index) {
    return start(fan, saved.fans().get(index).startLocked(), false);
  }

  FanNotes next(Turn turn, int index) {
    Plan.Fan fan = turn.plan().fans().get(index);
    long elapsed = turn.elapsedNanos();
    List<Intake> heads = new ArrayList<>();
    for (int place = 0; place < fan.intake().size(); place++) {
      PointInput input = turn.inputs().points().get(fan.intake().get(place));
      int point = fan.intake().get(place);
      boolean sound = turn.sound(point);
      heads.add(intake.get(place).next(input, sound, fan.limits(), elapsed));
    }
    boolean locked = turn.fan(index).startLock();
    return new FanNotes(
        stood(fan, runs(turn, index), elapsed),
        low(turn, fan, elapsed),
        List.copyOf(heads),
        FanRule.vote(turn, fan, heads, false) || asked && stillRich(turn, fan),
        turn.fan(index).stop(),
        locked,
        !locked && !runs(turn, index) && !low(turn, fan) && (unlocked || startLock));
  }

  private static boolean stillRich(Turn turn, Plan.Fan fan) {
    return fan.intake().stream()
        .anyMatch(
            point ->
                switch (turn.inputs().points().get(point)) {
                  case PointInput.Good good -> !good.value().below(fan.limits().stopRestoreBelow());
                  case PointInput.OverRange _ -> true;
                  case PointInput.Faulty _, PointInput.Stale _ -> false;
                });
  }

  private long stood(Plan.Fan fan, boolean runs, long elapsed) {
    long limit = fan.limits().changeoverNanos() + 1;
    return runs ? -1 : stoodNanos < 0 ? 0 : Notes.add(stoodNanos, elapsed, limit);
  }

  private long low(Turn turn, Plan.Fan fan, long elapsed) {
    for (int point : fan.gas()) {
      if (!(turn.inputs().points().get(point) instanceof PointInput.Good good)
          || good.value().atLeast(fan.limits().degasAt())) {
        return -1;
      }
    }
    return lowNanos < 0 ? 0 : Notes.add(lowNanos, elapsed, fan.limits().degasNanos());
  }

  /** Whether the start lock may open by itself: T1 and T2 both sound and below its level. */
  static boolean low(Turn turn, Plan.Fan fan) {
    return fan.gas().stream()
        .allMatch(
            point ->
                turn.sound(point)
                    && turn.inputs().points().get(point) instanceof PointInput.Good good
                    && good.value().below(fan.limits().lockOpensBelow()));
  }

  static boolean runs(Turn turn, int fan) {
    return turn.inputs().fans().get(fan).machines().contains(FanRun.RUNNING);
  }
}
