package davy.tests.proof;

import davy.controller.interlock.Decision;
import davy.controller.interlock.Inputs;
import davy.controller.interlock.Interlock;
import davy.controller.interlock.Plan;
import davy.controller.interlock.Saved;
import davy.controller.interlock.State;
import davy.hal.signal.Permit;
import java.util.stream.IntStream;

/** One random walk through one plan, every rule checked in every step. Restarts are steps too. */
final class Walk {

  /** Looks at a step before it is taken for good. */
  interface Probe {
    void look(Plan plan, State before, Inputs inputs, long elapsed, Decision decision);
  }

  private final Plan plan;
  private final Dice dice;
  private final RandomMine mine;
  private State state;
  private Watch watch;
  private Decision decision;
  private long granted;

  Walk(Plan plan, Dice dice) {
    this.plan = plan;
    this.dice = dice;
    this.mine = new RandomMine(plan, dice);
    Saved saved = saved(Saved.nothing(plan));
    this.state = State.start(plan, saved);
    this.watch = Watch.start(plan, saved);
    this.decision = null;
  }

  /** Now and then a configuration that nobody accepted yet, or a run of manual releases. */
  private Saved saved(Saved nothing) {
    return new Saved(
        nothing.zones(), nothing.fans(), nothing.calibrating(), !dice.oneIn(4), dice.oneIn(4));
  }

  /** Takes so many steps; returns how many permits it saw. */
  long run(int steps, Probe probe) {
    take(first(), 1);
    for (int step = 1; step < steps; step++) {
      if (dice.oneIn(400)) {
        state = State.start(plan, state.saved());
        watch = watch.restarted(plan);
      }
      Inputs inputs = mine.next(decision);
      long elapsed = dice.between(1, 3);
      State before = state;
      take(inputs, elapsed);
      probe.look(plan, before, inputs, elapsed, decision);
      granted +=
          IntStream.range(0, plan.zones().size())
              .filter(zone -> decision.zones().get(zone).permit() == Permit.GRANTED)
              .count();
    }
    return granted;
  }

  /** A calm mine, or one that is in trouble before anything of it was ever read (S22). */
  private Inputs first() {
    Inputs calm = Calm.inputs(plan);
    return dice.oneIn(2) ? calm : mine.next(Interlock.step(plan, state, calm, 1));
  }

  private void take(Inputs inputs, long elapsed) {
    decision = Interlock.step(plan, state, inputs, elapsed);
    Turn turn = Turn.of(plan, watch, inputs, elapsed, decision);
    turn.check();
    state = decision.next();
    watch = turn.after();
  }
}
