package davy.tests.proof;

import davy.controller.interlock.Inputs;
import davy.controller.interlock.Inputs.FanInput;
import davy.controller.interlock.Inputs.FlowInput;
import davy.controller.interlock.Inputs.Key;
import davy.controller.interlock.Inputs.OutputState;
import davy.controller.interlock.Inputs.ZoneInput;
import davy.controller.interlock.Plan;
import davy.controller.interlock.PointInput;
import davy.hal.signal.FanRun;
import davy.hal.signal.Feed;
import davy.hal.signal.GuardState;
import davy.hal.signal.Methane;
import java.util.Collections;
import java.util.List;

/** Everything well, every output off: what a sound station reads while it starts. */
final class Calm {

  private Calm() {}

  static Inputs inputs(Plan plan) {
    return new Inputs(
        Collections.nCopies(plan.points().size(), new PointInput.Good(new Methane(30), true)),
        Collections.nCopies(plan.zones().size(), new ZoneInput(OutputState.OFF, Feed.DEAD)),
        plan.fans().stream().map(Calm::fan).toList(),
        GuardState.ARMED,
        Key.RELEASED,
        List.of(),
        List.of(),
        true,
        false);
  }

  private static FanInput fan(Plan.Fan fan) {
    return new FanInput(
        Collections.nCopies(fan.machines(), FanRun.RUNNING), new FlowInput.Good(35, true));
  }
}
