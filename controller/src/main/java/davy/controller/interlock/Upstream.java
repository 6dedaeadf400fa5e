package davy.controller.interlock;

import davy.hal.signal.Feed;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** The zones that feed a zone, as the step before left them. */
final class Upstream {

  private final Shared shared;
  private final List<Integer> chain = new ArrayList<>();

  Upstream(Shared shared, int zone) {
    this.shared = shared;
    OptionalInt next = shared.plan().zones().get(zone).upstream();
    while (next.isPresent() && !chain.contains(next.getAsInt())) {
      chain.add(next.getAsInt());
      next = shared.plan().zones().get(next.getAsInt()).upstream();
    }
  }

  boolean withheld() {
    return chain.stream()
        .anyMatch(zone -> !(shared.before().zones().get(zone).lock() instanceof Lock.Open));
  }

  /** Whether power comes as far as this zone's breaker, as far as it is measured. */
  boolean supplies() {
    return !withheld()
        && chain.stream()
            .filter(zone -> shared.plan().zones().get(zone).feedFitted())
            .allMatch(zone -> shared.inputs().zones().get(zone).feed() == Feed.LIVE);
  }
}
