package davy.tests.proof;

import davy.controller.interlock.Plan;
import davy.controller.interlock.Plan.Group;
import davy.controller.interlock.Plan.Release;
import davy.controller.interlock.Plan.Voting;
import davy.hal.signal.Methane;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** A heading with one fan, and T1 in it or T3 before the fan. */
final class FanPieces {

  private FanPieces() {}

  /** T1 of the heading, which locks the start and tells how far it is degassed. */
  static Plan gas(Optional<Plan.Flow> flow, List<Integer> zones, int zonePoint) {
    return plan(new Plan.Fan("fan", 1, flow, zones, List.of(0), List.of(), limits()), zonePoint);
  }

  /** T3 before the fan, ventilated in series. */
  static Plan intake() {
    List<Integer> first = List.of(0);
    return plan(new Plan.Fan("fan", 1, Optional.empty(), first, List.of(), first, limits()), 1);
  }

  /** T3 and another head of its place, which may keep the zone while T3 is calibrated. */
  static Plan kept() {
    List<Integer> first = List.of(0);
    Group place = new Group(List.of(0, 1), Voting.ANY, false, Optional.empty());
    return Pieces.plan(
        List.of(Pieces.point(false), Pieces.point(false)),
        List.of(Pieces.zone(Release.AUTOMATIC, false, OptionalInt.empty(), place)),
        List.of(new Plan.Fan("fan", 1, Optional.empty(), first, List.of(), first, limits())),
        new Plan.Bypasses(1, false, 4, 0, Optional.of(new Plan.InhibitLimits(4, 4, 0, 4))),
        false);
  }

  private static Plan.FanLimits limits() {
    return new Plan.FanLimits(
        0,
        new Methane(300),
        new Methane(150),
        new Methane(150),
        new Methane(150),
        2,
        2,
        new Methane(50),
        2,
        new Methane(100),
        2);
  }

  /**
   * @param zonePoint what cuts the zone beside the fan: 1 is a head of another place
   */
  private static Plan plan(Plan.Fan fan, int zonePoint) {
    return Pieces.plan(
        List.of(Pieces.point(false), Pieces.point(false)),
        List.of(Pieces.zone(Release.AUTOMATIC, false, OptionalInt.empty(), Group.of(zonePoint))),
        List.of(fan),
        new Plan.Bypasses(1, false, 2, 2, Optional.empty()),
        false);
  }
}
