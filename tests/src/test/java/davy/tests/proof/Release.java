package davy.tests.proof;

import davy.controller.interlock.Cause;
import davy.controller.interlock.Causes;
import davy.controller.interlock.Plan;
import davy.controller.interlock.Request;
import davy.hal.signal.Methane;
import java.util.Optional;

/** Whether a lock that opens had a right to (DESIGN §4, S3, S4, S17, S22, S23). */
final class Release {

  private Release() {}

  static boolean given(Turn turn, int zone) {
    Plan.Zone plan = turn.plan().zones().get(zone);
    ZoneNotes was = turn.before().zones().get(zone);
    ZoneNotes is = turn.after().zones().get(zone);
    if (is.causeNow() || !degassed(turn, zone) || downstreamStands(turn, zone)) {
      return false;
    }
    boolean stable = is.quietNanos() >= plan.stableNanos();
    if (opensByItself(turn, zone) && stable) {
      return true;
    }
    boolean overRange = was.seen().has(Cause.OVER_RANGE);
    return byPerson(turn, zone) && (stable || !overRange);
  }

  private static boolean opensByItself(Turn turn, int zone) {
    ZoneNotes was = turn.before().zones().get(zone);
    return turn.plan().zones().get(zone).release() == Plan.Release.AUTOMATIC
        && ZoneNotes.both(was.seen(), ZoneNotes.PERSON).none()
        && !was.gassed()
        && !was.closesItself()
        && !turn.before().manualOnly();
  }

  private static boolean byPerson(Turn turn, int zone) {
    Causes seen = turn.before().zones().get(zone).seen();
    ConsentNotes consent = turn.before().consent();
    Optional<Methane> portable = portableBelow(turn.plan(), zone, seen);
    boolean repair = seen.has(Cause.FEED_ABNORMAL) || seen.has(Cause.OUTPUT_FAULT);
    if (consent.keyAloneEffective(turn.inputs()) && portable.isEmpty() && !repair) {
      return turn.plan().fitted().consentKey();
    }
    Optional<Request.Reset> reset = ZoneRule.reset(consent.effective(turn.inputs()), zone);
    return turn.plan().fitted().consentKey()
        && reset.isPresent()
        && (!repair || reset.get().repaired())
        && (portable.isEmpty()
            || reset.get().portable().filter(read -> read.below(portable.get())).isPresent());
  }

  /** S17: a catalytic head that was over range can read low again. */
  private static Optional<Methane> portableBelow(Plan plan, int zone, Causes seen) {
    if (!seen.has(Cause.OVER_RANGE) && !seen.has(Cause.LATCHES_LOST)) {
      return Optional.empty();
    }
    return plan.zones().get(zone).points().stream()
        .map(plan.points()::get)
        .filter(Plan.Point::catalytic)
        .map(Plan.Point::restoreBelow)
        .min(Methane::compareTo);
  }

  /** S23: after gas while the fan stood, both heads low for the degassing time. */
  private static boolean degassed(Turn turn, int zone) {
    if (!turn.before().zones().get(zone).gassed()) {
      return true;
    }
    for (int fan = 0; fan < turn.plan().fans().size(); fan++) {
      Plan.Fan plan = turn.plan().fans().get(fan);
      if (plan.zones().contains(zone)
          && turn.after().fans().get(fan).lowNanos() < plan.limits().degasNanos()) {
        return false;
      }
    }
    return true;
  }

  /** S3: the zone fed by this one comes first. */
  private static boolean downstreamStands(Turn turn, int zone) {
    for (int other = 0; other < turn.plan().zones().size(); other++) {
      var upstream = turn.plan().zones().get(other).upstream();
      if (upstream.isPresent()
          && upstream.getAsInt() == zone
          && turn.view(other).lock().seen().has(Cause.FEED_ABNORMAL)) {
        return true;
      }
    }
    return false;
  }
}
