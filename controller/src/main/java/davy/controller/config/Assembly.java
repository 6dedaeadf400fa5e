package davy.controller.config;

import davy.bridge.modbus.LinePlan;
import davy.bridge.modbus.LinePlan.CoilPlan;
import davy.bridge.modbus.LinePlan.SlavePlan;
import davy.controller.config.Site.ChannelRef;
import davy.controller.config.Site.Contact;
import davy.controller.config.Site.Line;
import davy.controller.config.Site.Output;
import davy.controller.config.Site.Point;
import davy.controller.config.Site.Zone;
import davy.controller.interlock.Plan;
import davy.hal.signal.Methane;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Turns a draft into the site: names become indices, what was left out gets its value. */
final class Assembly {

  private static final long NANOS = 1_000_000L;

  /** Held so long, the key alone resets while the station is dead (S4). */
  private static final long KEY_ALONE_NANOS = 3_000 * NANOS;

  /** Held so long, the key is stuck (S4). */
  private static final long KEY_STUCK_NANOS = 10_000 * NANOS;

  private static final int STEP_MILLIS = 50;

  private final Draft draft;
  private final List<Line> lines;
  private final Latency latency;

  Assembly(Draft draft) {
    this.draft = draft;
    this.lines = draft.lines().stream().map(this::line).toList();
    this.latency = Latency.of(lines);
  }

  /** The site with an age limit for every point, none of them judged yet. */
  Site site(String digest, String text) {
    List<Integer> stated =
        draft.points().stream()
            .map(point -> point.ageLimitMillis().orElse(twoGaps(source(point))))
            .toList();
    Site site = site(digest, text, stated);
    List<Latency.Route> routes = latency.routes(site);
    List<Integer> fitting =
        site.points().stream().map(point -> fitting(site, point, routes)).toList();
    return site(digest, text, fitting);
  }

  /** An age limit that nobody stated gives way to the profile's limit, in whole steps. */
  private int fitting(Site site, Point point, List<Latency.Route> routes) {
    int index = site.points().indexOf(point);
    if (draft.points().get(index).ageLimitMillis().isPresent()) {
      return point.ageLimitMillis();
    }
    long room =
        routes.stream()
            .filter(route -> route.point() == index)
            .mapToLong(route -> route.ageLimitRoom(site.profile().limitMillis() * NANOS))
            .min()
            .orElse(Long.MAX_VALUE);
    long steps = Math.max(STEP_MILLIS, room / NANOS / STEP_MILLIS * STEP_MILLIS);
    return (int) Math.min(point.ageLimitMillis(), steps);
  }

  /** Room for two garbled readings in a row, rounded up to a step. */
  private int twoGaps(ChannelRef source) {
    long millis = 2 * latency.worstGapNanos(source) / NANOS;
    return (int) Math.min(600_000, (millis / STEP_MILLIS + 1) * STEP_MILLIS);
  }

  private Site site(String digest, String text, List<Integer> ageLimits) {
    SiteHead head = draft.head();
    List<DraftPoint> bound = draft.interlockPoints();
    List<Point> points =
        draft.points().stream()
            .map(p -> point(p, ageLimits.get(draft.points().indexOf(p)), bound.indexOf(p)))
            .toList();
    return new Site(
        head.name(),
        head.title(),
        digest,
        text,
        head.mine(),
        head.station(),
        head.bench(),
        draft.profile(),
        plan(bound, ageLimits),
        head.scanMillis(),
        lines,
        points,
        draft.zones().stream().map(this::zone).toList(),
        draft.consentKey().map(this::contact),
        head.journal(),
        head.broker(),
        head.panel());
  }

  private Line line(DraftLine line) {
    List<SlavePlan> slaves = draft.on(line).stream().map(this::slave).toList();
    return new Line(
        new LinePlan(line.name(), line.settings(), draft.head().scanMillis(), slaves),
        line.port(),
        line.rs485Rts());
  }

  private SlavePlan slave(DraftDevice device) {
    return new SlavePlan(
        device.name(),
        device.address(),
        device.map().orElseThrow(),
        draft.interlock(device),
        device.pollMillis().orElse(DraftDevice.POLL_MILLIS),
        device.lelHundredths(),
        draft.coils(device).stream()
            .map(coil -> new CoilPlan(coil.coil(), coil.pulseMillis()))
            .toList());
  }

  private Point point(DraftPoint point, int ageLimitMillis, int interlockIndex) {
    return new Point(
        point.name(),
        point.title(),
        point.place(),
        point.role(),
        point.source().orElseThrow().quantity(),
        source(point),
        point.catalytic(),
        point.limits().orElseThrow().alarmAt(),
        ageLimitMillis,
        interlockIndex);
  }

  private Plan plan(List<DraftPoint> bound, List<Integer> ageLimits) {
    Profile profile = draft.profile();
    return new Plan(
        bound.stream()
            .map(point -> limits(point, ageLimits.get(draft.points().indexOf(point))))
            .toList(),
        draft.zones().stream().map(zone -> rules(zone, bound)).toList(),
        List.of(),
        new Plan.Times(
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
            profile.nanos(ProfileKey.SELF_CLOSE)),
        bypasses(profile),
        new Plan.Fitted(draft.consentKey().isPresent(), false));
  }

  private static Plan.Bypasses bypasses(Profile profile) {
    return new Plan.Bypasses(
        profile.figure(ProfileKey.BYPASSES),
        profile.flag(ProfileKey.TWO_PERSONS),
        profile.nanos(ProfileKey.CALIBRATION),
        profile.knowsFans() ? profile.nanos(ProfileKey.UNLOCK) : 0,
        profile.knowsInhibits()
            ? Optional.of(
                new Plan.InhibitLimits(
                    profile.nanos(ProfileKey.INHIBIT),
                    profile.nanos(ProfileKey.INHIBIT_SHIFT),
                    profile.nanos(ProfileKey.INHIBIT_PAUSE)))
            : Optional.empty());
  }

  private static Plan.Point limits(DraftPoint point, int ageLimitMillis) {
    Limits limits = point.limits().orElseThrow();
    return new Plan.Point(
        point.name(),
        new Methane(limits.alarmAt().orElseThrow()),
        new Methane(limits.tripAt().orElseThrow()),
        new Methane(limits.restoreBelow().orElseThrow()),
        point.catalytic(),
        ageLimitMillis * NANOS);
  }

  private static Plan.Zone rules(DraftZone zone, List<DraftPoint> bound) {
    return new Plan.Zone(
        zone.name(),
        zone.points().stream().map(bound::indexOf).map(Plan.Group::of).toList(),
        zone.release(),
        zone.feed().isPresent(),
        zone.stableMillis() * NANOS,
        zone.dropOutMillis() * NANOS,
        OptionalInt.empty());
  }

  private Zone zone(DraftZone zone) {
    return new Zone(
        zone.name(),
        zone.title(),
        output(zone.output().orElseThrow()),
        zone.feed().map(this::contact),
        zone.closing(),
        zone.dropOutMillis());
  }

  private Output output(DraftOutput output) {
    return switch (output) {
      case DraftOutput.Gpio gpio -> new Output.Gpio(gpio.line(), gpio.active());
      case DraftOutput.Coil coil -> {
        ChannelRef board = slaveOf(coil.device(), 0);
        int index = draft.coils(coil.device()).indexOf(coil);
        yield new Output.Coil(board.line(), board.slave(), index);
      }
    };
  }

  private Contact contact(DraftContact contact) {
    return switch (contact) {
      case DraftContact.Gpio gpio -> gpio.contact();
      case DraftContact.Bus bus -> {
        ChannelRef source = slaveOf(bus.device(), bus.channel());
        yield new Contact.Bus(
            source,
            bus.closedIs(),
            bus.ageLimitMillis()
                .orElseGet(() -> Math.min(DraftContact.MAX_AGE_MILLIS, twoGaps(source))));
      }
    };
  }

  private ChannelRef source(DraftPoint point) {
    return slaveOf(point.device().orElseThrow(), point.channel().orElseThrow());
  }

  private ChannelRef slaveOf(DraftDevice device, int channel) {
    DraftLine line = device.line().orElseThrow();
    return new ChannelRef(draft.lines().indexOf(line), draft.on(line).indexOf(device), channel);
  }
}
