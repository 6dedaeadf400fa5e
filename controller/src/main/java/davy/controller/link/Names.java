package davy.controller.link;

import davy.controller.alarm.AlarmPlan;
import davy.controller.alarm.AlarmRequest;
import davy.controller.config.Site;
import davy.controller.interlock.Plan;
import davy.controller.interlock.Request;
import java.util.List;
import java.util.Optional;

/** Turns the names of a wish into the indices of a request. */
final class Names {

  private static final long MINUTE_NANOS = 60_000_000_000L;
  private static final long MILLI_NANOS = 1_000_000L;

  private final Site site;
  private final List<String> zones;
  private final List<String> points;
  private final List<String> fans;
  private final List<String> alarms;
  private final List<String> alarmPoints;

  Names(Site site) {
    this.site = site;
    this.zones = site.zones().stream().map(Site.Zone::name).toList();
    this.points = site.plan().points().stream().map(Plan.Point::name).toList();
    this.fans = site.plan().fans().stream().map(Plan.Fan::name).toList();
    this.alarmPoints = site.alarms().points().stream().map(AlarmPlan.Point::name).toList();
    this.alarms = site.alarms().alarms().stream().map(AlarmPlan.Alarm::name).toList();
  }

  /** The index of a zone by its name. */
  Optional<Integer> zone(String name) {
    return index(zones, name);
  }

  /** Why this site knows nothing of what is asked for; empty where it does. */
  Optional<Refusal> unknown(Wish wish) {
    return switch (wish) {
      case Wish.Reset reset -> known(zones, reset.zone(), Refusal.UNKNOWN_ZONE);
      case Wish.ProofTest test -> known(zones, test.zone(), Refusal.UNKNOWN_ZONE);
      case Wish.Calibrate calibrate -> known(points, calibrate.point(), Refusal.UNKNOWN_POINT);
      case Wish.Inhibit inhibit -> known(points, inhibit.point(), Refusal.UNKNOWN_POINT);
      case Wish.EndBypass end -> known(points, end.point(), Refusal.UNKNOWN_POINT);
      case Wish.UnlockFan unlock -> known(fans, unlock.fan(), Refusal.UNKNOWN_FAN);
      case Wish.AcceptConfiguration accept ->
          site.digest().equals(accept.digest())
              ? Optional.empty()
              : Optional.of(Refusal.OTHER_DIGEST);
      case Wish.Mute _ -> Optional.empty();
      case Wish.GasTest test ->
          known(points, test.point(), Refusal.UNKNOWN_POINT).or(() -> stopsFan(test.point()));
      case Wish.OfAlarms of -> known(alarms, of.about().name(), Refusal.UNKNOWN_ALARM);
    };
  }

  /** Gas at a head before a fan would stop the fan (S8): it is tested under calibration. */
  private Optional<Refusal> stopsFan(String point) {
    boolean intake =
        site.plan().fans().stream().anyMatch(fan -> fan.intake().contains(points.indexOf(point)));
    return intake ? Optional.of(Refusal.STOPS_FAN) : Optional.empty();
  }

  private static Optional<Refusal> known(List<String> names, String name, Refusal refusal) {
    return names.contains(name) ? Optional.empty() : Optional.of(refusal);
  }

  private static Optional<Integer> index(List<String> names, String name) {
    return Optional.of(names.indexOf(name)).filter(index -> index >= 0);
  }

  /**
   * The request of persons who were checked.
   *
   * @param wish of which {@link #unknown} says nothing
   */
  Request request(Wish.OfInterlock wish, long id, String person, Optional<String> second) {
    return switch (wish) {
      case Wish.Reset(String zone, var portable, boolean repaired) ->
          new Request.Reset(id, zones.indexOf(zone), person, portable, repaired);
      case Wish.ProofTest(String zone) -> new Request.ProofTest(id, zones.indexOf(zone), person);
      case Wish.Calibrate(String point, String reason, int minutes, boolean inhibit) ->
          new Request.Calibrate(
              id, points.indexOf(point), person, second, reason, minutes * MINUTE_NANOS, inhibit);
      case Wish.Inhibit(String point, String reason, int minutes) ->
          new Request.Inhibit(
              id, points.indexOf(point), person, second, reason, minutes * MINUTE_NANOS);
      case Wish.EndBypass(String point) -> new Request.EndBypass(id, points.indexOf(point), person);
      case Wish.UnlockFan(String fan, String reason) ->
          new Request.UnlockFan(id, fans.indexOf(fan), person, second, reason);
      case Wish.AcceptConfiguration _ ->
          new Request.AcceptConfiguration(id, person, second.orElseThrow());
    };
  }

  /** The same of the alarms. */
  AlarmRequest request(Wish.OfAlarms wish, long id, String person) {
    int alarm = alarms.indexOf(wish.about().name());
    return switch (wish) {
      case Wish.Mute _ -> new AlarmRequest.Mute(id, person);
      case Wish.Acknowledge _ -> new AlarmRequest.Acknowledge(id, person, alarm);
      case Wish.Shelve(String _, String reason, int minutes) ->
          new AlarmRequest.Shelve(id, person, alarm, reason, minutes * MINUTE_NANOS);
      case Wish.Unshelve _ -> new AlarmRequest.Unshelve(id, person, alarm);
      case Wish.OutOfService out -> new AlarmRequest.OutOfService(id, person, alarm, out.reason());
      case Wish.BackInService _ -> new AlarmRequest.BackInService(id, person, alarm);
      case Wish.CloseAlarm(String _, String reason, String measure) ->
          new AlarmRequest.Close(id, person, alarm, reason, measure);
      case Wish.GasTest(String point) ->
          new AlarmRequest.GasTest(
              id, person, alarmPoints.indexOf(point), site.profile().limitMillis() * MILLI_NANOS);
      case Wish.Correct(String _, long occurrence, String reason, String measure) ->
          new AlarmRequest.Correct(id, person, alarm, occurrence, reason, measure);
    };
  }
}
