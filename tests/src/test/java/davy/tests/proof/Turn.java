package davy.tests.proof;

import davy.controller.interlock.Bypass;
import davy.controller.interlock.Decision;
import davy.controller.interlock.Decision.FanView;
import davy.controller.interlock.Decision.ZoneView;
import davy.controller.interlock.Inputs;
import davy.controller.interlock.Lock;
import davy.controller.interlock.Plan;
import davy.hal.signal.Permit;
import java.util.Optional;

/** One step of the interlock as the watch sees it: what it knew, what went in, what came out. */
record Turn(
    Plan plan, Watch before, Inputs inputs, long elapsedNanos, Decision decision, Watch after) {

  static Turn of(Plan plan, Watch before, Inputs inputs, long elapsedNanos, Decision decision) {
    Watch after = before.next(plan, inputs, elapsedNanos, decision);
    return new Turn(plan, before, inputs, elapsedNanos, decision, after);
  }

  /** Every rule; the first that is broken ends the test. */
  void check() {
    for (int zone = 0; zone < plan.zones().size(); zone++) {
      for (ZoneRule rule : ZoneRule.ALL) {
        if (!rule.holds(this, zone)) {
          throw new Broken(rule.name(), rule.source() + ": " + rule.sentence(), told(zone));
        }
      }
    }
    for (int fan = 0; fan < plan.fans().size(); fan++) {
      for (FanRule rule : FanRule.ALL) {
        if (!rule.holds(this, fan)) {
          throw new Broken(rule.name(), rule.source() + ": " + rule.sentence(), "fan " + fan);
        }
      }
    }
    for (StationRule rule : StationRule.ALL) {
      if (!rule.holds(this)) {
        throw new Broken(rule.name(), rule.source() + ": " + rule.sentence(), "station");
      }
    }
  }

  /** All about one zone, for whoever looks for the mistake. */
  private String told(int zone) {
    Plan.Zone limits = plan.zones().get(zone);
    return ("zone %d\n  plan %s\n  before %s\n  inputs %s %s\n  asked %s\n"
            + "  register %s, then %s\n  view %s\n  after %s\n ")
        .formatted(
            zone,
            limits,
            before.zones().get(zone),
            inputs.zones().get(zone),
            limits.points().stream().map(inputs.points()::get).toList(),
            before.consent(),
            before.bypasses(),
            decision.bypasses(),
            view(zone),
            after.zones().get(zone));
  }

  ZoneView view(int zone) {
    return decision.zones().get(zone);
  }

  FanView fan(int fan) {
    return decision.fans().get(fan);
  }

  boolean granted(int zone) {
    return view(zone).permit() == Permit.GRANTED;
  }

  /** Granted now and withheld before. */
  boolean opens(int zone) {
    return granted(zone) && !before.zones().get(zone).granted();
  }

  static Optional<Lock.FirstOut> firstOut(Lock lock) {
    return switch (lock) {
      case Lock.Open _ -> Optional.empty();
      case Lock.Tripped tripped -> Optional.of(tripped.first());
      case Lock.Latched latched -> Optional.of(latched.first());
    };
  }

  /** What the register says of a point now. */
  Optional<Bypass.Kind> bypass(int point) {
    return decision.bypasses().stream()
        .filter(bypass -> bypass.kind() != Bypass.Kind.FAN_UNLOCK && bypass.index() == point)
        .map(Bypass::kind)
        .findFirst();
  }

  /** Exempt since an earlier step: what begins in this step counts from the next one on. */
  boolean exempt(int point) {
    return bypass(point).isPresent() && before.exempts(point);
  }

  /** To be believed, and not exempt: what it reads is the gas of the mine. */
  boolean sound(int point) {
    return !after.heads().get(point).failed() && !exempt(point);
  }

  /** Exempt, and its zones are to be cut. */
  boolean calibrated(int point) {
    return exempt(point) && bypass(point).get() == Bypass.Kind.CALIBRATION;
  }

  /** A rule that did not hold. */
  static final class Broken extends AssertionError {
    private static final long serialVersionUID = 1L;

    private final String rule;

    Broken(String rule, String sentence, String where) {
      super(rule + " is broken at " + where + " (" + sentence + ")");
      this.rule = rule;
    }

    String rule() {
      return rule;
    }
  }
}
