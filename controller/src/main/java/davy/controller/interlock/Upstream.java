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
    for (int index = 0; index < chain.size(); index++) {
      int zone = chain.get(index);
      if (!(shared.before().zones().get(zone).lock() instanceof Lock.Open)) {
        return true;
      }
    }
    return false;
  }

  /** Whether power comes as far as this zone's breaker, as far as it is measured. */
  boolean supplies() {
    for (int index = 0; index < chain.size(); index++) {
      int zone = chain.get(index);
      boolean measured = shared.plan().zones().get(zone).feedFitted();
      if (measured && shared.inputs().zones().get(zone).feed() != Feed.LIVE) {
        return false;
      }
    }
    return !withheld();
  }
}
