package davy.controller.interlock;

import davy.controller.interlock.Decision.FanView;
import davy.controller.interlock.Inputs.FanInput;
import davy.hal.signal.FanRun;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * One local fan's part of one step. It sees machines, flow, gas and whether its zones are dead, and
 * nothing else: no fault, request, guard or scan can reach its outputs (S7, item g).
 */
final class FanStep {

  private final Plan.Fan fan;
  private final int index;
  private final FanState before;
  private final List<PointState> points;
  private final List<PointInput> readings;
  private final boolean unlocked;
  private final List<Event> events;
  private final boolean running;
  private final long stoodNanos;
  private final FlowState flow;
  private final List<StopVote> votes;
  private final FanStop wanted;
  private final boolean gasLocked;
  private final boolean startLock;

  /** As {@link #settle} leaves it. */
  private FanStop stop;

  /**
   * @param unlocked a named person unlocked the start for a time, which is not over
   */
  FanStep(
      Plan plan,
      int index,
      FanState before,
      Inputs inputs,
      List<PointState> points,
      long elapsedNanos,
      boolean unlocked,
      List<Event> events) {
    this.fan = plan.fans().get(index);
    this.index = index;
    this.before = before;
    this.points = points;
    this.readings = inputs.points();
    this.unlocked = unlocked;
    this.events = events;
    FanInput input = inputs.fans().get(index);
    this.running = input.machines().contains(FanRun.RUNNING);
    this.stoodNanos =
        running
            ? 0
            : Elapsed.add(before.stoodNanos(), elapsedNanos, fan.limits().changeoverNanos());
    this.flow =
        fan.flow()
            .map(duct -> before.flow().next(duct, plan.times(), input.flow(), elapsedNanos))
            .orElse(before.flow());
    this.votes = votes(elapsedNanos);
    this.wanted = wanted();
    this.stop = wanted;
    this.gasLocked = gasLocked();
    this.startLock = gasLocked && !unlocked;
    tellLock();
  }

  private List<StopVote> votes(long elapsedNanos) {
    List<StopVote> next = new ArrayList<>();
    for (int member = 0; member < fan.intake().size(); member++) {
      int point = fan.intake().get(member);
      StopVote vote = before.votes().get(member);
      next.add(vote.next(fan.limits(), points.get(point), readings.get(point), elapsedNanos));
    }
    return next;
  }

  /** What gas alone asks for. Only gas that is seen low ends what was commanded. */
  private FanStop wanted() {
    boolean low =
        fan.intake().stream()
            .allMatch(point -> below(point, fan.limits().stopRestoreBelow().hundredths()));
    return switch (before.stop()) {
      case FanStop.None none -> vote(none);
      case FanStop.Wanted _, FanStop.Commanded _ when low -> FanStop.NONE;
      case FanStop.Wanted asked when seesGas(asked.point()) -> asked;
      case FanStop.Wanted _ -> vote(FanStop.NONE);
      case FanStop.Commanded commanded -> commanded;
    };
  }

  private FanStop vote(FanStop none) {
    for (int member = 0; member < votes.size(); member++) {
      int point = fan.intake().get(member);
      if (votes.get(member).yes(fan.limits(), readings.get(point))) {
        return new FanStop.Wanted(point);
      }
    }
    return none;
  }

  /** A head that failed or went under test gas before the fan was commanded votes no (S8). */
  private boolean seesGas(int point) {
    return points.get(point).inService()
        && switch (readings.get(point)) {
          case PointInput.Good _, PointInput.OverRange _ -> true;
          case PointInput.Faulty _, PointInput.Stale _ -> false;
        };
  }

  private boolean below(int point, int hundredths) {
    return points.get(point).inService()
        && readings.get(point) instanceof PointInput.Good good
        && good.value().hundredths() < hundredths;
  }

  private boolean stopped() {
    return !running && stoodNanos >= fan.limits().changeoverNanos();
  }

  /** Item e. A fan that a person unlocked, and that runs then, has served its lock. */
  private boolean gasLocked() {
    boolean low =
        fan.gas().stream()
            .allMatch(point -> below(point, fan.limits().lockOpensBelow().hundredths()));
    if (before.gasLocked()) {
      boolean wasUnlocked = !before.startLock();
      return !low && !(running && (unlocked || wasUnlocked));
    }
    return !unlocked && stopped() && locking().isPresent();
  }

  /** The first head that reads gas, which test gas is not. */
  private OptionalInt locking() {
    return fan.gas().stream()
        .filter(point -> !points.get(point).duty().underTestGas())
        .filter(point -> locks(readings.get(point)))
        .mapToInt(Integer::intValue)
        .findFirst();
  }

  private boolean locks(PointInput input) {
    return switch (input) {
      case PointInput.Good good -> fan.limits().lockAbove().below(good.value());
      case PointInput.OverRange _ -> true;
      case PointInput.Faulty _, PointInput.Stale _ -> false;
    };
  }

  private void tellLock() {
    if (startLock && !before.startLock()) {
      events.add(new Event.StartLocked(index, locking().orElse(-1)));
    } else if (!startLock && before.startLock() && !unlocked) {
      events.add(new Event.StartUnlocked(index, Event.Granted.BY_ITSELF));
    }
  }

  /** What it brings to its zones. Gas that is to stop the fan cuts them first. */
  Causes causes() {
    Causes causes = fan.flow().isPresent() ? flow.causes() : Causes.NONE;
    if (stopped()) {
      causes = causes.with(Cause.FAN_STOPPED);
    }
    return wanted instanceof FanStop.None ? causes : causes.with(Cause.METHANE_HIGH);
  }

  /**
   * @param zonesDead every zone of the fan was withheld in the last step, is withheld in this one,
   *     and its output was read back off
   */
  void settle(boolean zonesDead) {
    if (wanted instanceof FanStop.Wanted asked && zonesDead) {
      stop = new FanStop.Commanded(asked.point());
    }
    boolean is = stop instanceof FanStop.Commanded;
    boolean was = before.stop() instanceof FanStop.Commanded;
    if (stop instanceof FanStop.Commanded commanded && !was) {
      events.add(new Event.FanStopBegan(index, commanded.point()));
    } else if (was && !is) {
      events.add(new Event.FanStopEnded(index));
    }
  }

  FanState next() {
    return new FanState(stoodNanos, flow, votes, stop, gasLocked, startLock);
  }

  FanView view() {
    return new FanView(running, stop instanceof FanStop.Commanded, startLock, causes());
  }
}
