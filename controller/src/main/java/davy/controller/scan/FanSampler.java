package davy.controller.scan;

import davy.controller.config.Site;
import davy.controller.interlock.Inputs.FanInput;
import davy.controller.interlock.Inputs.FlowInput;
import davy.controller.interlock.Plan;
import davy.hal.signal.Reading;
import davy.hal.signal.SensorFault;
import davy.hal.signal.Tick;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** What the interlock is told of each fan: its run contacts and the flow in its duct. */
final class FanSampler {

  private final Site site;
  private final Field field;
  private final List<Reading> lastFlows;

  FanSampler(Site site, Field field) {
    this.site = site;
    this.field = field;
    this.lastFlows = new ArrayList<>(Collections.nCopies(site.fans().size(), Reading.NEVER));
  }

  List<FanInput> sample(Tick now) {
    List<FanInput> inputs = new ArrayList<>(site.fans().size());
    for (int fan = 0; fan < site.fans().size(); fan++) {
      inputs.add(
          new FanInput(
              site.fans().get(fan).machines().stream()
                  .map(machine -> field.run(machine, now))
                  .toList(),
              flow(fan, now)));
    }
    return inputs;
  }

  private FlowInput flow(int fan, Tick now) {
    Optional<Plan.Flow> limits = site.plan().fans().get(fan).flow();
    if (limits.isEmpty() || site.fans().get(fan).flow().isEmpty()) {
      return new FlowInput.Stale();
    }
    Site.Point point = site.points().get(site.fans().get(fan).flow().getAsInt());
    Reading reading = field.reading(point.source());
    boolean fresh = reading != lastFlows.set(fan, reading);
    return reading.ageNanos(now) > limits.get().ageLimitNanos()
        ? new FlowInput.Stale()
        : flow(reading, fresh);
  }

  /** More than an anemometer can show is no measurement: a duct has no such wind. */
  private static FlowInput flow(Reading reading, boolean fresh) {
    return switch (reading) {
      case Reading.Never _ -> new FlowInput.Stale();
      case Reading.Good good -> new FlowInput.Good(good.amount(), fresh);
      case Reading.OverRange _ -> new FlowInput.Faulty(SensorFault.UNREADABLE);
      case Reading.Faulty faulty -> new FlowInput.Faulty(faulty.fault());
    };
  }
}
