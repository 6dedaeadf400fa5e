package davy.controller.config;

import davy.controller.config.Profile.FanDuty;
import davy.controller.config.Site.Contact;
import davy.controller.config.Site.Point;
import davy.controller.config.Site.Zone;
import davy.controller.interlock.Plan;
import davy.hal.signal.Methane;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/** Makes of a draft what the interlock knows of the site. */
final class PlanAssembly {

  private static final long NANOS = 1_000_000L;

  /** Held so long, the key alone resets while the station is dead (S4). */
  private static final long KEY_ALONE_NANOS = 3_000 * NANOS;

  /** Held so long, the key is stuck (S4). */
  private static final long KEY_STUCK_NANOS = 10_000 * NANOS;

  private final Draft draft;
  private final Profile profile;
  private final List<Point> points;
  private final Latency latency;
  private final List<Zone> zones;
  private final Ties ties;

  /**
   * @param points in the order of the draft
   * @param zones in the order of the draft
   */
  PlanAssembly(Draft draft, List<Point> points, Latency latency, List<Zone> zones) {
    this.draft = draft;
    this.profile = draft.profile();
    this.points = points;
    this.latency = latency;
    this.zones = zones;
    this.ties = draft.ties();
  }

  Plan plan() {
    return new Plan(
        ties.interlockPoints().stream().map(this::point).toList(),
        draft.zones().stream().map(this::zone).toList(),
        draft.fans().stream().map(this::fan).toList(),
        times(),
        bypasses(),
        new Plan.Fitted(draft.consentKey().isPresent(), draft.guard().isPresent()));
  }

  private Plan.Times times() {
    return new Plan.Times(
        profile.nanos(ProfileKey.START_HOLD),
        profile.figure(ProfileKey.GOOD_READINGS),
        profile.nanos(ProfileKey.GOOD_MILLIS),
        profile.methane(ProfileKey.DRIFT_AT),
        profile.nanos(ProfileKey.DRIFT_MILLIS),
        profile.nanos(ProfileKey.CONSENT),
        KEY_ALONE_NANOS,
        KEY_STUCK_NANOS,
        profile.nanos(ProfileKey.READ_BACK),
        profile.nanos(ProfileKey.FEED_UNSEEN),
        profile.nanos(ProfileKey.SELF_CLOSE),
        profile.nanos(ProfileKey.OUTPUT_ON));
  }

  private Plan.Bypasses bypasses() {
    Map<ProfileKey, Integer> own = draft.bypass().figures();
    return new Plan.Bypasses(
        own.get(ProfileKey.BYPASSES),
        own.get(ProfileKey.TWO_PERSONS) == 1,
        own.get(ProfileKey.CALIBRATION) * NANOS,
        unlockNanos(),
        draft.bypass().inhibit()
            ? Optional.of(
                new Plan.InhibitLimits(
                    own.get(ProfileKey.INHIBIT) * NANOS,
                    own.get(ProfileKey.INHIBIT_SHIFT) * NANOS,
                    own.get(ProfileKey.INHIBIT_PAUSE) * NANOS,
                    own.get(ProfileKey.INHIBIT_SHIFT_LENGTH) * NANOS))
            : Optional.empty());
  }

  /** The shortest that any fan allows; 0 without one. */
  private long unlockNanos() {
    return draft.fans().stream()
        .mapToLong(fan -> fan.figures().get(ProfileKey.UNLOCK) * NANOS)
        .min()
        .orElse(0);
  }

  private Plan.Point point(DraftPoint point) {
    Limits limits = point.limits().orElseThrow();
    return new Plan.Point(
        point.name(),
        new Methane(limits.alarmAt().orElseThrow()),
        new Methane(limits.tripAt().orElseThrow()),
        new Methane(limits.restoreBelow().orElseThrow()),
        point.catalytic(),
        ageLimitNanos(point));
  }

  private long ageLimitNanos(DraftPoint point) {
    return points.get(ties.indexOf(point)).ageLimitMillis() * NANOS;
  }

  private Plan.Zone zone(DraftZone zone) {
    Stream<Plan.Group> alone =
        zone.singles().stream().map(ties::interlockIndex).map(Plan.Group::of);
    Stream<Plan.Group> voting = zone.groups().stream().map(this::group);
    return new Plan.Zone(
        zone.name(),
        Stream.concat(alone, voting).toList(),
        zone.release(),
        zone.feed().isPresent(),
        zone.stableMillis() * NANOS,
        feedDeadNanos(zones.get(ties.indexOf(zone))),
        zone.upstream().map(name -> OptionalInt.of(index(name))).orElse(OptionalInt.empty()));
  }

  private int index(String zone) {
    return draft.zones().stream().map(DraftZone::name).toList().indexOf(zone);
  }

  /** How long a withheld zone may be read live at worst: then the feed is abnormal (S2). */
  private long feedDeadNanos(Zone zone) {
    return latency.feedDeadNanos(
        Latency.Way.of(zone, draft.head().scanMillis()),
        zone.feed().map(PlanAssembly::ageLimitNanos).orElse(0L));
  }

  private static long ageLimitNanos(Contact contact) {
    return switch (contact) {
      case Contact.Bus bus -> bus.ageLimitMillis() * NANOS;
      case Contact.Gpio _ -> 0L;
    };
  }

  private Plan.Group group(DraftGroup group) {
    return new Plan.Group(
        group.members().stream().map(ties::interlockIndex).toList(),
        group.voting(),
        profile.flag(ProfileKey.SINGLE_FAULT_CUTS),
        profile.has(ProfileKey.DIFFER_BY)
            ? Optional.of(profile.methane(ProfileKey.DIFFER_BY))
            : Optional.empty());
  }

  private Plan.Fan fan(DraftFan fan) {
    return new Plan.Fan(
        fan.name(),
        fan.machines().size(),
        fan.flow().map(flow -> new Plan.Flow(flow.below(), ageLimitNanos(flow.point()))),
        fan.zones().stream().map(ties::indexOf).toList(),
        fan.heads(profile, FanDuty.GAS).stream().map(ties::interlockIndex).toList(),
        fan.heads(profile, FanDuty.INTAKE).stream().map(ties::interlockIndex).toList(),
        limits(fan.figures()));
  }

  private static Plan.FanLimits limits(Map<ProfileKey, Integer> of) {
    return new Plan.FanLimits(
        of.get(ProfileKey.CHANGEOVER) * NANOS,
        new Methane(of.get(ProfileKey.LOCK_ABOVE)),
        new Methane(of.get(ProfileKey.LOCK_OPENS_BELOW)),
        new Methane(of.get(ProfileKey.STOP_AT)),
        new Methane(of.get(ProfileKey.STOP_RESTORE_BELOW)),
        of.get(ProfileKey.STOP_READINGS),
        of.get(ProfileKey.STOP_WITHIN) * NANOS,
        new Methane(of.get(ProfileKey.OVER_RANGE_AFTER)),
        of.get(ProfileKey.OVER_RANGE_WITHIN) * NANOS,
        new Methane(of.get(ProfileKey.DEGAS_AT)),
        of.get(ProfileKey.DEGAS) * NANOS);
  }
}
