package davy.controller.interlock;

import davy.controller.interlock.Decision.FanView;
import davy.controller.interlock.Decision.PointView;
import davy.controller.interlock.Decision.Wanting;
import davy.controller.interlock.Decision.ZoneView;
import davy.controller.interlock.Inputs.FanInput;
import davy.controller.interlock.Inputs.Key;
import davy.controller.interlock.Inputs.OutputState;
import davy.hal.signal.Feed;
import davy.hal.signal.GuardState;
import davy.hal.signal.Methane;
import davy.hal.signal.Permit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Why one zone has power or has not: everything its last decision rested on, by the names of the
 * plan. Nothing decides by it.
 *
 * @param lock with the causes seen since it was last open
 * @param firstPoint the point that closed it, empty where none did
 * @param active causes now
 * @param wanting what is missing before power may return, in the order a person can mend it
 * @param output as read back
 * @param upstream the zone that feeds this one
 * @param fans that ventilate this zone
 * @param exempted the register's lines about points and fans of this zone
 * @param guard LOST where none is fitted
 * @param answersGuard false while an output does not obey (S10)
 */
public record Explanation(
    String zone,
    Permit permit,
    Plan.Release release,
    Lock lock,
    Optional<String> firstPoint,
    Causes active,
    List<Wanting> wanting,
    boolean waitsForKey,
    List<Group> groups,
    OutputState output,
    boolean feedFitted,
    Feed feed,
    Optional<String> upstream,
    List<Fan> fans,
    List<Exempted> exempted,
    boolean guardFitted,
    GuardState guard,
    boolean answersGuard,
    boolean keyFitted,
    Key key,
    boolean stationAlive,
    boolean scanLate) {

  /**
   * Heads of one place and their vote.
   *
   * @param needed so many votes trip now
   * @param causes the group brings to the zone, also those of no single member
   */
  public record Group(
      Plan.Voting voting,
      int needed,
      boolean singleFaultCuts,
      Optional<Methane> differBy,
      List<Member> members,
      Causes causes) {}

  /**
   * One input of the vote.
   *
   * @param input a value or a reason, its age judged
   * @param trusted its readings count
   * @param inService its vote is asked for: neither calibrated nor inhibited
   * @param votes it votes to trip
   * @param cuts its causes cut the zone
   */
  public record Member(
      String point,
      PointInput input,
      Methane alarmAt,
      Methane tripAt,
      Methane restoreBelow,
      boolean trusted,
      boolean inService,
      boolean votes,
      boolean cuts,
      Causes causes) {}

  public record Fan(String name, FanInput input, Optional<Plan.Flow> limit, FanView view) {}

  /** A line of the bypass register, with the name of its point or fan. */
  public record Exempted(String name, Bypass bypass) {}

  /**
   * @param zone index in the plan
   * @param decision that the inputs came to
   */
  public static Explanation of(Plan plan, Inputs inputs, Decision decision, int zone) {
    Plan.Zone of = plan.zones().get(zone);
    ZoneView view = decision.zones().get(zone);
    return new Explanation(
        of.name(),
        view.permit(),
        of.release(),
        view.lock(),
        firstPoint(plan, view.lock()),
        view.active(),
        view.wanting(),
        view.waitsForKey(),
        of.groups().stream()
            .map(group -> group(plan, inputs, decision, group, wasOpen(decision, zone)))
            .toList(),
        inputs.zones().get(zone).output(),
        of.feedFitted(),
        inputs.zones().get(zone).feed(),
        of.upstream().stream().mapToObj(plan.zones()::get).map(Plan.Zone::name).findFirst(),
        fans(plan, inputs, decision, zone),
        exempted(plan, decision, zone),
        plan.fitted().guard(),
        inputs.guard(),
        decision.answersGuard(),
        plan.fitted().consentKey(),
        inputs.key(),
        inputs.stationAlive(),
        inputs.scanLate());
  }

  private static Optional<String> firstPoint(Plan plan, Lock lock) {
    int point =
        switch (lock) {
          case Lock.Open _ -> -1;
          case Lock.Tripped tripped -> tripped.first().point();
          case Lock.Latched latched -> latched.first().point();
        };
    return point < 0 ? Optional.empty() : Optional.of(plan.points().get(point).name());
  }

  /** Whether the vote was taken with the lock open: a closed one opens by stricter rules. */
  private static boolean wasOpen(Decision decision, int zone) {
    return decision.zones().get(zone).lock() instanceof Lock.Open
        || decision.events().stream()
            .anyMatch(event -> event instanceof Event.Withheld trip && trip.zone() == zone);
  }

  private static Group group(
      Plan plan, Inputs inputs, Decision decision, Plan.Group group, boolean open) {
    List<PointState> states = decision.next().points();
    GroupStep step = new GroupStep(group, states, inputs.points(), open);
    List<Member> members = new ArrayList<>();
    for (int member : group.members()) {
      Plan.Point point = plan.points().get(member);
      PointView seen = decision.points().get(member);
      boolean inService = states.get(member).duty().votes();
      members.add(
          new Member(
              point.name(),
              inputs.points().get(member),
              point.alarmAt(),
              point.tripAt(),
              point.restoreBelow(),
              seen.trusted(),
              inService,
              inService && !states.get(member).causes().none(),
              step.cuts().contains(member),
              seen.causes()));
    }
    return new Group(
        group.voting(),
        step.needed(),
        group.singleFaultCuts(),
        group.differBy(),
        members,
        step.causes());
  }

  private static List<Fan> fans(Plan plan, Inputs inputs, Decision decision, int zone) {
    List<Fan> fans = new ArrayList<>();
    for (int fan = 0; fan < plan.fans().size(); fan++) {
      Plan.Fan of = plan.fans().get(fan);
      if (of.zones().contains(zone)) {
        fans.add(new Fan(of.name(), inputs.fans().get(fan), of.flow(), decision.fans().get(fan)));
      }
    }
    return fans;
  }

  private static List<Exempted> exempted(Plan plan, Decision decision, int zone) {
    List<Exempted> exempted = new ArrayList<>();
    for (Bypass bypass : decision.bypasses()) {
      boolean ofFan = bypass.kind() == Bypass.Kind.FAN_UNLOCK;
      boolean ours =
          ofFan
              ? plan.fans().get(bypass.index()).zones().contains(zone)
              : plan.zones().get(zone).points().contains(bypass.index());
      if (ours) {
        String name =
            ofFan
                ? plan.fans().get(bypass.index()).name()
                : plan.points().get(bypass.index()).name();
        exempted.add(new Exempted(name, bypass));
      }
    }
    return exempted;
  }
}
