package davy.controller.config;

import davy.bridge.modbus.DeviceMap.Channel;
import davy.controller.config.Site.ChannelRef;
import davy.controller.config.Site.Point;
import davy.controller.interlock.Cause;
import davy.controller.interlock.Plan;
import davy.hal.signal.Methane;
import davy.hal.signal.Quantity;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The cause-and-effect table of a site: which cause of what cuts which zone, and what gas does to
 * which fan. No row of a fault has a fan.
 */
public final class Effects {

  private static final String PERSON = "person and key";

  private final Site site;
  private final Plan plan;
  private final Profile profile;
  private final List<Point> points;
  private final List<List<Vote>> votes;
  private final List<Effect> effects = new ArrayList<>();

  private Effects(Site site) {
    this.site = site;
    this.plan = site.plan();
    this.profile = site.profile();
    this.points = site.interlockPoints();
    this.votes =
        Stream.generate(() -> (List<Vote>) new ArrayList<Vote>()).limit(points.size()).toList();
    for (int zone = 0; zone < plan.zones().size(); zone++) {
      for (Plan.Group group : plan.zones().get(zone).groups()) {
        for (int member : Set.copyOf(group.members())) {
          votes.get(member).add(new Vote(zone, group));
        }
      }
    }
  }

  /** A group of a zone in which a point votes. */
  private record Vote(int zone, Plan.Group group) {}

  /** How a cause acts on a zone. */
  public enum Way {
    /** By itself. */
    CUTS("●"),
    /** Two heads of a group must agree. */
    VOTES("2oo3"),
    /** Because the zone that it feeds can't be cut. */
    UPSTREAM("↑");

    private final String shown;

    Way(String shown) {
      this.shown = shown;
    }

    public String shown() {
      return shown;
    }
  }

  /**
   * @param zone index into {@link Site#zones}
   */
  public record Cut(int zone, Way way) {}

  /**
   * @param cause a {@link Cause}, or {@code START_LOCK} and {@code FAN_STOP} of a fan
   * @param from name of the point, zone or fan that has it; empty where the station itself does
   * @param title of it
   * @param when what makes it active
   * @param until what it takes before its zones may be released
   * @param fans indices into {@link Site#fans} of those that it locks or stops
   */
  public record Effect(
      String cause,
      String chinese,
      String from,
      String title,
      String when,
      String until,
      List<Cut> cuts,
      List<Integer> fans) {
    public Effect {
      cuts = List.copyOf(cuts);
      fans = List.copyOf(fans);
    }
  }

  public static List<Effect> of(Site site) {
    return new Effects(site).all();
  }

  private List<Effect> all() {
    points.forEach(this::ofPoint);
    groups().forEach(this::ofGroup);
    IntStream.range(0, site.fans().size()).forEach(this::ofFan);
    IntStream.range(0, site.zones().size()).forEach(this::ofZone);
    ofStation();
    return List.copyOf(effects);
  }

  private void ofPoint(Point point) {
    Plan.Point limits = plan.points().get(point.interlockIndex());
    List<Cut> votes = cuts(point, false);
    List<Cut> faults = cuts(point, true);
    String restore = "< " + limits.restoreBelow();
    add(Cause.METHANE_HIGH, point, "≥ " + limits.tripAt(), restore, votes);
    add(
        Cause.OVER_RANGE,
        point,
        "> " + Limits.shown(channel(point).maximum(), Quantity.METHANE) + " %CH4",
        restore + ", " + PERSON + (point.catalytic() ? ", portable reading" : ""),
        votes);
    add(Cause.SENSOR_FAULT, point, fault(), backToGood(), faults);
    add(
        Cause.SENSOR_STALE,
        point,
        "older than " + point.ageLimitMillis() + " ms",
        backToGood(),
        faults);
    add(
        Cause.CALIBRATION,
        point,
        "a named person, at most %d min".formatted(minutes(plan.bypasses().calibrationNanos())),
        "its end, " + backToGood(),
        faults);
  }

  /**
   * The zones of a point, each by itself or with its vote; a failed head may cut whatever it is.
   */
  private List<Cut> cuts(Point point, boolean failed) {
    return votes.get(point.interlockIndex()).stream()
        .map(vote -> new Cut(vote.zone(), way(vote.group(), failed)))
        .toList();
  }

  private static Way way(Plan.Group group, boolean failed) {
    return switch (group.voting()) {
      case ANY -> Way.CUTS;
      case TWO_OF_THREE -> failed && group.singleFaultCuts() ? Way.CUTS : Way.VOTES;
    };
  }

  private List<Plan.Group> groups() {
    return plan.zones().stream()
        .flatMap(zone -> zone.groups().stream())
        .filter(group -> group.differBy().isPresent())
        .distinct()
        .toList();
  }

  private void ofGroup(Plan.Group group) {
    Methane limit = group.differBy().orElseThrow();
    List<String> names =
        group.members().stream().map(member -> plan.points().get(member).name()).toList();
    effects.add(
        new Effect(
            Cause.SENSOR_FAULT.name(),
            Cause.SENSOR_FAULT.chinese(),
            String.join(" ", names),
            points.get(group.members().getFirst()).place(),
            "heads of one place > " + limit + " apart",
            "≤ " + limit + ", " + backToGood(),
            cuts(zone -> plan.zones().get(zone).groups().contains(group)),
            List.of()));
  }

  private void ofFan(int index) {
    Site.Fan fan = site.fans().get(index);
    Plan.Fan rules = plan.fans().get(index);
    Plan.FanLimits limits = rules.limits();
    List<Cut> cuts = cuts(rules.zones()::contains);
    add(
        Cause.FAN_STOPPED,
        fan.name(),
        fan.title(),
        rules.machines() == 1 ? "stands, or unknown" : "all machines stand, or unknown",
        "runs; after %s ≥ %s meanwhile: below for %d min, %s"
            .formatted(names(rules.gas()), limits.degasAt(), minutes(limits.degasNanos()), PERSON),
        cuts);
    rules
        .flow()
        .ifPresent(
            flow -> {
              String limit = Limits.shown(flow.lowBelow(), Quantity.AIR_SPEED) + " m/s";
              Point point = site.points().get(fan.flow().orElseThrow());
              add(
                  Cause.AIRFLOW_LOW,
                  point.name(),
                  point.title(),
                  "< %s, or not read for %d ms".formatted(limit, point.ageLimitMillis()),
                  "≥ " + limit,
                  cuts);
            });
    FanEffects.of(site, points, index).forEach(effects::add);
  }

  private String names(List<Integer> points) {
    return String.join(
        " or ", points.stream().map(point -> plan.points().get(point).name()).toList());
  }

  private void ofZone(int index) {
    Site.Zone zone = site.zones().get(index);
    Plan.Zone rules = plan.zones().get(index);
    List<Cut> cuts = new ArrayList<>(List.of(new Cut(index, Way.CUTS)));
    OptionalInt upstream = rules.upstream();
    upstream.ifPresent(above -> cuts.add(new Cut(above, Way.UPSTREAM)));
    String repaired = "repaired, " + PERSON + ", proof test";
    if (rules.feedFitted()) {
      add(
          Cause.FEED_ABNORMAL,
          zone.name(),
          zone.title(),
          "withheld, and live after %d ms".formatted(rules.dropOutNanos() / 1_000_000),
          repaired,
          cuts);
    }
    add(
        Cause.OUTPUT_FAULT,
        zone.name(),
        zone.title(),
        "withheld, and not read open in %d ms".formatted(profile.figure(ProfileKey.READ_BACK)),
        repaired,
        cuts);
  }

  private void ofStation() {
    if (plan.fitted().guard()) {
      add(Cause.GUARD_LOST, "the guard dropped, or is not heard", "it is armed again");
    }
    add(Cause.SCAN_OVERRUN, "scans come late", "they come in time");
    add(Cause.CONFIG, "another configuration than accepted", "two persons and key");
    add(
        Cause.STARTUP,
        "start of the interlock",
        "%d s and the zone's roll call".formatted(profile.startHoldMillis() / 1000));
    add(Cause.PROOF_TEST, "a person at the panel, zone by zone", "its feed was read dead");
    add(Cause.REMOTE_TRIP, "the county, zone by zone", PERSON);
    add(Cause.PANEL_TRIP, "a person at the panel, zone by zone", PERSON);
    add(Cause.LATCHES_LOST, "saved latches missing or unreadable", PERSON);
  }

  private void add(Cause cause, Point point, String when, String until, List<Cut> cuts) {
    add(cause, point.name(), point.title(), when, until, cuts);
  }

  private void add(Cause cause, String when, String until) {
    add(cause, "", "", when, until, cuts(_ -> true));
  }

  private void add(
      Cause cause, String from, String title, String when, String until, List<Cut> cuts) {
    effects.add(
        new Effect(cause.name(), cause.chinese(), from, title, when, until, cuts, List.of()));
  }

  private List<Cut> cuts(IntPredicate zones) {
    return IntStream.range(0, site.zones().size())
        .filter(zones)
        .mapToObj(zone -> new Cut(zone, Way.CUTS))
        .toList();
  }

  private String fault() {
    return "head's status, or ≤ %s for %d s"
        .formatted(
            profile.methane(ProfileKey.DRIFT_AT), profile.figure(ProfileKey.DRIFT_MILLIS) / 1000);
  }

  private String backToGood() {
    return "%d good readings and %d s"
        .formatted(
            profile.figure(ProfileKey.GOOD_READINGS),
            profile.figure(ProfileKey.GOOD_MILLIS) / 1000);
  }

  private static long minutes(long nanos) {
    return nanos / 60_000_000_000L;
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
