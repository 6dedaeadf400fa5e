package davy.controller.interlock;

import davy.hal.signal.Methane;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * One group's vote in one step (S13, S24). A member that is failed, stale, over range or high votes
 * to trip; one under calibration or inhibit is asked for no vote, and the others must then vote
 * alone: 2oo3 becomes 1oo2 and 1oo1, never 2oo2.
 */
final class GroupStep {

  private final Plan.Group group;
  private final List<PointState> points;
  private final boolean open;

  /** The member that reads most, where good members differ by more than the profile's limit. */
  private final Optional<Integer> larger;

  /** Members whose causes cut. */
  private final List<Integer> cutting;

  /**
   * @param open the zone's lock is open: a vote of two may outvote a third. A closed one opens only
   *     when no member in service sees gas.
   */
  GroupStep(Plan.Group group, List<PointState> points, List<PointInput> inputs, boolean open) {
    this.group = group;
    this.points = points;
    this.open = open;
    this.larger = larger(inputs);
    this.cutting = cutting();
  }

  /** Every member is asked for its vote and none has a cause: the group brings nothing. */
  static boolean silent(Plan.Group group, List<PointState> points) {
    for (int index = 0; index < group.members().size(); index++) {
      PointState point = points.get(group.members().get(index));
      if (!point.duty().votes() || !point.causes().none()) {
        return false;
      }
    }
    return group.differBy().isEmpty();
  }

  /** What the group brings to its zone. */
  Causes causes() {
    Causes causes = empty() || larger.isPresent() ? Causes.of(Cause.SENSOR_FAULT) : Causes.NONE;
    for (int index = 0; index < cutting.size(); index++) {
      causes = causes.with(points.get(cutting.get(index)).causes());
    }
    return causes;
  }

  /** Members whose causes cut the zone, in the order of the plan. */
  List<Integer> cuts() {
    return List.copyOf(cutting);
  }

  /** The member that brings a cause: of a difference the larger one; empty where none does. */
  Optional<Integer> bringer(Cause cause) {
    Optional<Integer> first =
        cutting.stream().filter(member -> points.get(member).causes().has(cause)).findFirst();
    return first.isEmpty() && cause == Cause.SENSOR_FAULT ? larger : first;
  }

  private List<Integer> cutting() {
    List<Integer> cutting = new ArrayList<>();
    List<Integer> voters = new ArrayList<>();
    for (int member : group.members()) {
      PointState point = points.get(member);
      if (!point.causes().none()) {
        (point.duty().votes() ? voters : cutting).add(member);
      }
    }
    boolean carried = voters.size() >= needed();
    voters.removeIf(member -> !carried && !cutsAlone(points.get(member)));
    cutting.addAll(voters);
    Collections.sort(cutting);
    return cutting;
  }

  /** So many votes trip. */
  int needed() {
    return switch (group.voting()) {
      case ANY -> 1;
      case TWO_OF_THREE -> larger.isEmpty() && asked() == group.members().size() ? 2 : 1;
    };
  }

  /** How many members are asked for a vote. */
  private int asked() {
    int asked = 0;
    for (int index = 0; index < group.members().size(); index++) {
      asked += points.get(group.members().get(index)).duty().votes() ? 1 : 0;
    }
    return asked;
  }

  /** Nobody is left to vote, and nobody says why: the group trips. */
  private boolean empty() {
    return asked() == 0 && cutting.isEmpty();
  }

  /** Whether a single vote cuts, whatever the others say. */
  private boolean cutsAlone(PointState point) {
    boolean failed = !point.trust().given() || point.overRange();
    boolean gas = point.high() || point.overRange();
    return failed && group.singleFaultCuts() || gas && !open;
  }

  private Optional<Integer> larger(List<PointInput> inputs) {
    if (group.differBy().isEmpty()) {
      return Optional.empty();
    }
    Optional<Integer> most = Optional.empty();
    int highest = Integer.MIN_VALUE;
    int lowest = Integer.MAX_VALUE;
    for (int member : group.members()) {
      if (points.get(member).inService() && inputs.get(member) instanceof PointInput.Good good) {
        int value = good.value().hundredths();
        most = value > highest ? Optional.of(member) : most;
        highest = Math.max(highest, value);
        lowest = Math.min(lowest, value);
      }
    }
    Methane apart = new Methane(most.isEmpty() ? 0 : highest - lowest);
    return group.differBy().filter(limit -> limit.below(apart)).isPresent()
        ? most
        : Optional.empty();
  }
}
