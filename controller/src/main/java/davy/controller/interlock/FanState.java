package davy.controller.interlock;

import java.util.Collections;
import java.util.List;

/**
 * What one local fan leaves behind between steps.
 *
 * @param stoodNanos since a machine was last read running, saturating at the changeover time
 * @param flow the duct's; without effect where none is fitted
 * @param votes of the intake heads, in plan order
 * @param gasLocked gas locked the start and has not been low since (item e)
 * @param startLock the output of the step before: locked by gas and not unlocked for a time
 */
record FanState(
    long stoodNanos,
    FlowState flow,
    List<StopVote> votes,
    FanStop stop,
    boolean gasLocked,
    boolean startLock) {

  FanState {
    votes = List.copyOf(votes);
  }

  /** Stopped until read running (S5); the start locked as in the last run. */
  static FanState start(Plan.Fan fan, Saved.Fan saved) {
    return new FanState(
        fan.limits().changeoverNanos(),
        FlowState.START,
        Collections.nCopies(fan.intake().size(), StopVote.start(fan.limits())),
        FanStop.NONE,
        saved.startLocked(),
        saved.startLocked());
  }

  /** An unlock for a time does not survive: the lock beneath it does (S5). */
  Saved.Fan saved() {
    return new Saved.Fan(gasLocked);
  }
}
