package davy.controller.alarm;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * All that one step remembers for the next. Immutable; equal states behave equally.
 *
 * @param alarms in plan order
 * @param zones in plan order
 * @param points in plan order
 * @param muteLeftNanos until the sounder may sound again
 * @param lamp as it was last driven
 * @param sounder as it was last driven
 * @param orphans saved alarms that the plan of today does not know: never deleted, and not closed
 *     either, until the plan knows them again
 * @param gasTest under way; a restart forgets it
 */
public record AlarmState(
    List<AlarmStatus> alarms,
    List<ZoneStatus> zones,
    List<PointStatus> points,
    Plausibility plausibility,
    Tallies tallies,
    long muteLeftNanos,
    Lamp lamp,
    boolean sounder,
    List<Saved> orphans,
    Optional<GasTest> gasTest) {

  public AlarmState {
    alarms = List.copyOf(alarms);
    zones = List.copyOf(zones);
    points = List.copyOf(points);
    orphans = List.copyOf(orphans);
  }

  /**
   * The state of a process that has just started.
   *
   * @param saved what {@link #saved} said in the last run; empty on a new site
   */
  public static AlarmState start(AlarmPlan plan, List<Saved> saved) {
    List<AlarmStatus> alarms = new ArrayList<>();
    List<ZoneStatus> zones =
        new ArrayList<>(Collections.nCopies(plan.zones().size(), ZoneStatus.START));
    for (int alarm = 0; alarm < plan.alarms().size(); alarm++) {
      AlarmPlan.Alarm planned = plan.alarms().get(alarm);
      Optional<Saved> found = find(saved, planned.name());
      alarms.add(
          found
              .map(old -> alarm(plan, old, old.life(planned.shelvable())))
              .orElseGet(() -> AlarmStatus.start(plan, Life.NORMAL, false, 0)));
      for (String zone : found.map(Saved::firstOutOf).orElse(List.of())) {
        int index = plan.zones().indexOf(zone);
        if (index >= 0) {
          zones.set(index, new ZoneStatus(false, OptionalInt.of(alarm), Lamp.OFF, Grade.NONE));
        }
      }
    }
    List<Saved> orphans =
        saved.stream()
            .filter(old -> plan.alarms().stream().noneMatch(now -> now.name().equals(old.alarm())))
            .toList();
    return new AlarmState(
        alarms,
        zones,
        Collections.nCopies(plan.points().size(), PointStatus.START),
        Plausibility.start(plan),
        Tallies.start(plan),
        0,
        Lamp.OFF,
        false,
        orphans,
        Optional.empty());
  }

  private static Optional<Saved> find(List<Saved> saved, String name) {
    return saved.stream().filter(old -> old.alarm().equals(name)).findFirst();
  }

  private static AlarmStatus alarm(AlarmPlan plan, Saved old, Life life) {
    AlarmStatus status = AlarmStatus.start(plan, life, old.active(), old.occurrence());
    return old.open() ? status.remembering(old.worst(), old.peak(), old.overRange()) : status;
  }

  /**
   * What must survive a restart: to be written whenever a step told an event of an alarm. The peak
   * may then be older than a later one that told no event.
   */
  public List<Saved> saved(AlarmPlan plan) {
    List<Saved> saved = new ArrayList<>();
    for (int alarm = 0; alarm < alarms.size(); alarm++) {
      AlarmStatus status = alarms.get(alarm);
      if (status.occurrence() > 0 || status.life() instanceof Life.OutOfService) {
        saved.add(Saved.of(plan.alarms().get(alarm).name(), status, firstOutOf(plan, alarm)));
      }
    }
    saved.addAll(orphans);
    return List.copyOf(saved);
  }

  private List<String> firstOutOf(AlarmPlan plan, int alarm) {
    List<String> names = new ArrayList<>();
    for (int zone = 0; zone < zones.size(); zone++) {
      if (zones.get(zone).firstOut().equals(OptionalInt.of(alarm))) {
        names.add(plan.zones().get(zone));
      }
    }
    return names;
  }
}
