package davy.tests.proof;

import davy.controller.interlock.Plan;
import davy.controller.interlock.Plan.Group;
import davy.controller.interlock.Plan.Release;
import davy.controller.interlock.Plan.Voting;
import davy.hal.signal.Methane;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/** A site made by chance: zones with groups that vote, chains of feed, fans, exemptions. */
final class LargePlan {

  private static final Plan.FanLimits FAN_LIMITS =
      new Plan.FanLimits(
          0,
          new Methane(300),
          new Methane(150),
          new Methane(150),
          new Methane(150),
          3,
          20,
          new Methane(50),
          600,
          new Methane(100),
          60);

  private final Dice dice;
  private final List<Plan.Point> points = new ArrayList<>();
  private final List<Plan.Zone> zones = new ArrayList<>();
  private final List<Plan.Fan> fans = new ArrayList<>();

  private LargePlan(Dice dice) {
    this.dice = dice;
  }

  /** Steps take 1 to 3; the times of the plan are of tens of steps. */
  static Plan of(Dice dice, int zones, int points, int fans) {
    LargePlan large = new LargePlan(dice);
    for (int point = 0; point < points; point++) {
      large.points.add(large.point(point));
    }
    for (int zone = 0; zone < zones; zone++) {
      large.zones.add(large.zone(zone, zone * points / zones, (zone + 1) * points / zones));
    }
    for (int fan = 0; fan < fans; fan++) {
      large.fans.add(large.fan(fan));
    }
    return new Plan(
        large.points,
        large.zones,
        large.fans,
        new Plan.Times(40, 3, 10, new Methane(-10), 10, 30, 6, 20, 3, 5000, 4, 30),
        new Plan.Bypasses(5, dice.oneIn(2), 50, 40, inhibit(dice)),
        new Plan.Fitted(true, dice.oneIn(2)));
  }

  private static Optional<Plan.InhibitLimits> inhibit(Dice dice) {
    return dice.oneIn(2) ? Optional.of(new Plan.InhibitLimits(40, 60, 20, 200)) : Optional.empty();
  }

  private Plan.Point point(int index) {
    int trip = dice.of(List.of(50, 100, 150));
    int restore = dice.of(List.of(50, trip));
    return new Plan.Point(
        "T" + index,
        new Methane(restore),
        new Methane(trip),
        new Methane(restore),
        dice.oneIn(2),
        5);
  }

  private Plan.Zone zone(int index, int first, int last) {
    List<Group> groups = new ArrayList<>();
    int point = first;
    while (point < last) {
      int size = Math.min(last - point, dice.between(1, 3));
      boolean three = size == 3 && dice.oneIn(2);
      groups.add(
          new Group(
              IntStream.range(point, point + size).boxed().toList(),
              three ? Voting.TWO_OF_THREE : Voting.ANY,
              dice.oneIn(2),
              dice.oneIn(4) ? Optional.of(new Methane(60)) : Optional.empty()));
      point += size;
    }
    if (first > 0 && dice.oneIn(4)) {
      groups.add(Group.of(dice.below(first)));
    }
    boolean chained = index % 4 > 1;
    return new Plan.Zone(
        "Z" + index,
        groups,
        dice.oneIn(3) ? Release.MANUAL : Release.AUTOMATIC,
        !dice.oneIn(8),
        dice.between(0, 10),
        dice.between(2, 5),
        chained ? OptionalInt.of(index - 1) : OptionalInt.empty());
  }

  private Plan.Fan fan(int index) {
    int each = zones.size() / Math.max(1, zones.size() / 5);
    List<Integer> blown =
        IntStream.range(index * each, Math.min(zones.size(), (index + 1) * each)).boxed().toList();
    List<Integer> heads = blown.stream().flatMap(z -> zones.get(z).points().stream()).toList();
    return new Plan.Fan(
        "F" + index,
        dice.between(1, 2),
        dice.oneIn(2) ? Optional.of(new Plan.Flow(30, 5)) : Optional.empty(),
        blown,
        heads.isEmpty() ? List.of() : List.of(heads.getFirst(), heads.getLast()),
        heads.size() < 3 ? List.of() : List.of(heads.get(1)),
        FAN_LIMITS);
  }
}
