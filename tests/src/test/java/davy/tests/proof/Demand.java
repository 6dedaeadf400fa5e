package davy.tests.proof;

import davy.controller.interlock.Inputs.FlowInput;
import davy.controller.interlock.Plan;
import davy.controller.interlock.Plan.Voting;
import davy.controller.interlock.PointInput;
import davy.controller.interlock.Request;
import davy.hal.signal.GuardState;
import java.util.List;

/** What the inputs of one step, and what was noted before, demand to be withheld. */
final class Demand {

  private Demand() {}

  /** Anything that must hold back this zone now. */
  static boolean withheld(Turn turn, int zone) {
    return heads(turn, zone)
        || air(turn, zone)
        || guard(turn)
        || turn.inputs().scanLate()
        || !turn.before().accepted()
        || tripAsked(turn, zone);
  }

  /** Methane, over-range and faults of the zone's heads, as they vote (S13). */
  static boolean heads(Turn turn, int zone) {
    return turn.plan().zones().get(zone).groups().stream().anyMatch(group -> trips(turn, group));
  }

  private static boolean trips(Turn turn, Plan.Group group) {
    int inService = 0;
    int votes = 0;
    boolean single = false;
    for (int point : group.members()) {
      if (turn.calibrated(point)) {
        return true; // Under test gas and not inhibited: its zones are cut (S16).
      }
      if (!turn.exempt(point)) {
        Head head = turn.after().heads().get(point);
        inService++;
        votes += head.votesToTrip() ? 1 : 0;
        single |= head.failed() && group.singleFaultCuts();
      }
    }
    int needed =
        group.voting() == Voting.TWO_OF_THREE && inService == group.members().size() ? 2 : 1;
    return inService == 0 || votes >= needed || single || differ(turn, group);
  }

  /** Good members of one place further apart than the profile allows (S24). */
  private static boolean differ(Turn turn, Plan.Group group) {
    if (group.differBy().isEmpty()) {
      return false;
    }
    List<Integer> values =
        group.members().stream()
            .filter(point -> !turn.exempt(point))
            .filter(point -> !turn.after().heads().get(point).failed())
            .map(point -> turn.inputs().points().get(point))
            .filter(PointInput.Good.class::isInstance)
            .map(input -> ((PointInput.Good) input).value().hundredths())
            .sorted()
            .toList();
    return values.size() > 1
        && values.getLast() - values.getFirst() > group.differBy().get().hundredths();
  }

  /** One of its heads in service reads gas that cuts, or more than it can measure. */
  static boolean gasShown(Turn turn, int zone) {
    return turn.plan().zones().get(zone).points().stream()
        .filter(point -> !turn.exempt(point))
        .anyMatch(
            point ->
                switch (turn.inputs().points().get(point)) {
                  case PointInput.Good good ->
                      good.value().atLeast(turn.plan().points().get(point).tripAt());
                  case PointInput.OverRange _ -> true;
                  case PointInput.Faulty _, PointInput.Stale _ -> false;
                });
  }

  /** Every machine of its fan stands or is unknown, or the duct's flow is low or unknown (S23). */
  static boolean air(Turn turn, int zone) {
    for (int fan = 0; fan < turn.plan().fans().size(); fan++) {
      if (turn.plan().fans().get(fan).zones().contains(zone)
          && (stands(turn, fan) || thin(turn, fan))) {
        return true;
      }
    }
    return false;
  }

  static boolean stands(Turn turn, int fan) {
    long changeover = turn.plan().fans().get(fan).limits().changeoverNanos();
    long stood = turn.after().fans().get(fan).stoodNanos();
    return stood >= 0 && (changeover == 0 || stood > changeover);
  }

  private static boolean thin(Turn turn, int fan) {
    return turn.plan().fans().get(fan).flow().isPresent()
        && switch (turn.inputs().fans().get(fan).flow()) {
          case FlowInput.Good good ->
              good.amount() < turn.plan().fans().get(fan).flow().orElseThrow().lowBelow();
          case FlowInput.Faulty _, FlowInput.Stale _ -> true;
        };
  }

  static boolean guard(Turn turn) {
    return turn.plan().fitted().guard() && turn.inputs().guard() != GuardState.ARMED;
  }

  static boolean tripAsked(Turn turn, int zone) {
    return turn.inputs().requests().stream()
        .anyMatch(
            request ->
                switch (request) {
                  case Request.PanelTrip trip -> trip.zone() == zone;
                  case Request.RemoteTrip trip -> trip.zone() == zone;
                  case Request.ProofTest _,
                      Request.Reset _,
                      Request.Calibrate _,
                      Request.Inhibit _,
                      Request.EndBypass _,
                      Request.UnlockFan _,
                      Request.AcceptConfiguration _ ->
                      false;
                });
  }
}
