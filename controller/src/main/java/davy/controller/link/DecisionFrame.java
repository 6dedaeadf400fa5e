package davy.controller.link;

import static davy.controller.link.StatusFrame.millis;
import static davy.controller.link.StatusFrame.names;
import static davy.controller.link.StatusFrame.ordered;

import davy.controller.config.Site;
import davy.controller.interlock.Bypass;
import davy.controller.interlock.Decision;
import davy.controller.interlock.Inputs;
import davy.controller.interlock.Plan;
import davy.controller.interlock.Saved;
import davy.controller.scan.Snapshot;
import davy.hal.signal.Quantity;
import davy.hal.signal.Tick;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Fans, bypass register and configuration of a status frame. */
final class DecisionFrame {

  private final Site site;
  private final ConfigurationStatus configuration;

  DecisionFrame(Site site, ConfigurationStatus configuration) {
    this.site = site;
    this.configuration = configuration;
  }

  /** The difference is told only until it is accepted. */
  Map<String, Object> configuration(Saved saved) {
    Map<String, Object> fields =
        ordered(
            "accepted", saved.configurationAccepted(),
            "digest", site.digest(),
            "manualOnly", saved.manualOnly());
    if (!saved.configurationAccepted()) {
      fields.put("acceptedDigest", configuration.acceptedDigest());
      fields.put("difference", configuration.difference());
    }
    return fields;
  }

  List<Map<String, Object>> fans(Snapshot snapshot) {
    List<Map<String, Object>> fans = new ArrayList<>();
    for (int fan = 0; fan < snapshot.decision().fans().size(); fan++) {
      Plan.Fan plan = site.plan().fans().get(fan);
      Decision.FanView view = snapshot.decision().fans().get(fan);
      Inputs.FanInput input = snapshot.inputs().fans().get(fan);
      Map<String, Object> fields =
          ordered(
              "name", plan.name(),
              "running", view.running(),
              "machines", names(input.machines()),
              "stop", view.stop(),
              "startLock", view.startLock(),
              "causes", names(view.causes().list()),
              "zones", plan.zones().stream().map(site.zones()::get).map(Site.Zone::name).toList());
      if (plan.flow().isPresent()) {
        fields.putAll(flow(input.flow()));
        fields.put("lowBelow", speed(plan.flow().get().lowBelow()));
      }
      fans.add(fields);
    }
    return fans;
  }

  private static Map<String, Object> flow(Inputs.FlowInput flow) {
    return switch (flow) {
      case Inputs.FlowInput.Good good -> ordered("flow", "good", "airSpeed", speed(good.amount()));
      case Inputs.FlowInput.Faulty faulty ->
          ordered("flow", "faulty", "fault", faulty.fault().name());
      case Inputs.FlowInput.Stale _ -> ordered("flow", "stale");
    };
  }

  private static String speed(int amount) {
    return PointFrame.decimal(amount, Quantity.AIR_SPEED);
  }

  /** The countdown goes on by itself when the scan stands still. */
  List<Map<String, Object>> bypasses(Snapshot snapshot, Tick now) {
    long age = now.nanosSince(snapshot.at());
    return snapshot.decision().bypasses().stream().map(one -> bypass(one, age)).toList();
  }

  private Map<String, Object> bypass(Bypass bypass, long ageNanos) {
    boolean ofFan = bypass.kind() == Bypass.Kind.FAN_UNLOCK;
    Map<String, Object> fields = ordered("kind", bypass.kind().name());
    fields.put(
        ofFan ? "fan" : "point",
        ofFan
            ? site.plan().fans().get(bypass.index()).name()
            : site.plan().points().get(bypass.index()).name());
    fields.put("person", bypass.person());
    bypass.second().ifPresent(second -> fields.put("second", second));
    fields.put("reason", bypass.reason());
    fields.put("leftMillis", Math.max(0, millis(bypass.remainingNanos() - ageNanos)));
    return fields;
  }
}
