package davy.controller.config;

import davy.bridge.modbus.DeviceMap.Channel;
import davy.controller.config.Site.ChannelRef;
import davy.controller.config.Site.Point;
import davy.controller.interlock.Cause;
import davy.controller.interlock.Plan;
import davy.hal.signal.Quantity;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** The cause-and-effect table of a site: which cause of which point cuts which zone. */
public final class Effects {

  private final Site site;

  private Effects(Site site) {
    this.site = site;
  }

  /**
   * @param point empty for a cause that no point has
   * @param when what makes it active
   * @param until what it takes before its zones may be released
   * @param zones indices into {@link Site#zones}
   */
  public record Effect(
      Cause cause, Optional<Point> point, String when, String until, List<Integer> zones) {
    public Effect {
      zones = List.copyOf(zones);
    }
  }

  public static List<Effect> of(Site site) {
    return new Effects(site).all();
  }

  private List<Effect> all() {
    List<Effect> effects = new ArrayList<>();
    for (Point point : site.points()) {
      if (point.interlockIndex() >= 0) {
        for (Cause cause : Cause.values()) {
          ofPoint(cause, point).ifPresent(effects::add);
        }
      }
    }
    for (Cause cause : Cause.values()) {
      ofZones(cause).ifPresent(effects::add);
    }
    return List.copyOf(effects);
  }

  private Optional<Effect> ofPoint(Cause cause, Point point) {
    Plan.Point limits = site.plan().points().get(point.interlockIndex());
    return switch (cause) {
      case METHANE_HIGH ->
          effect(cause, point, "≥ " + limits.tripAt(), "< " + limits.restoreBelow());
      case OVER_RANGE ->
          effect(
              cause,
              point,
              "> " + Limits.shown(channel(point).maximum(), Quantity.METHANE) + " %CH4",
              "< %s, person and key%s"
                  .formatted(limits.restoreBelow(), point.catalytic() ? ", portable reading" : ""));
      case SENSOR_FAULT -> effect(cause, point, fault(), backToGood());
      case SENSOR_STALE ->
          effect(cause, point, "older than " + point.ageLimitMillis() + " ms", backToGood());
      case FAN_STOPPED,
          AIRFLOW_LOW,
          CALIBRATION,
          FEED_ABNORMAL,
          OUTPUT_FAULT,
          DOWNSTREAM,
          GUARD_LOST,
          SCAN_OVERRUN,
          CONFIG,
          STARTUP,
          PROOF_TEST,
          REMOTE_TRIP,
          PANEL_TRIP,
          LATCHES_LOST ->
          Optional.empty();
    };
  }

  private Optional<Effect> ofZones(Cause cause) {
    return switch (cause) {
      case METHANE_HIGH,
          OVER_RANGE,
          FAN_STOPPED,
          AIRFLOW_LOW,
          SENSOR_FAULT,
          SENSOR_STALE,
          CALIBRATION,
          FEED_ABNORMAL,
          OUTPUT_FAULT,
          DOWNSTREAM,
          GUARD_LOST,
          SCAN_OVERRUN,
          CONFIG,
          PROOF_TEST,
          REMOTE_TRIP ->
          Optional.empty();
      case STARTUP ->
          effect(
              cause,
              "start of the interlock",
              "%d s and the zone's roll call".formatted(site.profile().startHoldMillis() / 1000));
      case PANEL_TRIP -> effect(cause, "a person at the panel", "person and key");
      case LATCHES_LOST -> effect(cause, "saved latches missing or unreadable", "person and key");
    };
  }

  private Optional<Effect> effect(Cause cause, Point point, String when, String until) {
    List<Integer> zones =
        IntStream.range(0, site.zones().size())
            .filter(zone -> bound(zone).contains(point.interlockIndex()))
            .boxed()
            .toList();
    return Optional.of(new Effect(cause, Optional.of(point), when, until, zones));
  }

  private Optional<Effect> effect(Cause cause, String when, String until) {
    List<Integer> zones = IntStream.range(0, site.zones().size()).boxed().toList();
    return Optional.of(new Effect(cause, Optional.empty(), when, until, zones));
  }

  private List<Integer> bound(int zone) {
    return site.plan().zones().get(zone).points();
  }

  private String fault() {
    return "head's status, or ≤ %s for %d s"
        .formatted(
            site.profile().methane(ProfileKey.DRIFT_AT),
            site.profile().figure(ProfileKey.DRIFT_MILLIS) / 1000);
  }

  private String backToGood() {
    return "%d good readings and %d s"
        .formatted(
            site.profile().figure(ProfileKey.GOOD_READINGS),
            site.profile().figure(ProfileKey.GOOD_MILLIS) / 1000);
  }

  private Channel channel(Point point) {
    ChannelRef source = point.source();
    return site.lines()
        .get(source.line())
        .plan()
        .slaves()
        .get(source.slave())
        .map()
        .channels()
        .get(source.channel());
  }
}
