package davy.controller.scan;

import davy.controller.event.EventCode;
import davy.controller.interlock.Bypass;
import davy.controller.interlock.Cause;
import davy.controller.interlock.Event;
import davy.controller.interlock.Lock;
import davy.controller.interlock.Plan;
import davy.controller.journal.Entry;
import davy.hal.signal.Tick;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What the journal says of each event of the interlock; the fields are listed in {@code
 * deploy/docs/journal.md}. Pure: the scan tells what it decided, a replay what it would decide.
 */
public final class EventEntries {

  private final Plan plan;
  private final String digest;

  /**
   * @param digest of the site
   */
  public EventEntries(Plan plan, String digest) {
    this.plan = plan;
    this.digest = digest;
  }

  /**
   * Empty for an answer alone: the link records requests with their answers.
   *
   * @param driven when this scan's outputs had been driven
   */
  public Optional<Entry> of(Event event, Tick now, Tick driven) {
    EventCode code = code(event);
    return code == EventCode.REQUEST
        ? Optional.empty()
        : Optional.of(new Entry(code, now, fields(event, driven)));
  }

  private static EventCode code(Event event) {
    return switch (event) {
      case Event.CauseCame _ -> EventCode.CAUSE_CAME;
      case Event.CauseWent _ -> EventCode.CAUSE_WENT;
      case Event.Withheld _ -> EventCode.ZONE_WITHHELD;
      case Event.Granted _ -> EventCode.ZONE_GRANTED;
      case Event.PointLost _ -> EventCode.POINT_LOST;
      case Event.PointTrusted _ -> EventCode.POINT_TRUSTED;
      case Event.ProofTested _ -> EventCode.PROOF_TESTED;
      case Event.FeedLost _ -> EventCode.FEED_LOST;
      case Event.FeedUnknown _ -> EventCode.FEED_UNKNOWN;
      case Event.ClosedItself _ -> EventCode.CLOSED_ITSELF;
      case Event.FanStopBegan _ -> EventCode.FAN_STOP_BEGAN;
      case Event.FanStopEnded _ -> EventCode.FAN_STOP_ENDED;
      case Event.StartLocked _ -> EventCode.FAN_LOCKED;
      case Event.StartUnlocked _ -> EventCode.FAN_UNLOCKED;
      case Event.BypassBegan _ -> EventCode.BYPASS_BEGAN;
      case Event.BypassEnded _ -> EventCode.BYPASS_ENDED;
      case Event.ConfigurationAccepted _ -> EventCode.CONFIG_ACCEPTED;
      case Event.Answered _ -> EventCode.REQUEST;
      case Event.Consented _ -> EventCode.REQUEST_CONSENTED;
      case Event.KeyStuck _ -> EventCode.KEY_STUCK;
    };
  }

  private Map<String, Object> fields(Event event, Tick driven) {
    Map<String, Object> fields = new LinkedHashMap<>();
    switch (event) {
      case Event.CauseCame came -> cause(zone(fields, came.zone()), came.cause(), came.point());
      case Event.CauseWent went -> cause(zone(fields, went.zone()), went.cause(), -1);
      case Event.Withheld withheld -> {
        Lock.FirstOut first = withheld.first();
        cause(zone(fields, withheld.zone()), first.cause(), first.point());
        fields.put("commandedTick", driven.nanos());
      }
      case Event.Granted granted -> by(zone(fields, granted.zone()), granted.request());
      case Event.PointLost lost -> {
        point(fields, lost.point()).put("cause", lost.cause().name());
        lost.fault().ifPresent(fault -> fields.put("fault", fault.name()));
      }
      case Event.PointTrusted trusted -> point(fields, trusted.point());
      case Event.ProofTested tested -> {
        by(zone(fields, tested.zone()), tested.request()).put("passed", tested.passed());
        fields.put("micros", tested.nanos() / 1_000);
      }
      case Event.FeedLost lost -> zone(fields, lost.zone());
      case Event.FeedUnknown unknown -> zone(fields, unknown.zone());
      case Event.ClosedItself closed -> zone(fields, closed.zone());
      case Event.FanStopBegan began -> point(fan(fields, began.fan()), began.point());
      case Event.FanStopEnded ended -> fan(fields, ended.fan());
      case Event.StartLocked locked -> point(fan(fields, locked.fan()), locked.point());
      case Event.StartUnlocked unlocked -> by(fan(fields, unlocked.fan()), unlocked.request());
      case Event.BypassBegan began ->
          bypass(fields, began.bypass()).put("request", began.request());
      case Event.BypassEnded ended -> bypass(fields, ended.bypass()).put("why", ended.why().name());
      case Event.ConfigurationAccepted accepted -> accepted(fields, accepted);
      case Event.Consented consented -> {
        zone(fields, consented.zone()).put("request", consented.request());
        fields.put("person", consented.person());
      }
      case Event.Answered _, Event.KeyStuck _ -> {}
    }
    return fields;
  }

  private void accepted(Map<String, Object> fields, Event.ConfigurationAccepted accepted) {
    fields.put("request", accepted.request());
    fields.put("digest", digest);
    fields.put("person", accepted.first());
    fields.put("second", accepted.second());
  }

  /** A request, the key, or nobody. */
  private static Map<String, Object> by(Map<String, Object> fields, long request) {
    fields.put(
        "by",
        request == Event.Granted.BY_ITSELF
            ? "itself"
            : request == Event.Granted.BY_KEY ? "key" : "request");
    if (request > 0) {
      fields.put("request", request);
    }
    return fields;
  }

  private Map<String, Object> bypass(Map<String, Object> fields, Bypass bypass) {
    fields.put("kind", bypass.kind().name());
    boolean ofFan = bypass.kind() == Bypass.Kind.FAN_UNLOCK;
    (ofFan ? fan(fields, bypass.index()) : point(fields, bypass.index()))
        .put("person", bypass.person());
    bypass.second().ifPresent(second -> fields.put("second", second));
    fields.put("reason", bypass.reason());
    fields.put("leftMillis", bypass.remainingNanos() / 1_000_000);
    return fields;
  }

  private static Map<String, Object> put(Map<String, Object> fields, String name, String value) {
    fields.put(name, value);
    return fields;
  }

  private Map<String, Object> zone(Map<String, Object> fields, int zone) {
    return zone < 0 ? fields : put(fields, "zone", plan.zones().get(zone).name());
  }

  private Map<String, Object> fan(Map<String, Object> fields, int fan) {
    return put(fields, "fan", plan.fans().get(fan).name());
  }

  private Map<String, Object> point(Map<String, Object> fields, int point) {
    return point < 0 ? fields : put(fields, "point", plan.points().get(point).name());
  }

  private Map<String, Object> cause(Map<String, Object> fields, Cause cause, int point) {
    return point(put(fields, "cause", cause.name()), point);
  }
}
